import type { CorsRequest } from '../../../../server/src/core/cors/corsSituation';
import { assumptionSwitches, computableValues, type SwitchSettings } from '../../../../server/src/core/cors/switches';
import type { Random } from '../../../support/random';
import { countWorlds } from './naiveDecision';
import { origins, plainOrigins, requestOrigins } from './origins';
import {
  type NaiveCase,
  type NaiveCors,
  type NaiveDocument,
  type NaiveEntry,
  type NaiveFlag,
  type NaiveHeaderValue,
  type NaiveSection,
  type NaiveService,
  type NaiveSetHeader,
  type NaiveStatement,
  type ScopeName,
  scopeNames,
} from './service';

/** A random service with a request to it, and settings of the project. */
export interface GeneratedCase extends NaiveCase {
  readonly assume: Partial<SwitchSettings>;
}

/** So many combinations of unknown things are played through; the engine follows 64 of them. */
const maxWorlds = 48;

export function generateCase(random: Random): GeneratedCase {
  for (;;) {
    const generated = tryToGenerate(random);
    if (countWorlds(generated) <= maxWorlds) return generated;
  }
}

interface Making {
  readonly random: Random;
  /** How much of it only the gateway knows. */
  readonly share: number;
  readonly fragmentIds: readonly string[];
  next: number;
}

function tryToGenerate(random: Random): GeneratedCase {
  const making: Making = {
    random,
    share: random.oneOf([0, 0, 0.05, 0.2]),
    fragmentIds: random.oneOf([[], [], ['spa-cors'], ['spa-cors', 'limits']]),
    next: 1,
  };
  const service = makeService(making);
  return {
    service,
    request: makeRequest(random),
    context: makeContext(random),
    assume: random.chance(0.7) ? {} : makeAssumptions(random),
  };
}

function makeService(making: Making): NaiveService {
  const { random, share } = making;
  const documents: Partial<Record<ScopeName, NaiveDocument>> = {};
  const unknownScopes: ScopeName[] = [];
  for (const scope of scopeNames) {
    if (random.chance(share)) unknownScopes.push(scope);
    else if (random.chance({ operation: 0.35, api: 0.9, product: 0.4, workspace: 0.2, global: 0.7 }[scope])) {
      documents[scope] = makeDocument(making);
    }
  }
  const fragments = making.fragmentIds.map((id) => [id, makeFragment(making)] as const);
  return { documents, unknownScopes, fragments: Object.fromEntries(fragments) };
}

function makeDocument(making: Making): NaiveDocument {
  const { random } = making;
  const document: Partial<Record<NaiveSection, readonly NaiveStatement[]>> = {};
  if (!random.chance(0.04)) document.inbound = makeInbound(making);
  if (!random.chance(0.04)) {
    document.backend = random.chance(0.8) ? [{ is: 'base' }] : [forward];
  }
  if (!random.chance(0.04)) document.outbound = makeResponseSection(making);
  if (!random.chance(0.04)) document['on-error'] = makeResponseSection(making);
  return document;
}

function makeInbound(making: Making): readonly NaiveStatement[] {
  const { random } = making;
  const statements: NaiveStatement[] = [];
  if (random.chance(0.85)) statements.push({ is: 'base' });
  if (random.chance(0.03)) statements.push({ is: 'base' });
  if (random.chance(0.6)) statements.push(makeCors(making));
  if (random.chance(0.06)) statements.push(makeCors(making));
  if (random.chance(0.3)) statements.push(makePolicy(random));
  if (random.chance(0.12)) statements.push(makeFragmentUse(making));
  if (random.chance(0.08)) statements.push(makeNesting(making, () => [inboundPart(making)]));
  if (random.chance(0.03)) statements.push(makeReturn(random));
  // In inbound it changes the request to the backend, and nothing else.
  if (random.chance(0.05)) statements.push(makeSetHeader(random));
  return shuffled(statements, random);
}

function inboundPart(making: Making): NaiveStatement {
  const { random } = making;
  if (random.chance(0.6)) return makeCors(making);
  return random.chance(0.5) ? makePolicy(random) : makeFragmentUse(making);
}

function makeResponseSection(making: Making): readonly NaiveStatement[] {
  const { random } = making;
  const statements: NaiveStatement[] = random.chance(0.85) ? [{ is: 'base' }] : [];
  if (random.chance(0.12)) statements.push(makeSetHeader(random));
  if (random.chance(0.04)) statements.push(makeSetHeader(random));
  if (random.chance(0.04)) statements.push(makeNesting(making, () => [makeSetHeader(random)]));
  if (random.chance(0.03)) statements.push(makePolicy(random));
  if (random.chance(0.02)) statements.push(makeReturn(random));
  if (random.chance(0.02)) statements.push(makeFragmentUse(making));
  // The service does not save it there.
  if (random.chance(0.005)) statements.push(makeCors(making));
  return shuffled(statements, random);
}

function makeFragment(making: Making): readonly NaiveStatement[] {
  const { random } = making;
  const statements: NaiveStatement[] = [];
  if (random.chance(0.7)) statements.push(makeCors(making));
  if (random.chance(0.3)) statements.push(makePolicy(random));
  if (random.chance(0.1)) statements.push(makeSetHeader(random));
  return shuffled(statements, random);
}

function makeFragmentUse({ random, share, fragmentIds }: Making): NaiveStatement {
  const isMissing = fragmentIds.length === 0 || random.chance(share);
  return { is: 'fragment', id: isMissing ? 'lost' : random.oneOf(fragmentIds) };
}

function makeNesting(making: Making, makeInside: () => readonly NaiveStatement[]): NaiveStatement {
  const { random } = making;
  if (random.chance(0.4)) {
    return {
      is: 'container',
      name: random.oneOf(['retry', 'wait', 'limit-concurrency', 'block']),
      inside: makeInside(),
    };
  }
  const branches = Array.from({ length: 1 + random.below(2) }, makeInside);
  return { is: 'choose', id: making.next++, branches, hasOtherwise: random.chance(0.4) };
}

function makePolicy(random: Random): NaiveStatement {
  return random.oneOf<NaiveStatement>([
    { is: 'policy', name: 'validate-jwt', xml: '<validate-jwt header-name="Authorization" />', status: 401 },
    { is: 'policy', name: 'rate-limit', xml: '<rate-limit calls="5" renewal-period="60" />', status: 429 },
    { is: 'policy', name: 'ip-filter', xml: '<ip-filter action="allow" />', status: 403 },
    {
      is: 'policy',
      name: 'check-header',
      xml: '<check-header name="x" failed-check-httpcode="418" />',
      status: 418,
    },
    { is: 'policy', name: 'cross-domain', xml: '<cross-domain><cross-domain-policy /></cross-domain>', status: 500 },
    { is: 'policy', name: 'set-variable', xml: '<set-variable name="a" value="b" />', status: 500 },
  ]);
}

const forward: NaiveStatement = { is: 'policy', name: 'forward-request', xml: '<forward-request />', status: 500 };

const shop = 'https://shop.contoso.com';

const headerValues: readonly NaiveHeaderValue[] = [
  { written: '*', valueFor: () => '*' },
  { written: shop, valueFor: () => shop },
  { written: '{{spa-origin}}', valueFor: () => shop },
  { written: '@(context.Request.Headers.GetValueOrDefault("Origin", ""))', valueFor: (origin) => origin },
  {
    written:
      '@(new[] { "https://shop.contoso.com" }.Contains(context.Request.Headers["Origin"][0]) ? "https://shop.contoso.com" : "")',
    valueFor: (origin) => (origin === shop ? shop : ''),
  },
  { written: '@((string)context.Variables["corsOrigin"])', valueFor: undefined },
  { written: '{{nobody-knows}}', valueFor: undefined },
];

const flagValues: readonly NaiveHeaderValue[] = [
  { written: 'true', valueFor: () => 'true' },
  { written: 'true', valueFor: () => 'true' },
  { written: 'false', valueFor: () => 'false' },
  { written: '@(context.Variables.GetValueOrDefault("c", "true"))', valueFor: undefined },
];

function makeSetHeader(random: Random): NaiveSetHeader {
  const action = random.oneOf(['override', 'append', 'skip', 'delete', undefined, undefined] as const);
  const isOrigin = random.chance(0.6);
  const name = isOrigin
    ? random.oneOf(['Access-Control-Allow-Origin', 'access-control-allow-origin'])
    : random.oneOf(['Access-Control-Allow-Credentials', 'X-Powered-By']);
  return { is: 'set-header', name, action, value: random.oneOf(isOrigin ? headerValues : flagValues) };
}

function makeReturn(random: Random): NaiveStatement {
  return {
    is: 'return-response',
    status: random.oneOf([undefined, 200, 403]),
    headers: random.chance(0.5) ? [makeSetHeader(random)] : [],
  };
}

function makeCors(making: Making): NaiveCors {
  const { random, share } = making;
  const anyOrigin = () => {
    if (random.chance(share)) return random.oneOf(origins.unknown);
    if (random.chance(0.015)) return random.oneOf(origins.refused);
    return random.oneOf(random.chance(0.75) ? plainOrigins : origins.known);
  };
  const entriesFrom = (names: readonly string[]): readonly NaiveEntry[] => {
    if (random.chance(0.3)) return [{ written: '*', value: '*' }];
    const entries: NaiveEntry[] = Array.from({ length: 1 + random.below(3) }, () => {
      const name = random.oneOf(names);
      return { written: name, value: name };
    });
    if (random.chance(share)) entries.push({ written: '@(context.Operation.Method)', value: undefined });
    return entries;
  };
  return {
    is: 'cors',
    id: making.next++,
    origins: Array.from({ length: random.oneOf([1, 1, 1, 2, 2, 3]) }, anyOrigin),
    methods: random.chance(0.25) ? undefined : entriesFrom(['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'put']),
    headers: random.chance(0.07) ? undefined : entriesFrom(['content-type', 'Authorization', 'x-a', 'X-B']),
    expose: random.chance(0.8) ? undefined : entriesFrom(['x-total', 'etag']),
    credentials: makeFlag(random, share),
    terminate: makeFlag(random, share),
    maxAge: random.oneOf([undefined, undefined, '0', '300', '@(60)']),
  };
}

function makeFlag(random: Random, share: number): NaiveFlag | undefined {
  if (random.chance(0.3)) return undefined;
  if (random.chance(share)) return { written: '@(context.Api.IsCurrentRevision)', value: undefined };
  return random.oneOf<NaiveFlag>([
    { written: 'true', value: true },
    { written: 'false', value: false },
    { written: 'True', value: true },
    { written: '{{yes}}', value: true },
    { written: '@(false)', value: false },
  ]);
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const result = [...items];
  // Most authors keep to the usual order.
  if (random.chance(0.5)) return result;
  for (let index = result.length - 1; index > 0; index--) {
    const other = random.below(index + 1);
    [result[index], result[other]] = [result[other] as T, result[index] as T];
  }
  return result;
}

function makeRequest(random: Random): CorsRequest {
  const credentials = random.oneOf(['include', 'include', 'same-origin', 'omit', undefined] as const);
  const subscriptionKeyIn = random.oneOf(['none', 'header', 'query', undefined] as const);
  const client = random.oneOf([
    'server',
    'browser',
    'browser',
    undefined,
    undefined,
    undefined,
    undefined,
    undefined,
  ] as const);
  const origin = random.oneOf(requestOrigins);
  const common = { credentials, subscriptionKeyIn, client };
  if (random.chance(0.06)) {
    const pageOrigin = random.oneOf([shop, 'https://api.contoso.com']);
    return { ...common, method: random.oneOf(['GET', 'POST']), pageOrigin, targetOrigin: 'https://api.contoso.com' };
  }
  const from = random.chance(0.04) ? {} : { origin };
  if (random.chance(0.5)) {
    const method = random.oneOf(['GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH', 'patch']);
    const names = ['content-type', 'authorization', 'x-a', 'x-b', 'ocp-apim-subscription-key'];
    const asked = names.filter(() => random.chance(0.25)).join(random.oneOf([',', ', ']));
    return {
      ...common,
      ...from,
      method: 'OPTIONS',
      ...(random.chance(0.04) ? {} : { accessControlRequestMethod: method }),
      ...(asked === '' ? {} : { accessControlRequestHeaders: asked }),
    };
  }
  return { ...common, ...from, method: random.oneOf(['GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH']) };
}

function makeContext(random: Random): NaiveCase['context'] {
  const sometimes = <T>(share: number, key: string, values: readonly T[]): object =>
    random.chance(share) ? { [key]: random.oneOf(values) } : {};
  return {
    namedValues: {
      'spa-origin': shop,
      'spa-host': 'shop.contoso.com',
      'spa-list': `${shop};https://other.contoso.com`,
      'comma-list': `${shop},https://other.contoso.com`,
      'origin-expression': '@(context.Request.Headers.GetValueOrDefault("Origin",""))',
      yes: 'true',
    },
    ...sometimes(0.08, 'optionsOperation', [true, 'unknown', false]),
    ...sometimes(0.03, 'unknownUrl', [true]),
    ...sometimes(0.1, 'versioning', ['path', 'query', 'header']),
    ...sometimes(0.08, 'apiType', ['http', 'websocket', 'graphql', 'mcp']),
    ...sometimes(0.1, 'gateway', ['managed', 'consumption', 'self-hosted', 'workspace']),
    ...sometimes(0.3, 'subscriptionRequired', [true, true, false]),
    ...sometimes(0.25, 'openProduct', [true, false]),
    ...sometimes(0.2, 'keyScope', ['product', 'api', 'all-access']),
    ...sometimes(0.05, 'keyForOtherProduct', [true, false]),
    ...sometimes(0.06, 'keyError', [true]),
    ...sometimes(0.3, 'failingPolicy', [
      'validate-jwt',
      'rate-limit',
      'ip-filter',
      'check-header',
      'forward-request',
      'limit-concurrency',
      'return-response',
    ]),
    ...sometimes(0.1, 'backendAddsCors', ['unknown', '*', shop, 'https://other.contoso.com']),
  } as NaiveCase['context'];
}

function makeAssumptions(random: Random): Partial<SwitchSettings> {
  const names = Object.keys(assumptionSwitches) as (keyof SwitchSettings)[];
  const chosen = names.filter(() => random.chance(0.3));
  return Object.fromEntries(chosen.map((name) => [name, random.oneOf(computableValues(name))]));
}
