import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findRule } from '../../server/src/core';
import { openService, type ServiceFiles } from '../support/service';

interface Vector {
  readonly id: string;
  readonly title: string;
  readonly policies: Readonly<Record<string, string>> & { readonly fragments?: Readonly<Record<string, string>> };
  readonly context?: { readonly namedValues?: Readonly<Record<string, string>> };
  readonly lintsAtLeast?: readonly string[];
}

const paths: Readonly<Record<string, string>> = {
  global: 'policy.xml',
  workspace: 'workspaces/w/policy.xml',
  product: 'products/p/policy.xml',
  api: 'apis/a/policy.xml',
  operation: 'apis/a/operations/o/policy.xml',
};

/** The documents of a case as an APIOps service. A scope that is not named does not exist. */
function serviceOf({ policies, context }: Vector): ServiceFiles {
  const inWorkspace = policies['workspace'] === undefined ? '' : 'workspaces/w/';
  const files: Record<string, string> = {
    'apim-policy.config.json': JSON.stringify({ absent: ['global'], namedValues: context?.namedValues ?? {} }),
    [`${inWorkspace}products/p/apis.json`]: '[{ "name": "a" }]',
  };
  for (const [scope, path] of Object.entries(paths)) {
    const text = policies[scope];
    const folder = scope === 'global' || scope === 'workspace' ? '' : inWorkspace;
    if (text !== undefined) files[folder + path] = text;
  }
  for (const [id, text] of Object.entries(policies.fragments ?? {})) files[`policy fragments/${id}/policy.xml`] = text;
  return files;
}

/** Every rule that is reported, or told as related information of a finding with the same cause. */
function rulesOn(files: ServiceFiles): readonly string[] {
  const service = openService(files);
  const findings = [...service.model().documents.keys()].flatMap((path) => service.findings(path));
  return findings.flatMap(({ ruleId, related }) => [ruleId, ...related.flatMap((place) => place.ruleId ?? [])]);
}

describe('rules that the CORS vectors ask for, as far as the rules exist', () => {
  const vectors: readonly Vector[] = JSON.parse(readFileSync('test/cors-vectors.json', 'utf8'));
  let asserted = 0;
  for (const vector of vectors) {
    const expected = (vector.lintsAtLeast ?? []).filter((id) => findRule(id) !== undefined);
    if (expected.length === 0) continue;
    asserted += expected.length;
    it(`${vector.id} ${vector.title}`, () => {
      const rules = rulesOn(serviceOf(vector));
      assert.deepEqual(
        expected.filter((id) => !rules.includes(id)),
        [],
        `found ${rules.join(', ')}`,
      );
    });
  }
  it('are a good number', () => assert.ok(asserted >= 10, `${asserted}`));
});
