import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type CorsRequestForm, decideCors, readCorsCase, situationOfCase } from '../../../../server/src/core';
import { knownEffect } from '../../../../server/src/core/features/explainCors/requestJourney';
import { definition, portalGlobal, serviceArtifact, shopCors } from '../../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../../support/service';

const shop = 'https://shop.contoso.com';
/** Makes a browser ask first. */
const json = [{ name: 'Content-Type', value: 'application/json' }];
const orders = 'apis/orders/policy.xml';
const portalCase: ServiceFiles = {
  ...serviceArtifact,
  'policy.xml': portalGlobal(),
  [orders]: definition(`    <base />\n${shopCors}`),
};

function explain(files: ServiceFiles, path: string, form: CorsRequestForm) {
  const answer = openService(files).explainCorsRequest(absolute(path), form);
  assert.ok(answer, `${path} is a policy`);
  assert.deepEqual(answer.problems, []);
  assert.ok(answer.explanation);
  return answer.explanation;
}

/** Each station as `effect: file "the tag it leads to"`, with what tells whose it is. */
function way(files: ServiceFiles, stations: readonly Station[]): readonly string[] {
  return stations.map(({ effect, scope, isInherited, place }) => {
    const text = place === undefined ? '' : (files[relative(place.path)] ?? '').slice(place.span.start, place.span.end);
    return `${effect}: ${scope?.title ?? '-'}${isInherited ? ', inherited' : ''} ${place?.file ?? '-'} ${text}`.trim();
  });
}

type Station = NonNullable<ReturnType<typeof explain>['actual']>['stations'][number];

describe('explaining a CORS request', () => {
  it('follows the request through the scopes, and leads to each cors', () => {
    const { actual, preflight, browser, isCertain, console } = explain(portalCase, orders, { origin: shop });
    assert.equal(preflight, undefined);
    assert.deepEqual(way(portalCase, actual?.stations ?? []), [
      'ends: global scope, inherited policy.xml <cors allow-credentials="true">',
      'not-reached: API orders apis/orders/policy.xml <cors>',
    ]);
    assert.deepEqual([browser, isCertain], ['blocked', false]);
    assert.match(
      console ?? '',
      /^Access to fetch at .* has been blocked by CORS policy: No 'Access-Control-Allow-Origin'/,
    );
  });

  it('shows the preflight and, where that passes, the real request, with what is sent and what comes back', () => {
    const files = { ...portalCase, 'policy.xml': portalGlobal(' terminate-unmatched-request="false"') };
    const { preflight, actual, browser, why } = explain(files, orders, { origin: shop, method: 'POST', headers: json });
    assert.deepEqual(preflight?.request, {
      method: 'OPTIONS',
      headers: [
        ['Origin', shop],
        ['Access-Control-Request-Method', 'POST'],
        ['Access-Control-Request-Headers', 'content-type'],
      ],
    });
    assert.deepEqual(way(files, preflight?.stations ?? []), [
      'passes: global scope, inherited policy.xml <cors allow-credentials="true" terminate-unmatched-request="false">',
      'matches: API orders apis/orders/policy.xml <cors>',
    ]);
    assert.deepEqual(actual?.request, {
      method: 'POST',
      headers: [
        ['Origin', shop],
        ['Content-Type', 'application/json'],
      ],
    });
    assert.deepEqual(preflight?.headers[0], ['Access-Control-Allow-Origin', shop]);
    assert.equal(browser, 'allowed');
    assert.equal(why, 'Content-type: application/json is not safelisted.');
  });

  it('never sends the call of which the preflight fails', () => {
    const { preflight, actual } = explain(portalCase, orders, { origin: shop, method: 'PUT' });
    assert.deepEqual(way(portalCase, preflight?.stations ?? []), [
      'ends: global scope, inherited policy.xml <cors allow-credentials="true">',
      'not-reached: API orders apis/orders/policy.xml <cors>',
    ]);
    assert.equal(actual, undefined);
  });

  it('tells what the verdict depends on, with the whole call under each reading', () => {
    const { dependsOn } = explain(portalCase, orders, { origin: shop, headers: json });
    const terminate = dependsOn.find(({ switchName }) => switchName === 'terminateDefault');
    assert.deepEqual(
      terminate?.readings.map(({ value, isTaken, browser }) => [value, isTaken, browser]),
      [
        ['true', true, 'blocked'],
        ['false', false, 'allowed'],
      ],
    );
    assert.ok(terminate?.sources.every((source) => source.startsWith('https://')));
  });

  it('has a question for whatever makes it uncertain, for two readings at once too', () => {
    // The first lets pass only if unset means false, and the second counts on real requests only if later ones do.
    const files = { ...portalCase, 'apis/orders/specification.yaml': 'openapi: 3.0.1\npaths:\n  /a:\n    get: {}\n' };
    const explained = explain(files, orders, { origin: shop, method: 'GET' });
    assert.equal(explained.isCertain, false);
    const verdicts = explained.dependsOn.flatMap(({ readings }) => readings.map(({ browser }) => browser));
    assert.ok(verdicts.includes('allowed') && verdicts.includes('blocked'), verdicts.join());
    const several = explained.dependsOn.filter(
      ({ openIn, switchName }) => openIn === 'documents' && switchName === undefined,
    );
    assert.equal(several.length, 1);
    for (const { readings } of several) for (const { text } of readings) assert.match(text, /, and /);
  });

  it('can be looked at with the other reading, and back', () => {
    const assume = { terminateDefault: 'false' } as const;
    const { browser, dependsOn } = explain(portalCase, orders, { origin: shop, headers: json, assume });
    assert.equal(browser, 'allowed');
    const terminate = dependsOn.find(({ switchName }) => switchName === 'terminateDefault');
    assert.deepEqual(
      terminate?.readings.map(({ value, isTaken }) => [value, isTaken]),
      [
        ['true', false],
        ['false', true],
      ],
    );
  });

  it('names the header that makes a preflight needless', () => {
    const headers = [
      { name: 'Content-Type', value: 'application/json' },
      { name: 'Access-Control-Allow-Origin', value: '*' },
    ];
    const { hints, needsPreflight } = explain(portalCase, orders, { origin: shop, headers });
    assert.ok(needsPreflight);
    assert.deepEqual(hints.map(({ header }) => header).sort(), ['Access-Control-Allow-Origin', 'Content-Type']);
  });

  it('lists the scopes on the way, those without a policy among them', () => {
    const files = {
      ...portalCase,
      'products/starter/productInformation.json': '{}',
      'products/starter/apis.json': '[{ "name": "orders" }]',
    };
    const { scopes } = explain(files, orders, { origin: shop, product: 'starter', key: 'query' });
    assert.deepEqual(
      scopes.map(({ title, state, isOwn, corsCount, place }) => [title, state, isOwn, corsCount, place?.file]),
      [
        ['API orders', 'present', true, 1, orders],
        ['product starter', 'absent', false, 0, undefined],
        ['global scope', 'present', false, 1, 'policy.xml'],
      ],
    );
  });

  it('says what it does not know: a parent that is not in the workspace, and a file of which nobody knows the scope', () => {
    const unknownParent = explain({ [orders]: definition('    <base />') }, orders, { origin: shop });
    assert.deepEqual(
      unknownParent.scopes.map(({ state }) => state),
      ['present', 'unknown'],
    );
    assert.deepEqual([unknownParent.browser, unknownParent.isCertain], ['unknown', false]);
    assert.ok(unknownParent.dependsOn.some(({ openIn, readings }) => openIn === 'gateway' && readings.length > 1));
    const nowhere = explain({ 'drafts/a.xml': definition(`    <base />\n${shopCors}`) }, 'drafts/a.xml', {
      origin: shop,
    });
    assert.equal(nowhere.scopes[0]?.title, 'unknown scope');
    assert.ok(nowhere.notes.length > 0);
  });

  it('tells of a policy without any cors that a preflight finds nothing', () => {
    const files = { ...serviceArtifact, [orders]: definition('    <base />') };
    const { preflight, repairs } = explain(files, orders, { origin: shop, headers: json });
    assert.deepEqual([preflight?.outcome, preflight?.status], ['not-found-404', 404]);
    assert.equal(repairs.length, 1);
  });

  it('follows a product: the preflight without the key does not run its policy, the call does', () => {
    const files = {
      ...serviceArtifact,
      'policy.xml': portalGlobal(' terminate-unmatched-request="false"'),
      [orders]: definition(`    <base />\n${shopCors}`),
      'products/starter/productInformation.json': '{}',
      'products/starter/policy.xml': definition(`    <base />\n${shopCors}`),
      'products/starter/apis.json': '[{ "name": "orders" }]',
    };
    const { preflight, actual } = explain(files, orders, {
      origin: 'https://contoso.developer.azure-api.net',
      product: 'starter',
      key: 'header',
    });
    const scopes = (stations: readonly Station[] = []) =>
      stations.filter(({ what }) => what === 'cors').map(({ scope }) => scope?.title);
    assert.deepEqual(scopes(preflight?.stations), ['global scope', 'API orders']);
    assert.deepEqual(scopes(actual?.stations), ['global scope', 'product starter', 'API orders']);
  });

  it('knows the words of every step that the engine tells of a cors, a statement, or what is not known', () => {
    const cases = JSON.parse(readFileSync('test/cors-vectors.json', 'utf8')) as unknown[];
    const words = new Set<string>();
    for (const [index, each] of cases.entries()) {
      const reading = readCorsCase(each, index);
      assert.ok(reading.case);
      for (const { what, result } of decideCors(situationOfCase(reading.case, undefined)).steps) {
        if (['cors', 'statement', 'unknown'].includes(what)) words.add(result);
      }
    }
    assert.ok(words.size >= 8, [...words].join(', '));
    assert.deepEqual(
      [...words].filter((word) => knownEffect(word) === undefined),
      [],
    );
  });

  it('says which field is wrong, and why', () => {
    const service = openService(portalCase);
    const problems = (form: CorsRequestForm) => service.explainCorsRequest(absolute(orders), form)?.problems;
    assert.deepEqual(problems({ origin: '' }), [
      { field: 'origin', message: 'Write the origin of the page, such as https://shop.contoso.com.' },
    ]);
    assert.deepEqual(problems({ origin: 'shop', method: 'GE T', headers: [{ name: 'a b' }] }), [
      { field: 'origin', message: 'An origin is scheme, host and port, such as https://shop.contoso.com.' },
      { field: 'method', message: 'A method is one word, such as GET or PUT.' },
      { field: 'headers', message: 'a b is no name of a header, such as content-type.' },
    ]);
    assert.deepEqual(problems({ origin: shop, product: 'gold' })?.[0]?.field, 'product');
  });

  it('refuses a fragment and a product with words that help', () => {
    const files = {
      ...portalCase,
      'policy fragments/basic/policy.xml': '<fragment>\n  <cors />\n</fragment>\n',
      'products/starter/policy.xml': definition('    <base />'),
    };
    const service = openService(files);
    const problem = (path: string) => service.explainCorsRequest(absolute(path), { origin: shop })?.problems[0];
    assert.deepEqual(problem('policy fragments/basic/policy.xml'), {
      field: 'document',
      message: 'CORS is decided for a policy definition, and this is a fragment. Name a policy that uses it.',
    });
    assert.equal(problem('products/starter/policy.xml')?.field, 'document');
    assert.equal(service.explainCorsRequest(absolute('nowhere.xml'), { origin: shop }), undefined);
  });
});
