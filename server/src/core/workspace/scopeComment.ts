import { joinNames } from '../text/wording';
import type { PolicyScope } from './policyScope';
import { alsoOfScope, idsOfScope, isScopeName } from './scopeIds';
import type { FactProblem, Placement } from './service';

/** What a comment before the first element says of the file's place: a placement, and why all or a part of it does not count. */
export interface ScopeComment {
  readonly placement: Placement | undefined;
  readonly problem: FactProblem | undefined;
}

/**
 * Reads `<!-- apim: scope=operation api=orders operation=get-order -->`, wherever it stands before the first element.
 * Undefined where there is none. Values may be quoted. Of several, the first counts. Looks at the beginning of the text
 * only (8 KB).
 */
export function readScopeComment(text: string, path: string): ScopeComment | undefined {
  const comment = findComment(text);
  if (comment === undefined) return undefined;
  const { start, end, body } = comment;
  const settings = new Map<string, string>();
  for (const [, name = '', quoted, plain = ''] of body.matchAll(
    /(?<![^\s"])([^\s="]+)\s*=\s*(?:"([^"]*)"|([^\s"]+))/g,
  )) {
    settings.set(name.toLowerCase(), quoted ?? plain);
  }
  const scope = settings.get('scope')?.toLowerCase() ?? '';
  if (!isScopeName(scope)) return refuse(`its scope is none of ${joinNames(Object.keys(idsOfScope))}`);
  const needed = idsOfScope[scope];
  const missing = needed.filter((id) => (settings.get(id) ?? '') === '');
  if (missing.length > 0) return refuse(`scope=${scope} needs ${joinNames(missing.map((id) => `${id}=…`))}`);
  const taken = ['scope', ...needed, ...alsoOfScope[scope]];
  const others = [...settings.keys()].filter((name) => !taken.includes(name));
  const placement = placeFrom(scope, (id) => settings.get(id) || undefined);
  return { placement, problem: others.length === 0 ? undefined : notTaken(others) };

  function notTaken(names: readonly string[]): FactProblem {
    const message = `scope=${scope} in this comment takes no ${joinNames(names.map((name) => `${name}=…`))}, so that has no effect. Remove it, or correct the scope.`;
    return { path, span: { start, end }, message };
  }

  function refuse(because: string): ScopeComment {
    const message = `This comment does not say where the policy belongs: ${because}. Write it as in <!-- apim: scope=operation api=orders operation=get-order -->.`;
    return { placement: undefined, problem: { path, span: { start, end }, message } };
  }
}

function findComment(
  text: string,
): { readonly start: number; readonly end: number; readonly body: string } | undefined {
  const beginning = text.slice(0, 8192);
  const prologue = /[\s\uFEFF]+|<!--([\s\S]*?)-->|<\?[\s\S]*?\?>/y;
  for (let match = prologue.exec(beginning); match !== null; match = prologue.exec(beginning)) {
    const body = /^\s*apim:([\s\S]*)$/i.exec(match[1] ?? '')?.[1];
    if (body !== undefined && /(?:^|\s)scope\s*=/i.test(body)) {
      return { start: match.index, end: prologue.lastIndex, body };
    }
  }
  return undefined;
}

function placeFrom(scope: string, id: (name: string) => string | undefined): Placement {
  const how = { confidence: 'certain', why: 'comment in the file' } as const;
  const workspace = id('workspace');
  const inWorkspace = workspace === undefined ? {} : { workspace };
  const revision = id('revision');
  const api = { api: id('api') as string, ...(revision === undefined ? {} : { revision }), ...inWorkspace };
  const definition = (of: PolicyScope): Placement => ({ kind: 'definition', scope: of, ...how });
  switch (scope) {
    case 'workspace':
      return definition({ kind: 'workspace', workspace: workspace as string });
    case 'product':
      return definition({ kind: 'product', product: id('product') as string, ...inWorkspace });
    case 'api':
      return definition({ kind: 'api', ...api });
    case 'operation':
      return definition({ kind: 'operation', ...api, operation: id('operation') as string });
    case 'fragment':
      return { kind: 'fragment', fragmentId: id('fragment') as string, ...inWorkspace, ...how };
    default:
      return definition({ kind: 'global' });
  }
}
