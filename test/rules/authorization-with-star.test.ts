import assert from 'node:assert/strict';
import { ordersPolicy } from '../support/corsElements';
import { cors, definition, globalDefinition } from '../support/policies';
import { applyFix, findingOf, lint, type ServiceFiles } from '../support/service';

const ruleId = 'authorization-with-star';
const token = `    <validate-jwt header-name="Authorization">
      <openid-config url="https://login.example.com/.well-known/openid-configuration" />
    </validate-jwt>`;
const star = (headers: readonly string[] = ['*'], attributes = '') =>
  cors({ origins: ['https://shop.contoso.com'], headers, attributes });
const files = (text: string, check = token, settings: object = {}): ServiceFiles => ({
  'apim-policy.config.json': JSON.stringify(settings),
  [ordersPolicy]: definition(`${text}\n    <base />\n${check}`),
});

describe(ruleId, () => {
  it('hints at the * where a token is checked in the same document, or above', () => {
    assert.deepEqual(lint(files(star()), ordersPolicy), [`hint ${ruleId} "<header>*</header>"`]);
    const above = { 'policy.xml': globalDefinition(token), ...files(star(), '') };
    assert.deepEqual(lint(above, ordersPolicy), [`hint ${ruleId} "<header>*</header>"`]);
    const { related } = findingOf(above, ordersPolicy, ruleId);
    assert.deepEqual(
      related.map(({ path }) => path),
      ['/service/policy.xml'],
    );
  });
  it('knows where validate-azure-ad-token looks', () => {
    const azure = '    <validate-azure-ad-token tenant-id="a" />';
    assert.deepEqual(lint(files(star(), azure), ordersPolicy), [`hint ${ruleId} "<header>*</header>"`]);
    const elsewhere = azure.replace('tenant-id', 'query-parameter-name="t" tenant-id');
    assert.deepEqual(lint(files(star(), elsewhere), ordersPolicy), []);
  });
  it('says what it rests on', () => {
    assert.equal(
      findingOf(files(star()), ordersPolicy, ruleId).message,
      'validate-jwt needs the Authorization header, and in browsers * does not cover that one. It works as long as the gateway repeats the requested names, as has been seen, instead of sending the *. List authorization beside it.',
    );
  });

  const silent: Readonly<Record<string, ServiceFiles>> = {
    'without a token check': files(star(), ''),
    'where authorization is listed, too': files(star(['*', 'Authorization'])),
    'where another entry is not known': files(star(['*', '{{more}}'])),
    'where the project file says that names are repeated': files(star(), token, {
      cors: { assume: { listEcho: 'echo-requested' } },
    }),
    'where the check is in another chain': {
      ...files(star(), ''),
      'apis/other/policy.xml': definition(`    <base />\n${token}`),
    },
  };
  for (const [title, service] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lint(service, ordersPolicy), []));
  }
  it('leaves it to the graver case with credentials', () => {
    assert.deepEqual(
      lint(files(star(['*'], ' allow-credentials="true"')), ordersPolicy).map((line) => line.split(' ')[1]),
      ['star-with-credentials-lists'],
    );
  });

  it('lists authorization beside the *', () => {
    const after = applyFix(files(star()), ordersPolicy, ruleId, 'add-authorization');
    assert.equal(after[ordersPolicy], files(star(['*', 'authorization']))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
});
