import { isRecord } from '../jsonText';
import type { PolicyScope } from '../policyScope';
import type { FactProblem } from '../service';
import { readYaml } from '../yamlText';
import { atStart, factProblem, stringOf } from './factReading';

/** What `policy_manifest.yaml` lists: files and their scopes. */
export interface PolicyManifest {
  /** Paths with `/`, without `./` at the beginning. */
  readonly entries: readonly { readonly path: string; readonly scope: PolicyScope }[];
  readonly problem: FactProblem | undefined;
}

/** Reads the manifest of the action apim-policy-update. Never throws. */
export function readPolicyManifest(text: string, path: string): PolicyManifest {
  const { value, problem } = readYaml(text);
  const policies = isRecord(value) ? value['policies'] : undefined;
  if (!isRecord(policies)) {
    const found = problem ?? atStart('it has no list "policies"');
    return { entries: [], problem: factProblem(path, found, 'so it is not known which policies the action deploys') };
  }
  const entries = Object.entries(policies).flatMap(([api, settings]) => {
    if (!isRecord(settings)) return [];
    const operations = isRecord(settings['operations']) ? Object.entries(settings['operations']) : [];
    return [
      ...entry(settings['apiPolicyPath'], { kind: 'api', api }),
      ...operations.flatMap(([operation, file]) => entry(file, { kind: 'operation', api, operation })),
    ];
  });
  return { entries, problem: undefined };
}

function entry(file: unknown, scope: PolicyScope): PolicyManifest['entries'] {
  const path = stringOf(file)
    ?.replaceAll('\\', '/')
    .replace(/^(\.?\/)+/, '');
  return path === undefined ? [] : [{ path, scope }];
}
