import assert from 'node:assert/strict';
import { textWithCursor } from '../../support/markers';
import { cors, definition, portalGlobal, serviceArtifact, shopCors } from '../../support/policies';
import { absolute, openService, relative, type ServiceFiles } from '../../support/service';

const orders = 'apis/orders/policy.xml';
const base = '    <base />';

/** The hover at `¦` in the one file that has it; links as `path:text they point to`. Undefined: no hover. */
function hoverAt(files: ServiceFiles) {
  const marked = Object.entries(files).filter(([, text]) => text.includes('¦'));
  assert.equal(marked.length, 1, 'one file with one ¦');
  const [path, fixture] = marked[0] as [string, string];
  const { text, offset } = textWithCursor(fixture);
  const service = openService({ ...files, [path]: text });
  const content = service.hover(absolute(path), offset, (target, span) => `${relative(target)}:${span.start}`);
  const shown = service.store.text(absolute(path))?.slice(content?.span.start, content?.span.end);
  return content === undefined ? undefined : { markdown: content.markdown, on: shown };
}

const unkept = shopCors.replace(' preflight-result-max-age="300"', '');
const portalCase = { 'policy.xml': portalGlobal(), [orders]: definition(`    <ba¦se />\n${unkept}`) };

describe('hover', () => {
  it('shows the whole effective CORS policy on <base />, in order', () => {
    assert.deepEqual(hoverAt(portalCase), {
      on: '<base />',
      markdown: `**Effective CORS policy** of API orders

1. global scope · [policy.xml](policy.xml:27) through \`<base />\` · **answers first**
2. this API · [apis/orders/policy.xml](apis/orders/policy.xml:40) · **may not be reached**

- \`https://contoso.developer.azure-api.net\` → answered by 1
- \`https://shop.contoso.com\` → **refused** by 1 if its unset attribute means true, answered by 2 if false
- any other origin → a preflight gets an empty 200 without CORS headers, and so do GET and HEAD unless the unset attribute means false; browsers refuse either

**1** allows methods \`*\` · headers \`*\` · exposed headers \`*\` · credentials yes · max-age 300 s · terminate-unmatched-request **not set** (sources disagree: true or false)

**2** allows methods \`GET\`, \`POST\` · headers \`content-type\`, \`authorization\` · exposed headers none · credentials no · max-age 0 (every call asks again) · terminate-unmatched-request **not set** (sources disagree: true or false)

---

\`<base />\` brings in \`cors\` and \`rate-limit-by-key\` from global scope.`,
    });
  });

  const places: Readonly<Record<string, readonly [inbound: string, on: string]>> = {
    'the start tag of <cors>': [`${base}\n${shopCors.replace('<cors>', '<co¦rs>')}`, '<cors>'],
    'an origin': [`${base}\n${shopCors.replace('shop', 'sh¦op')}`, '<origin>https://shop.contoso.com</origin>'],
    'the end tag of <cors>': [`${base}\n${shopCors.replace('</cors>', '</co¦rs>')}`, '</cors>'],
  };
  for (const [title, [inbound, on]] of Object.entries(places)) {
    it(`shows it on ${title}`, () => {
      const content = hoverAt({ 'policy.xml': portalGlobal(), [orders]: definition(inbound) });
      assert.match(content?.markdown ?? '', /^\*\*Effective CORS policy\*\* of API orders/);
      assert.equal(content?.on, on);
    });
  }
  it('shows it on the tags of <inbound>, and not between its statements', () => {
    const text = definition(base);
    assert.match(hoverAt({ [orders]: text.replace('<inbound>', '<in¦bound>') })?.markdown ?? '', /Effective CORS/);
    assert.match(hoverAt({ [orders]: text.replace('</inbound>', '</in¦bound>') })?.markdown ?? '', /Effective CORS/);
    assert.equal(hoverAt({ [orders]: text.replace('<inbound>\n', '<inbound>\n¦') }), undefined);
  });
  it('shows what <base /> brings into another section, without CORS', () => {
    const text = definition(base).replace('<backend>\n    <base', '<backend>\n    <ba¦se');
    assert.equal(
      hoverAt({ 'policy.xml': portalGlobal(), [orders]: text })?.markdown,
      '`<base />` brings in `forward-request` from global scope.',
    );
  });
  it('shows what a section without <base /> does not inherit, on its tags', () => {
    const files = {
      'policy.xml': portalGlobal(),
      'products/starter/policy.xml': definition(`${base}\n    <quota calls="1" />\n    <quota calls="2" />`),
      'products/starter/apis.json': '[{ "name": "orders" }]',
    };
    const on = (text: string) => hoverAt({ ...files, [orders]: text })?.markdown;
    const lost = `**Not inherited**, since this section has no \`<base />\`:

- \`cors\`, \`rate-limit-by-key\` from global scope · [policy.xml](policy.xml:27)
- 2 × \`quota\` from product starter · [products/starter/policy.xml](products/starter/policy.xml:40)`;
    const own = definition('    <trace />');
    assert.equal(on(own.replace('<inbound>', '<in¦bound>'))?.split('\n\n---\n\n').at(-1), lost);
    assert.equal(on(own.replace('</inbound>', '</in¦bound>'))?.split('\n\n---\n\n').at(-1), lost);
    assert.equal(
      on(definition(base).replace(/<backend>[\s\S]*<\/backend>/, '<back¦end />')),
      `**Not inherited**, since this section has no \`<base />\`:\n\n- \`forward-request\` from global scope · [policy.xml](policy.xml:${portalGlobal().indexOf('<forward-request')})`,
    );
  });
  it('says what cannot be told of a section without <base />, and nothing where nothing is missing', () => {
    const backend = (text: string) => definition(base).replace(/<backend>[\s\S]*<\/backend>/, text);
    assert.equal(
      hoverAt({ [orders]: backend('<back¦end />') })?.markdown,
      '**Not inherited**, since this section has no `<base />`:\n\n- *not known:* the global policy is not in the workspace',
    );
    assert.equal(hoverAt({ ...serviceArtifact, [orders]: backend('<back¦end />') }), undefined);
    assert.equal(hoverAt({ [orders]: backend('<back¦end><forward-request /></backend>') }), undefined);
    assert.equal(hoverAt({ 'policy.xml': backend('<back¦end />') }), undefined);
    assert.equal(hoverAt({ 'somewhere/x.xml': backend('<back¦end />') }), undefined);
  });
  it('shows nothing on other statements, and nothing outside a definition', () => {
    assert.equal(hoverAt({ [orders]: definition(`    <set-he¦ader name="x" />`) }), undefined);
    assert.equal(hoverAt({ [orders]: '¦' }), undefined);
  });

  it('says that a global policy outside the workspace is not known', () => {
    const { markdown = '' } = hoverAt({ [orders]: definition(`    <ba¦se />\n${shopCors}`) }) ?? {};
    assert.match(markdown, /\*\*Not known:\*\* the global policy is not in the workspace\. It comes first\./);
    assert.doesNotMatch(markdown, /answers first/);
    assert.match(markdown, /`https:\/\/shop\.contoso\.com` → allowed, unless \*\*what is not known\*\* decides first/);
    assert.match(markdown, /any other origin .*unless what is not known admits it/);
  });
  it('says that there is no cors where there is none', () => {
    assert.match(
      hoverAt({ ...serviceArtifact, [orders]: definition('    <ba¦se />') })?.markdown ?? '',
      /No `cors` takes part: a preflight gets 404/,
    );
  });
  it('says which origin is decided at run time', () => {
    const own = cors({ origins: ['{{spa}}'], attributes: ' terminate-unmatched-request="true"' });
    const { markdown = '' } =
      hoverAt({ ...portalCase, [orders]: definition(`${own.replace('<cors', '<co¦rs')}\n${base}`) }) ?? {};
    assert.match(markdown, /`\{\{spa\}\}` \(the named value .* is not in the workspace\) → answered by 1/);
    assert.match(markdown, /developer\.azure-api\.net` → \*\*refused\*\* by 1, unless 1 lists it at run time/);
  });
  it('says what the service refuses to save, and what a named value stands for', () => {
    const own = cors({ origins: ['https://*.contoso.com', 'https://a.com/path', '{{spa}}'] });
    const { markdown = '' } =
      hoverAt({
        'apim-policy.config.json': '{ "namedValues": { "spa": "https://spa.contoso.com" } }',
        [orders]: definition(own.replace('<cors', '<co¦rs')),
      }) ?? {};
    assert.match(markdown, /`https:\/\/\*\.contoso\.com` → \*the service refuses to save this\*: it is a pattern/);
    assert.match(markdown, /`https:\/\/a\.com\/path` → \*the service refuses to save this\*: it has a path/);
    assert.match(markdown, /`\{\{spa\}\}` \(`https:\/\/spa\.contoso\.com`\) → allowed/);
  });
  it('tells a computed and a wrong attribute from an unset one', () => {
    const hoverOn = (attribute: string) =>
      hoverAt({ ...portalCase, 'policy.xml': portalGlobal(` terminate-unmatched-request="${attribute}"`) })?.markdown ??
      '';
    assert.match(
      hoverOn('@(context.Subscription != null)'),
      /\*\*refused\*\* by 1 if its attribute turns out to be true/,
    );
    assert.match(hoverOn('yes'), /terminate-unmatched-request \*not known: .* is neither true nor false\*/);
  });
  it('says that a cors inside choose takes no part in preflight requests', () => {
    const nested = `<choose><when condition="@(true)">${shopCors.replace('<cors>', '<co¦rs>')}</when></choose>`;
    const { markdown = '' } = hoverAt({ ...serviceArtifact, [orders]: definition(nested) }) ?? {};
    assert.match(markdown, /^This `cors` stands inside `<choose>`, so it takes no part in preflight requests/);
    assert.match(markdown, /No `cors` takes part/);
  });
  it('shows it on an include-fragment that brings in a cors, and on no other', () => {
    const files = {
      'policy fragments/with/policy.xml': `<fragment>${shopCors}</fragment>`,
      'policy fragments/without/policy.xml': '<fragment><trace /></fragment>',
    };
    const include = (id: string) => definition(`<include-frag¦ment fragment-id="${id}" />`);
    assert.match(hoverAt({ ...files, [orders]: include('with') })?.markdown ?? '', /in fragment `with`/);
    assert.equal(hoverAt({ ...files, [orders]: include('without') }), undefined);
  });
  it('tells on a cors of a fragment what it allows, and who includes it', () => {
    const files = {
      'policy fragments/shop/policy.xml': `<fragment>${shopCors.replace('<cors>', '<co¦rs>')}</fragment>`,
      [orders]: definition('<include-fragment fragment-id="Shop" />'),
      'apis/other/policy.xml': definition('<!-- shop -->'),
    };
    const { markdown = '' } = hoverAt(files) ?? {};
    assert.match(markdown, /^\*\*CORS in fragment `shop`\*\*\n\nAllows methods `GET`, `POST`/);
    assert.match(markdown, /- \[apis\/orders\/policy\.xml\]/);
    assert.doesNotMatch(markdown, /other/);
  });
  it('says that a policy above has no inbound section', () => {
    const operation = 'apis/orders/operations/get/policy.xml';
    const files = { [orders]: '<policies><backend /></policies>', [operation]: definition('    <ba¦se />') };
    assert.match(hoverAt(files)?.markdown ?? '', /The policy of API orders has no inbound section/);
  });
  it('has one block for products with the same result, and one more for each that differs', () => {
    const list = '[{ "name": "orders" }]';
    const files = {
      ...portalCase,
      'products/a/apis.json': list,
      'products/b/apis.json': list,
      'products/c/apis.json': list,
      'products/c/policy.xml': definition(cors({ origins: ['*'] })),
    };
    const { markdown = '' } = hoverAt(files) ?? {};
    assert.match(markdown, /^\*Without a product, in product `a` and in product `b`\*$/m);
    assert.match(markdown, /^\*In product `c`\*$/m);
    assert.match(markdown, /A preflight with the key in a header does not belong to a product/);
  });
  it('tells the OPTIONS operations that bypass the cors logic', () => {
    const files = {
      ...portalCase,
      'apis/orders/specification.yaml': 'openapi: 3.0.1\npaths:\n  /orders:\n    options: {}\n',
    };
    assert.match(hoverAt(files)?.markdown ?? '', /`\/orders` has an OPTIONS operation/);
  });
  it('keeps text of the file from becoming Markdown or HTML', () => {
    const own = cors({ origins: ['{{`**x**` &lt;img src=x&gt;}}'], methods: ['`'] });
    const { markdown = '' } = hoverAt({ [orders]: definition(own.replace('<cors', '<co¦rs')) }) ?? {};
    assert.match(markdown, /- ``\{\{`\*\*x\*\*` <img src=x>\}\}`` \(the named value \\\{.* → allowed/);
    assert.match(markdown, /methods `` ` ``/);
  });
});
