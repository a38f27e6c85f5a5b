import { browserVerdicts, corsOutcomes } from './corsOutcome';
import { clientKinds, credentialsModes, keyPlaces } from './corsSituation';
import { either, flag, listOf, mapOf, nullOr, objectOf, oneOf, type Shape, text, wholeNumber } from './shapes';
import { assumptionSwitches } from './switches';

/** The scopes that inline `policies` can name. */
export const inlineScopes = ['global', 'workspace', 'product', 'api', 'operation'] as const;

const request = objectOf(
  { method: text(true) },
  {
    origin: text(),
    accessControlRequestMethod: text(),
    accessControlRequestHeaders: text(),
    credentials: oneOf(credentialsModes),
    subscriptionKeyIn: oneOf(keyPlaces),
    client: oneOf(clientKinds),
    pageOrigin: text(),
    targetOrigin: text(),
  },
);

const context = objectOf(
  {},
  {
    optionsOperation: either(flag, oneOf(['unknown'])),
    unknownUrl: flag,
    versioning: oneOf(['path', 'query', 'header']),
    apiType: oneOf(['http', 'websocket', 'graphql', 'mcp']),
    gateway: oneOf(['managed', 'consumption', 'self-hosted', 'workspace']),
    subscriptionRequired: flag,
    openProduct: flag,
    keyScope: oneOf(['product', 'api', 'all-access']),
    keyForOtherProduct: flag,
    keyError: flag,
    failingPolicy: text(true),
    backendAddsCors: text(true),
    namedValues: mapOf(text()),
    portalBackendOrigins: listOf(text()),
  },
);

const policies = objectOf(
  {},
  { ...Object.fromEntries(inlineScopes.map((scope) => [scope, text()])), fragments: mapOf(text()) },
);

const expected = objectOf(
  {},
  {
    outcome: oneOf(corsOutcomes),
    by: nullOr(oneOf(inlineScopes)),
    via: nullOr(text()),
    status: nullOr(wholeNumber),
    browser: oneOf(browserVerdicts),
    headers: mapOf(text()),
    headersInclude: mapOf(listOf(text())),
    headersAbsent: listOf(text()),
    because: text(),
  },
);

const assumptions = objectOf(
  {},
  Object.fromEntries(
    Object.entries(assumptionSwitches).map(([name, { values }]): [string, Shape] => [name, oneOf(Object.keys(values))]),
  ),
);

/** One case of `apim-policy cors-test`. Keys for people (`topic`, `source` …) are not looked at. */
export const caseParts: Readonly<Record<string, Shape>> = {
  request,
  context,
  policies,
  expected,
  assumptions,
  target: objectOf({ file: text(true) }, { product: text(true), operation: text(true) }),
};
