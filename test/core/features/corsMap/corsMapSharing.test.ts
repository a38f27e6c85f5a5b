import assert from 'node:assert/strict';
import type { CorsMap, CorsMapAnswer, LanguageService } from '../../../../server/src/core';
import { explainCall } from '../../../../server/src/core';
import { answersOf, computeMap } from '../../../support/corsMap';
import { createRandom, type Random } from '../../../support/random';
import { openService, type ServiceFiles } from '../../../support/service';

const serviceCount = 60;

const origins = [
  'https://shop.contoso.com',
  'https://shop.contoso.com:8443',
  'http://localhost:5173',
  'https://contoso.developer.azure-api.net',
  'https://partner.example',
  'https://nobody.example',
  'capacitor://localhost',
];

/**
 * A map decides once for rows with the same chain, and for origins that the chain cannot tell apart. Whether that is ever
 * one answer too few is what random services show: with `cors` at every scope, in fragments and branches, with named
 * values, expressions and headers written by hand.
 */
describe('CORS map of random services', () => {
  it('has the answers of maps with one origin alone', () => {
    for (let seed = 1; seed <= serviceCount; seed++) {
      const service = openService(randomService(createRandom(seed)));
      const whole = computeMap(service, { origins });
      for (const [column, origin] of origins.entries()) {
        const single = computeMap(service, { origins: [origin] });
        const wanted = single.rows.map((row) => tell(answersOf(single, row)[0]));
        assert.deepEqual(
          whole.rows.map((row) => tell(answersOf(whole, row)[column])),
          wanted,
          `seed ${seed}, ${origin}`,
        );
      }
    }
  });

  it('says what the explanation of each cell says', () => {
    let compared = 0;
    for (let seed = 1; seed <= serviceCount; seed++) {
      const service = openService(randomService(createRandom(seed)));
      const map = computeMap(service, { origins });
      for (const row of map.rows) {
        for (const [column, origin] of origins.entries()) {
          const answer = answersOf(map, row)[column] as CorsMapAnswer;
          const browser = explain(service, map, row, origin);
          assert.ok(
            mayBe(answer).includes(browser),
            `seed ${seed}: ${row.operation} ${origin}: ${answer.code}, explained as ${browser}`,
          );
          compared++;
        }
      }
    }
    assert.ok(compared > 1_500, `${compared} cells`);
  });
});

function tell(answer: CorsMapAnswer | undefined): string {
  return `${answer?.code}: ${answer?.because}`;
}

/** What the call's explanation may say of a cell: a firm answer, or what the reading taken makes of an open one. */
function mayBe({ code }: CorsMapAnswer): readonly string[] {
  if (code === 'A' || code === 'A?') return ['allowed'];
  if (code.startsWith('B')) return ['blocked'];
  return (
    { X: ['not-applicable'], Dr: ['unknown', 'blocked'], Db: ['depends-on-backend', 'unknown'] }[code as string] ?? []
  );
}

function explain(service: LanguageService, map: CorsMap, row: CorsMap['rows'][number], origin: string): string {
  const call = map.calls[row.call];
  const api = map.apis[row.api];
  const path = row.policy ?? api?.policy;
  assert.ok(call && path);
  const operation = row.policy === null ? (row.operation ?? undefined) : undefined;
  const question = { operation, product: undefined, key: call.key, method: call.method };
  const target = service.corsTarget(path, question)?.target;
  assert.ok(target);
  const headers = call.headers.map((written) => {
    const [name = '', value] = written.split(': ');
    return value === undefined ? { name } : { name, value };
  });
  const { policies, facts, assume } = target;
  return explainCall({ ...policies, facts, assume, call: { method: call.method, origin, headers, key: call.key } })
    .browser;
}

function randomService(random: Random): ServiceFiles {
  const section = (content: readonly string[]): string => content.join('\n');
  const policy = (inbound: string, outbound = ''): string =>
    `<policies><inbound>${inbound}</inbound><backend><base /></backend><outbound>${outbound}<base /></outbound><on-error><base /></on-error></policies>`;
  const below = (): string =>
    policy(
      section([
        random.chance(0.5) ? randomStatement(random) : '',
        random.chance(0.85) ? '<base />' : '',
        random.chance(0.6) ? randomStatement(random) : '',
      ]),
      random.chance(0.1) ? setHeader(random) : '',
    );
  const files: Record<string, string> = {
    'policy fragments/shared/policy.xml': `<fragment>${randomCors(random)}</fragment>`,
    'named values/spa/namedValueInformation.json':
      '{ "properties": { "displayName": "spa", "value": "https://partner.example" } }',
    'apis/orders/apiInformation.json': '{ "properties": { "subscriptionRequired": false } }',
    'apis/orders/specification.json': JSON.stringify({
      openapi: '3.0.1',
      paths: {
        '/orders': { get: { operationId: 'list' }, post: { operationId: 'create' } },
        '/orders/{id}': { put: { operationId: 'update' }, delete: { operationId: 'delete' } },
      },
    }),
    'apis/orders/policy.xml': below(),
    'apis/orders/operations/update/policy.xml': below(),
  };
  if (random.chance(0.85)) files['policy.xml'] = policy(random.chance(0.8) ? randomStatement(random) : '');
  return files;
}

function randomStatement(random: Random): string {
  const cors = randomCors(random);
  return random.oneOf([
    cors,
    cors,
    cors,
    `<choose><when condition="@(context.X)">${cors}</when></choose>`,
    '<include-fragment fragment-id="shared" />',
    '<include-fragment fragment-id="missing" />',
    '<validate-jwt header-name="Authorization" />',
    '<rewrite-uri template="/v2" />',
    `<return-response>${setHeader(random)}</return-response>`,
  ]);
}

function setHeader(random: Random): string {
  const value = random.oneOf([...origins, '*', '@(context.Request.Headers.GetValueOrDefault("Origin",""))']);
  return `<set-header name="Access-Control-Allow-Origin" exists-action="override"><value>${value.replace(/"/g, '&quot;')}</value></set-header>`;
}

const originExpression = 'context.Request.Headers.GetValueOrDefault("Origin","")';
const expressions = [
  `@(${originExpression})`,
  '@(context.Variables["x"])',
  `@{ var list = "https://partner.example,{{spa}},http://localhost:5173".Split(','); return list.Contains(${originExpression}) ? ${originExpression} : ""; }`,
  `@(${originExpression}.EndsWith(".contoso.com") ? ${originExpression} : "")`,
  `@(${originExpression}.StartsWith("http://") ? "*" : ${originExpression})`,
];

function randomCors(random: Random): string {
  const written = [...origins.slice(0, 5), 'capacitor://localhost', '*', '{{spa}}', '{{unknown}}', ...expressions];
  const list = Array.from(
    { length: 1 + random.below(2) },
    () => `<origin>${random.oneOf(written).replace(/"/g, '&quot;')}</origin>`,
  );
  const terminate = random.oneOf(['', ' terminate-unmatched-request="true"', ' terminate-unmatched-request="false"']);
  const methods = random.oneOf([
    '',
    '<allowed-methods><method>*</method></allowed-methods>',
    '<allowed-methods><method>PUT</method></allowed-methods>',
  ]);
  const headers = random.oneOf(['*', 'content-type', 'authorization']);
  return `<cors${random.chance(0.3) ? ' allow-credentials="true"' : ''}${terminate}><allowed-origins>${list.join('')}</allowed-origins>${methods}<allowed-headers><header>${headers}</header></allowed-headers></cors>`;
}
