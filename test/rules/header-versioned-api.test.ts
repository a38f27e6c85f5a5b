import assert from 'node:assert/strict';
import { definition, globalDefinition, shopCors } from '../support/policies';
import { findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'header-versioned-api';
const orders = 'apis/orders/policy.xml';
const operation = 'apis/orders/operations/get-order/policy.xml';
const base = '    <base />';
const withBase = definition(`${shopCors}\n${base}`);

function versioned(scheme: string, apiVersion = 'v2'): ServiceFiles {
  return {
    'version sets/orders/versionSetInformation.json': JSON.stringify({ properties: { versioningScheme: scheme } }),
    'apis/orders/apiInformation.json': JSON.stringify({
      properties: { apiVersion, apiVersionSetId: '/apiVersionSets/orders' },
    }),
  };
}

describe(ruleId, () => {
  it('warns on the own cors of an API whose version travels in a header', () => {
    const files = { ...versioned('Header'), [orders]: withBase };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<cors>"`]);
    assert.equal(
      findingOf(files, orders, ruleId).message,
      'The version of this API travels in a header, and preflight requests carry no header of the page. The gateway then finds no API and answers 404 before this cors is asked, so browsers are refused. Use path or query versioning for APIs that pages call.',
    );
  });
  it('warns on the <base /> where the cors is inherited', () => {
    const files = { ...versioned('Header'), 'policy.xml': globalDefinition(shopCors), [orders]: definition(base) };
    assert.deepEqual(lintAll(files), [`${orders}: warning ${ruleId} "<base />"`]);
    assert.match(findingOf(files, orders, ruleId).message, /before the inherited cors is asked/);
  });
  it('is told once: in the API’s policy, and in the operation’s only where the API’s has no cors', () => {
    const both = { ...versioned('Header'), [orders]: withBase, [operation]: withBase };
    assert.deepEqual(
      lintAll(both).filter((line) => line.includes(ruleId)),
      [`${orders}: warning ${ruleId} "<cors>"`],
    );
    const operationAlone = { ...versioned('Header'), [orders]: definition(base), [operation]: withBase };
    assert.deepEqual(lintAll(operationAlone), [`${operation}: warning ${ruleId} "<cors>"`]);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'for versions in the path': { ...versioned('Segment'), [orders]: withBase },
    'for versions in the query string': { ...versioned('Query'), [orders]: withBase },
    'for the original version, which is reached without one': { ...versioned('Header', ''), [orders]: withBase },
    'without a cors': { ...versioned('Header'), 'policy.xml': globalDefinition(''), [orders]: definition(base) },
    'where no version set tells': { [orders]: withBase },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
