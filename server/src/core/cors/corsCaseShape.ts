import { browserVerdicts, corsOutcomes } from './corsOutcome';
import { clientKinds, credentialsModes, keyPlaces } from './corsSituation';
import {
  described,
  either,
  flag,
  listOf,
  mapOf,
  nullOr,
  objectOf,
  oneOf,
  type Shape,
  schemasOf,
  text,
  wholeNumber,
} from './shapes';
import { assumptionSwitches } from './switches';

/** The scopes that inline `policies` can name. */
export const inlineScopes = ['global', 'workspace', 'product', 'api', 'operation'] as const;

const request = objectOf(
  {
    method: described(
      'The method of this one HTTP request. OPTIONS with accessControlRequestMethod is a preflight request.',
      text(true),
    ),
  },
  {
    origin: described('The Origin header, as browsers write it: https://shop.contoso.com, or null.', text()),
    accessControlRequestMethod: described('Of a preflight request: the method that the page wants to use.', text()),
    accessControlRequestHeaders: described(
      'Of a preflight request: the names of the headers that the page wants to send, separated by commas.',
      text(),
    ),
    credentials: described(
      'The credentials mode of fetch; same-origin where it is not given.',
      oneOf(credentialsModes),
    ),
    subscriptionKeyIn: described(
      'Where the subscription key travels; none where it is not given. A preflight request never has it in a header.',
      oneOf(keyPlaces),
    ),
    client: described(
      'A server checks no answer and sends no preflight request; browser where it is not given.',
      oneOf(clientKinds),
    ),
    pageOrigin: described('The page that calls, where no Origin header is given.', text()),
    targetOrigin: described('The origin of the API, for calls within one origin.', text()),
  },
);

const context = objectOf(
  {},
  {
    optionsOperation: described(
      'Whether the API has an operation with the method OPTIONS for this URL.',
      either(flag, oneOf(['unknown'])),
    ),
    unknownUrl: described('No API or operation has this URL.', flag),
    versioning: described('How the API is versioned.', oneOf(['path', 'query', 'header'])),
    apiType: oneOf(['http', 'websocket', 'graphql', 'mcp']),
    gateway: oneOf(['managed', 'consumption', 'self-hosted', 'workspace']),
    subscriptionRequired: described('Of the API, and of the product where one is given.', flag),
    openProduct: described('The product needs no subscription.', flag),
    keyScope: described('The scope of the key that the request carries.', oneOf(['product', 'api', 'all-access'])),
    keyForOtherProduct: described('The key belongs to another product than the one given.', flag),
    keyError: described('The key is missing or invalid, and the gateway answers 401 by itself.', flag),
    failingPolicy: described(
      'The name of a policy that rejects the request when it is reached: validate-jwt.',
      text(true),
    ),
    backendAddsCors: described(
      'The origin that the backend sends in Access-Control-Allow-Origin by itself, or unknown.',
      text(true),
    ),
    namedValues: described('Values of named values, by display name.', mapOf(text())),
    portalBackendOrigins: described("The setting of the self-hosted developer portal's backend.", listOf(text())),
  },
);

const policies = objectOf(
  {},
  {
    ...Object.fromEntries(
      inlineScopes.map((scope) => [scope, described(`The policy at ${scope} scope, as XML.`, text())]),
    ),
    fragments: described('Policy fragments by id, as XML.', mapOf(text())),
  },
);

const expected = objectOf(
  {},
  {
    outcome: described('What becomes of the request.', oneOf(corsOutcomes)),
    by: described('The scope of the cors that decides, or null.', nullOr(oneOf(inlineScopes))),
    via: described('fragment:<id> where the deciding cors stands in a fragment, else null.', nullOr(text())),
    status: described('The status of the answer; null where the backend decides.', nullOr(wholeNumber)),
    browser: described('What the browser makes of the answer.', oneOf(browserVerdicts)),
    headers: described('CORS headers of the answer with their exact values.', mapOf(text())),
    headersInclude: described('CORS headers of the answer, and what their lists must hold.', mapOf(listOf(text()))),
    headersAbsent: described('CORS headers that the answer must not have.', listOf(text())),
    because: described('Words for people; not compared.', text()),
  },
);

const assumptions = objectOf(
  {},
  Object.fromEntries(
    Object.entries(assumptionSwitches).map(([name, { values }]): [string, Shape] => [
      name,
      described(
        Object.entries(values)
          .map(([value, meaning]) => `${value}: ${meaning}.`)
          .join(' '),
        oneOf(Object.keys(values)),
      ),
    ]),
  ),
);

/** One case of `apim-policy cors-test`, by key. `id` aside; keys for people (`topic`, `source` …) are not looked at. */
export const caseParts: Readonly<Record<string, Shape>> = {
  target: described(
    'The policy under test. Leave it out for a case that carries its policies with it.',
    objectOf(
      {
        file: described('A policy file, relative to the folder of this file, or to the working directory.', text(true)),
      },
      {
        product: described('The id of the product that the request comes through.', text()),
        operation: described('The id of the operation that is called.', text()),
      },
    ),
  ),
  policies: described(
    'The policies by scope, in place of a target. A scope that is not named has no policy.',
    policies,
  ),
  request: described('One HTTP request.', request),
  context: described('What policy files do not tell. For a target it comes before what the repository tells.', context),
  assumptions: described(
    "Under which readings of Microsoft's documentation the case is to hold, where that is silent or contradicts itself.",
    assumptions,
  ),
  expected: described(
    'What is not named is not compared. Without this, the case is only computed, and never fails.',
    expected,
  ),
};

/** The JSON schema of a file of cases, for editors. Our reader checks the same, and that ids are not used twice. */
export function corsTestsSchema(): object {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'CORS tests of APIM Policy Lens',
    type: 'array',
    items: {
      type: 'object',
      required: ['id', 'request'],
      oneOf: [{ required: ['target'] }, { required: ['policies'] }],
      properties: {
        id: { type: 'string', minLength: 1, description: 'Names the case in results; once in a file.' },
        title: { description: 'What the case is about, for people.' },
        ...schemasOf(caseParts),
      },
      // VS Code's own keyword: offered where a case can begin.
      defaultSnippets: newCases,
    },
  };
}

const newCases = [
  {
    label: 'A preflight request',
    description: 'whether a page may send a request that needs to be asked for first',
    body: {
      id: placeholder(1, 'shop-may-change-orders'),
      target: { file: placeholder(2, 'apis/orders/policy.xml') },
      request: {
        method: 'OPTIONS',
        origin: placeholder(3, 'https://shop.contoso.com'),
        accessControlRequestMethod: placeholder(4, 'PUT'),
        accessControlRequestHeaders: placeholder(5, 'content-type'),
      },
      expected: { browser: choice(6, ['allowed', 'blocked']) },
    },
  },
  {
    label: 'A request',
    description: 'whether a page may read the answer',
    body: {
      id: placeholder(1, 'shop-may-read-orders'),
      target: { file: placeholder(2, 'apis/orders/policy.xml') },
      request: { method: placeholder(3, 'GET'), origin: placeholder(4, 'https://shop.contoso.com') },
      expected: { browser: choice(5, ['allowed', 'blocked']) },
    },
  },
];

/** In the syntax of snippets: the cursor stops here, and the text stands there until it is typed over. */
function placeholder(number: number, text: string): string {
  return `\${${number}:${text}}`;
}

function choice(number: number, options: readonly string[]): string {
  return `\${${number}|${options.join(',')}|}`;
}
