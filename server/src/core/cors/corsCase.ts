import { computeEffectivePolicy } from '../effective/computeEffectivePolicy';
import { known, unknown } from '../effective/resolved';
import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../syntax/policyTree';
import { closestName } from '../text/closestName';
import type { PolicyScope } from '../workspace/policyScope';
import type { ScopeChain, ScopeLink } from '../workspace/scopeChain';
import { caseParts, type inlineScopes } from './corsCaseShape';
import type { BrowserVerdict, CorsOutcome } from './corsOutcome';
import type { CorsFacts, CorsRequest, CorsSituation } from './corsSituation';
import { isObject, type ShapeProblem, unknownKey } from './shapes';
import type { SwitchSettings } from './switches';

/** A CORS expectation (cors-semantics 12; contracts, `cors-test`). */
export interface CorsCase {
  readonly id: string;
  readonly title: string | undefined;
  readonly request: CorsRequest;
  readonly context: CorsFacts & { readonly namedValues?: Readonly<Record<string, string>> };
  /** Undefined where the case has a `target`. */
  readonly policies: InlinePolicies | undefined;
  readonly target: CaseTarget | undefined;
  readonly expected: ExpectedDecision | undefined;
  readonly assumptions: Partial<SwitchSettings> | undefined;
}

/** Documents by scope. A scope that is not named does not exist. */
export type InlinePolicies = Readonly<Partial<Record<(typeof inlineScopes)[number], string>>> & {
  readonly fragments?: Readonly<Record<string, string>>;
};

/** A policy file of the repository under test. */
export interface CaseTarget {
  readonly file: string;
  readonly product?: string;
  readonly operation?: string;
}

/** What is not named is not asserted. */
export interface ExpectedDecision {
  readonly outcome?: CorsOutcome;
  readonly by?: string | null;
  readonly via?: string | null;
  readonly status?: number | null;
  readonly browser?: BrowserVerdict;
  readonly headers?: Readonly<Record<string, string>>;
  /** Header name → tokens that its list must hold. */
  readonly headersInclude?: Readonly<Record<string, readonly string[]>>;
  readonly headersAbsent?: readonly string[];
  /** For people; not compared. */
  readonly because?: string;
}

/** A case, or what is wrong with it. */
export type CorsCaseReading =
  | { readonly id: string; readonly case: CorsCase; readonly problems: readonly [] }
  | { readonly id: string; readonly case: undefined; readonly problems: readonly CorsCaseProblem[] };

export interface CorsCaseProblem extends Pick<ShapeProblem, 'path' | 'at'> {
  /** A sentence that begins with the case's id. */
  readonly message: string;
}

/** Reads one element of a cors-test file. `index` counts from 0 and names a case without an id. Never throws. */
export function readCorsCase(value: unknown, index: number): CorsCaseReading {
  const id = isObject(value) && typeof value['id'] === 'string' && value['id'] !== '' ? value['id'] : `#${index + 1}`;
  const problems: ShapeProblem[] = [];
  const whole = (because: string): ShapeProblem => ({ path: [], at: 'value', because });
  if (!isObject(value)) problems.push(whole('must be an object'));
  else {
    if (id.startsWith('#') && value['id'] !== id) {
      problems.push({
        path: value['id'] === undefined ? [] : ['id'],
        at: 'value',
        because: 'id must be a text that is not empty',
      });
    }
    for (const [key, shape] of Object.entries(caseParts)) {
      if (value[key] !== undefined) shape.check(value[key], [key], problems);
      else if (key === 'request') problems.push(whole('request is missing'));
    }
    // Keys for people are welcome. One that is nearly a known key would make a test that tests nothing.
    for (const key of Object.keys(value)) {
      if (!knownKeys.includes(key) && closestName(key, knownKeys) !== undefined)
        problems.push(unknownKey([key], key, knownKeys));
    }
    if ((value['policies'] === undefined) === (value['target'] === undefined)) {
      problems.push(whole('needs either policies or a target'));
    }
    if (problems.length === 0) return { id, case: toCase(id, value), problems: [] };
  }
  const told = problems.map(({ path, at, because }) => {
    const sentence = `Case ${id}: ${because}`;
    return { path, at, message: sentence.endsWith('?') ? sentence : `${sentence}.` };
  });
  return { id, case: undefined, problems: told };
}

const knownKeys = ['id', 'title', ...Object.keys(caseParts)];

/** The shapes have been checked. */
function toCase(id: string, value: Readonly<Record<string, unknown>>): CorsCase {
  return {
    id,
    title: typeof value['title'] === 'string' ? value['title'] : undefined,
    request: value['request'] as CorsRequest,
    context: (value['context'] ?? {}) as CorsCase['context'],
    policies: value['policies'] as InlinePolicies | undefined,
    target: value['target'] as CaseTarget | undefined,
    expected: value['expected'] as ExpectedDecision | undefined,
    assumptions: value['assumptions'] as Partial<SwitchSettings> | undefined,
  };
}

/**
 * The situation that a case with inline policies describes. Documents get the paths `<id>/global.xml` and so on.
 *
 * A document that is no policy definition, and one that does not exist, are what they would be in a repository: unknown,
 * and absent.
 */
export function situationOfCase(corsCase: CorsCase, assume: Partial<SwitchSettings> | undefined): CorsSituation {
  const policies = corsCase.policies ?? {};
  const fragments = new Map(
    Object.entries(policies.fragments ?? {}).map(([id, text]): [string, PolicyDocument] => [
      id.toLowerCase(),
      parsePolicyDocument(text, inlinePolicyPath(corsCase.id, 'fragments', id), 0),
    ]),
  );
  const lookUp = (fragmentId: string): PolicyDocument | undefined => fragments.get(fragmentId.toLowerCase());
  const links = linksOfCase(corsCase.id, policies);
  const chain = (product: string | undefined): ScopeChain => ({
    product,
    links: product === undefined ? links.filter(({ scope }) => scope.kind !== 'product') : links,
  });
  const { namedValues, ...facts } = corsCase.context;
  return {
    withoutProduct: computeEffectivePolicy(chain(undefined), lookUp),
    withProduct: policies.product === undefined ? undefined : computeEffectivePolicy(chain(inlineName), lookUp),
    fragments: lookUp,
    namedValues: (name) => {
      const value = Object.hasOwn(namedValues ?? {}, name) ? namedValues?.[name] : undefined;
      return value === undefined ? unknown(`the value of {{${name}}} is not in the case`) : known(value);
    },
    request: corsCase.request,
    facts,
    assume,
  };
}

/** The path that an inline document of a case has: `<id>/api.xml`, `<id>/fragments/<fragment>.xml`. */
export function inlinePolicyPath(id: string, ...keys: readonly string[]): string {
  return `${id}/${keys.join('/')}.xml`;
}

/** What an inline API, operation, product or workspace is called in sentences. */
const inlineName = 'under test';

function linksOfCase(id: string, policies: InlinePolicies): readonly ScopeLink[] {
  const api = inlineName;
  // A chain through a workspace is that of an API in it, whose named values are the workspace's.
  const inWorkspace = policies.workspace === undefined ? {} : { workspace: inlineName };
  const scopes: readonly PolicyScope[] = [
    { kind: 'operation', api, operation: inlineName, ...inWorkspace },
    { kind: 'api', api, ...inWorkspace },
    { kind: 'product', product: inlineName, ...inWorkspace },
    { kind: 'workspace', workspace: inlineName },
    { kind: 'global' },
  ];
  return scopes.map((scope): ScopeLink => {
    const text = scope.kind === 'unknown' ? undefined : policies[scope.kind];
    if (text === undefined) return { state: 'absent', scope, because: 'the case does not name it' };
    return { state: 'present', scope, document: parsePolicyDocument(text, inlinePolicyPath(id, scope.kind), 0) };
  });
}
