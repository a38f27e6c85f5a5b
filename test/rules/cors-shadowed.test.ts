import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { applyFix, findingOf, lintAll } from '../support/service';

const orders = 'apis/orders/policy.xml';
const operation = 'apis/orders/operations/delete-order/policy.xml';
const base = '    <base />';
const shop = (methods: readonly string[], attributes = '') =>
  cors({ origins: ['https://shop.contoso.com'], methods, attributes });

describe('cors-shadowed', () => {
  it('warns on an own cors whose origins an inherited one matches first and allows less', () => {
    const files = {
      'policy.xml': globalDefinition(shop(['GET'], ' terminate-unmatched-request="false"')),
      [orders]: definition(`${base}\n${shop(['GET', 'DELETE'])}`),
    };
    assert.deepEqual(lintAll(files), [`${orders}: warning cors-shadowed "<cors>"`]);
    assert.match(findingOf(files, orders, 'cors-shadowed').message, /answers without method DELETE/);
  });
  it('warns on an own list of origins behind a cors that admits every site', () => {
    const star = cors({ origins: ['*'], methods: ['*'], headers: ['*'] });
    const files = {
      'policy.xml': globalDefinition(star),
      'apim-policy.config.json': '{ "rules": { "wildcard-origin": "off" } }',
      [orders]: definition(`${base}\n${shop(['GET'])}`),
      [operation]: definition(`${base}\n${shop(['GET'])}`),
    };
    assert.deepEqual(lintAll(files), [
      `${operation}: warning operation-override-behind-base "<cors>"`,
      `${orders}: warning cors-shadowed "<cors>"`,
    ]);
    const { message, related, fixes } = findingOf(files, orders, 'cors-shadowed');
    assert.deepEqual(
      related.map((place) => place.message),
      ['The cors at global scope comes first.'],
    );
    assert.equal(
      message,
      'This cors restricts nothing: <base /> brings in the cors at global scope first, and that one admits every site. If only the origins listed here may call, list them there; otherwise remove this cors, which has no effect.',
    );
    // Whom the inherited one should admit is the owner's to say; before <base /> it would still get all others.
    assert.deepEqual(fixes, []);
  });
  it('warns on an own cors that stops the origins of an inherited one below it', () => {
    const files = {
      'policy.xml': portalGlobal(),
      [orders]: definition(`${shop(['GET'], ' terminate-unmatched-request="true"')}\n${base}`),
    };
    assert.deepEqual(lintAll(files), [`${orders}: warning cors-shadowed "<cors terminate-unmatched-request="true"…"`]);
  });
  it('counts headers that a page may read among what is allowed', () => {
    const exposing = shop(['GET']).replace(
      '    </cors>',
      '      <expose-headers>\n        <header>x-total</header>\n      </expose-headers>\n    </cors>',
    );
    const files = { 'policy.xml': globalDefinition(shop(['GET'])), [orders]: definition(`${base}\n${exposing}`) };
    assert.match(findingOf(files, orders, 'cors-shadowed').message, /answers without exposed header x-total/);
  });
  it('can be mended by moving the own cors before <base />, or by letting the inherited one answer', () => {
    const shadowed = {
      'policy.xml': globalDefinition(shop(['GET'], ' terminate-unmatched-request="false"')),
      [orders]: definition(`${base}\n${shop(['GET', 'DELETE'])}`),
    };
    const moved = applyFix(shadowed, orders, 'cors-shadowed', 'move-own-before-base');
    const own = shop(['GET', 'DELETE'], ' terminate-unmatched-request="false"');
    assert.equal(moved[orders], definition(`${own}\n${base}`));
    assert.deepEqual(lintAll(moved), []);

    const stopping = {
      'policy.xml': portalGlobal(),
      [orders]: definition(`${shop(['GET'], ' terminate-unmatched-request="true"')}\n${base}`),
    };
    assert.deepEqual(lintAll(applyFix(stopping, orders, 'cors-shadowed', 'set-terminate-false')), []);
  });

  it('does not lend a named value of a workspace to the service', () => {
    const files = {
      'workspaces/w/named values/only/namedValueInformation.json':
        '{ "properties": { "displayName": "only", "value": "https://shop.contoso.com" } }',
      'policy.xml': globalDefinition(
        cors({ origins: ['{{only}}'], attributes: ' terminate-unmatched-request="false"' }),
      ),
      [orders]: definition(`${base}\n${shop(['GET', 'DELETE'])}`),
    };
    assert.deepEqual(lintAll(files), []);
  });

  it('does not take a workspace’s named value for the service’s of the same name', () => {
    const listing = (attributes: string) => cors({ origins: ['{{spa}}'], attributes });
    const api = 'workspaces/w/apis/orders/policy.xml';
    const files = {
      'workspaces/w/policy.xml': definition(base),
      'policy.xml': globalDefinition(listing(' terminate-unmatched-request="false"')),
      [api]: definition(`${listing(' terminate-unmatched-request="true"')}\n${base}`),
    };
    assert.deepEqual(lintAll(files), [`${api}: warning cors-shadowed "<cors terminate-unmatched-request="true"…"`]);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'when the inherited cors allows as much': {
      [orders]: definition(shop(['*'])),
      [operation]: definition(`${base}\n${shop(['GET', 'DELETE'])}`),
    },
    'when the inherited cors lists some more origins, which may be meant so': {
      'policy.xml': globalDefinition(cors({ origins: ['https://shop.contoso.com', 'https://b.example'] })),
      [orders]: definition(`${base}\n${shop(['GET'])}`),
    },
    'when only one of the own origins is matched before': {
      [orders]: definition(shop(['GET'], ' terminate-unmatched-request="false"')),
      [operation]: definition(
        `${base}\n${cors({ origins: ['https://shop.contoso.com', 'https://b.example'], methods: ['PUT'] })}`,
      ),
    },
    'when the own cors has a star: it answers everybody': {
      'policy.xml': portalGlobal(),
      'apim-policy.config.json': '{ "rules": { "wildcard-origin": "off" } }',
      [orders]: definition(
        `${cors({ origins: ['*'], headers: ['*'], attributes: ' terminate-unmatched-request="true"' })}\n${base}`,
      ),
    },
    'without another cors': { 'policy.xml': globalDefinition(''), [orders]: definition(`${base}\n${shopCors}`) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
