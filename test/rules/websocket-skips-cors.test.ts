import assert from 'node:assert/strict';
import { definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'websocket-skips-cors';
const events = 'apis/events/policy.xml';
const handshake = 'apis/events/operations/onHandshake/policy.xml';
const base = '    <base />';
const type = (name: string) => ({
  'apis/events/apiInformation.json': JSON.stringify({ properties: { type: name } }),
});

describe(ruleId, () => {
  it('tells it at the own cors', () => {
    const files = { ...type('websocket'), [events]: definition(`${shopCors}\n${base}`) };
    assert.deepEqual(lintAll(files), [`${events}: information ${ruleId} "<cors>"`]);
    assert.equal(
      findingOf(files, events, ruleId).message,
      'This cors has no effect: this is a WebSocket API, and its handshake does not support cors, so it is skipped. Browsers apply no CORS to WebSockets; check the Origin header if not every site may connect.',
    );
  });
  it('tells it once for an inherited cors, and nothing of what several do to each other', () => {
    const files = {
      ...type('websocket'),
      'policy.xml': portalGlobal(),
      [events]: definition(base),
      [handshake]: definition(base),
    };
    assert.deepEqual(lintAll(files), [`${events}: information ${ruleId} "<base />"`]);
    const withOwn = { ...files, [events]: definition(`${base}\n${shopCors}`) };
    assert.deepEqual(lintAll(withOwn), [`${events}: information ${ruleId} "<cors>"`]);
  });

  it('stands alone: what stands inside the cors, and where it comes from, changes nothing', () => {
    const faulty = '    <cors><allowed-origins><origin>shop</origin></allowed-origins></cors>';
    const own = { ...type('websocket'), [events]: definition(`${faulty}\n${base}`) };
    assert.deepEqual(lintAll(own), [`${events}: information ${ruleId} "<cors>"`]);
    const declaring = {
      ...own,
      'apis/events/specification.json': '{ "openapi": "3.0.1", "paths": { "/events": { "options": {} } } }',
      'version sets/events/versionSetInformation.json': '{ "properties": { "versioningScheme": "Header" } }',
      'apis/events/apiInformation.json': JSON.stringify({
        properties: { type: 'websocket', apiVersion: 'v2', apiVersionSetId: '/apiVersionSets/events' },
      }),
    };
    assert.deepEqual(lintAll(declaring), [`${events}: information ${ruleId} "<cors>"`]);
    const shared = {
      ...type('websocket'),
      'policy fragments/shared-cors/policy.xml': `<fragment>\n${shopCors}\n</fragment>\n`,
      [events]: definition(`    <include-fragment fragment-id="shared-cors" />\n${base}`),
    };
    assert.deepEqual(lintAll(shared), [`${events}: information ${ruleId} "<include-fragment fragment-id="shared-co…"`]);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'for an HTTP API': { ...type('http'), [events]: definition(`${shopCors}\n${base}`) },
    'where no file tells the type': { [events]: definition(`${shopCors}\n${base}`) },
    'without a cors': { ...type('websocket'), 'policy.xml': globalDefinition(''), [events]: definition(base) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
