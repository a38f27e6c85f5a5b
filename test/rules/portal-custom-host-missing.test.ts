import assert from 'node:assert/strict';
import { cors, definition, portalGlobal } from '../support/policies';
import { applyFix, findingOf, lintAll, type ServiceFiles } from '../support/service';

const ruleId = 'portal-custom-host-missing';
const global = 'policy.xml';
const orders = 'apis/orders/policy.xml';
const lets = ' terminate-unmatched-request="false"';
const own = cors({ origins: ['https://shop.contoso.com'], attributes: lets });
const listing = (origin: string) =>
  portalGlobal(lets).replace('</origin>\n', `</origin>\n        <origin>${origin}</origin>\n`);

function service(portalOrigins: readonly string[], globalPolicy = portalGlobal(lets)): ServiceFiles {
  return {
    'apim-policy.config.json': JSON.stringify({ cors: { portalOrigins } }),
    [global]: globalPolicy,
    [orders]: definition(`${own}\n    <base />`),
  };
}

describe(ruleId, () => {
  it('warns on the default host, and can add the other', () => {
    const files = service(['https://developers.contoso.com']);
    assert.deepEqual(lintAll(files), [`${global}: warning ${ruleId} "https://contoso.developer.azure-api.net"`]);
    assert.equal(
      findingOf(files, global, ruleId).message,
      'This cors lists the developer portal’s default host, but not https://developers.contoso.com, which the project file names as its portal. Its console cannot call from there. Add that origin.',
    );
    const after = applyFix(files, global, ruleId, 'add-portal-host');
    assert.equal(after[global], listing('https://developers.contoso.com'));
    assert.deepEqual(lintAll(after), []);
  });
  it('writes https before a host, and offers nothing for a pattern', () => {
    assert.equal(
      applyFix(service(['developers.contoso.com']), global, ruleId, 'add-portal-host')[global],
      listing('https://developers.contoso.com'),
    );
    assert.deepEqual(findingOf(service(['https://developers.*']), global, ruleId).fixes, []);
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'where the host is listed': service(['https://developers.contoso.com'], listing('https://developers.contoso.com')),
    'where one of several environments is listed': service(
      ['https://developers.contoso.com', 'https://developers-test.contoso.com'],
      listing('https://developers-test.contoso.com'),
    ),
    'where a pattern matches': service(
      ['https://developers*.contoso.com'],
      listing('https://developers-test.contoso.com'),
    ),
    'where an origin is not known': service(
      ['https://developers.contoso.com'],
      listing('@(context.Variables.GetValueOrDefault("portal",""))'),
    ),
    'where the project file names default hosts alone': service(['https://contoso.developer.azure-api.net']),
    'without a project file': { [global]: portalGlobal(lets), [orders]: definition(`${own}\n    <base />`) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      // An expression beside the portal makes the cors more than the portal's own.
      const lines = lintAll(files).filter((line) => !/ (origin-expression|star-with-credentials-lists) /.test(line));
      assert.deepEqual(lines, []);
    });
  }
});
