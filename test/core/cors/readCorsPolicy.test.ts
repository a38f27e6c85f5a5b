import assert from 'node:assert/strict';
import type { CorsPolicy } from '../../../server/src/core/cors/corsPolicy';
import { readCorsPolicy } from '../../../server/src/core/cors/readCorsPolicy';
import { known, unknown } from '../../../server/src/core/effective/resolved';
import { parsePolicyDocument } from '../../../server/src/core/syntax/parsePolicyDocument';
import { allElements, textOf } from '../../../server/src/core/syntax/treeQueries';

const values = new Map([
  ['spa-host', 'shop.contoso.com'],
  ['scheme', 'https'],
  ['is-strict', 'true'],
  ['reflect', '@(context.Request.Headers.GetValueOrDefault("Origin",""))'],
]);

function read(text: string): CorsPolicy & { readonly textAt: (index: number) => string } {
  const document = parsePolicyDocument(`<policies><inbound>${text}</inbound></policies>`, 'api.xml', 0);
  const element = [...allElements(document)].find(({ name }) => name === 'cors');
  assert.ok(element);
  const policy = readCorsPolicy(document, element, (name) => {
    const value = values.get(name);
    return value === undefined ? unknown(`the value of {{${name}}} is not known`) : known(value);
  });
  return { ...policy, textAt: (index) => textOf(document, policy.origins[index]?.span ?? { start: 0, end: 0 }) };
}

const origins = (...texts: readonly string[]): string =>
  `<allowed-origins>${texts.map((text) => `<origin>${text}</origin>`).join('')}</allowed-origins>`;

describe('reading a cors policy', () => {
  it('reads every part', () => {
    const policy = read(
      `<cors allow-credentials="true" terminate-unmatched-request="false">${origins('https://a.com')}` +
        '<allowed-methods preflight-result-max-age="300"><method>GET</method><method>*</method></allowed-methods>' +
        '<allowed-headers><header>x-a</header></allowed-headers><expose-headers><header>etag</header></expose-headers></cors>',
    );
    const entries = (list: CorsPolicy['methods']) => list?.entries.map(({ value }) => value);
    assert.deepEqual(
      policy.origins.map(({ value }) => value),
      [known('https://a.com')],
    );
    assert.deepEqual(entries(policy.methods), [known('GET'), known('*')]);
    assert.deepEqual(entries(policy.headers), [known('x-a')]);
    assert.deepEqual(entries(policy.exposeHeaders), [known('etag')]);
    assert.deepEqual(policy.allowCredentials, known(true));
    assert.deepEqual(policy.terminateUnmatched, known(false));
    assert.deepEqual(policy.maxAgeSeconds, known(300));
  });

  it('tells what is not written from what is false', () => {
    const policy = read('<cors />');
    assert.deepEqual(policy.origins, []);
    assert.equal(policy.methods, undefined);
    assert.equal(policy.headers, undefined);
    assert.equal(policy.terminateUnmatched, undefined);
    assert.deepEqual(policy.allowCredentials, known(false));
    assert.deepEqual(policy.maxAgeSeconds, known(0));
  });

  it('replaces named values, several in one text too', () => {
    const policy = read(
      `<cors terminate-unmatched-request="{{is-strict}}">${origins('{{scheme}}://{{spa-host}}', '{{lost}}')}</cors>`,
    );
    assert.deepEqual(
      policy.origins.map(({ value }) => value),
      [known('https://shop.contoso.com'), unknown('the value of {{lost}} is not known')],
    );
    assert.equal(policy.origins[0]?.written, '{{scheme}}://{{spa-host}}');
    assert.deepEqual(policy.terminateUnmatched, known(true));
  });

  it('evaluates no expression but the simplest', () => {
    const policy = read(
      `<cors allow-credentials="@(true)" terminate-unmatched-request="@(context.Api.Name == &quot;a&quot;)">${origins(
        '@("https://{{spa-host}}")',
        '{{reflect}}',
        '@(context.Request.Headers["Origin"][0])',
        '@(x ? "https://a.com" : "")',
      )}</cors>`,
    );
    assert.deepEqual(policy.allowCredentials, known(true));
    assert.equal(policy.terminateUnmatched?.known, false);
    assert.deepEqual(policy.origins[0]?.value, known('https://shop.contoso.com'));
    assert.deepEqual(
      policy.origins.map(({ repeatsRequestOrigin }) => repeatsRequestOrigin),
      [false, true, true, false],
    );
    assert.deepEqual(
      policy.origins.map(({ value }) => value.known),
      [true, false, false, false],
    );
  });

  it('keeps the span of the text, without white space and comments around it', () => {
    const policy = read(`<cors>${origins('\n  https://a.com\n', '')}</cors>`);
    assert.equal(policy.textAt(0), 'https://a.com');
    assert.equal(policy.textAt(1), '');
    assert.equal(policy.origins[0]?.written, 'https://a.com');
  });

  it('does not guess what an odd value means', () => {
    const policy = read(
      `<cors allow-credentials="yes">${origins('*')}<allowed-methods preflight-result-max-age="long" /></cors>`,
    );
    assert.deepEqual(policy.allowCredentials, unknown('allow-credentials is neither true nor false'));
    assert.deepEqual(policy.maxAgeSeconds, unknown('preflight-result-max-age is no number of seconds'));
  });

  it('knows nothing about what a deployment tool writes', () => {
    const policy = read(
      `<cors allow-credentials="{credentials}" terminate-unmatched-request="#strict#">${origins('https://$' + '{host}', '#o#')}` +
        '<allowed-methods preflight-result-max-age="{age}" /></cors>',
    );
    const replaced = (what: string) => unknown(`${what} is replaced when the policy is deployed`);
    assert.deepEqual(policy.allowCredentials, replaced('{credentials}'));
    assert.deepEqual(policy.terminateUnmatched, replaced('#strict#'));
    assert.deepEqual(policy.maxAgeSeconds, replaced('{age}'));
    assert.deepEqual(
      policy.origins.map(({ value }) => value),
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
      [replaced('${host}'), replaced('#o#')],
    );
  });
});
