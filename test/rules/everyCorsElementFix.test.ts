import assert from 'node:assert/strict';
import { applyEdits } from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { createRandom, type Random } from '../support/random';
import { absolute, openService, type ServiceFiles } from '../support/service';

const orders = 'apis/orders/policy.xml';
const fragment = 'policy fragments/shared/policy.xml';
const operation = 'apis/orders/operations/get-order/policy.xml';

const origins = [
  'https://shop.contoso.com',
  'https://Shop.contoso.com:443/',
  'https://admin.contoso.com',
  'https://*.contoso.com',
  'https://a.example,https://b.example; https://*.c.example',
  'https://shop.contoso.com/orders?x=1',
  'shop.contoso.com',
  "'https://a.example'",
  'http://localhost',
  'http://localhost:4200',
  'https://contoso.developer.azure-api.net',
  'capacitor://localhost',
  'null',
  '*',
  '',
  '{{spa}}',
  '{{list}}',
  '{{unknown}}',
  'https://{{unknown}}/app',
  '@("https://a.example/")',
  '@(MyOrigin(context.Variables))',
  '@(context.Request.Headers.GetValueOrDefault("Origin",""))',
];
const settings = {
  cors: { origins: ['https://shop.contoso.com', 'http://localhost:5173', 'https://admin.contoso.com'] },
  namedValues: { spa: 'https://spa.contoso.com/', list: 'https://a.example, https://b.example' },
};

function list(name: string, entry: string, values: readonly string[], random: Random, attributes = ''): string {
  if (values.length === 0) return random.oneOf([`<${name}${attributes} />`, `<${name}${attributes}></${name}>`]);
  const comment = random.chance(0.1) ? '\n        <!-- why -->' : '';
  const entries = values.map((value) => `\n        <${entry}>${value}</${entry}>`).join('');
  return `<${name}${attributes}>${comment}${entries}\n      </${name}>`;
}

function some<T>(values: readonly T[], most: number, random: Random): readonly T[] {
  return Array.from({ length: random.below(most + 1) }, () => random.oneOf(values));
}

function randomCors(random: Random): string {
  const age = random.oneOf(['', ' preflight-result-max-age="300"', " preflight-result-max-age='0'"]);
  const lists = [
    list('allowed-origins', 'origin', [...some(origins, 2, random), random.oneOf(origins)], random),
    list('allowed-methods', 'method', some(['GET', 'PUT', '*'], 2, random), random, age),
    list('allowed-headers', 'header', some(['*', 'content-type', 'x-api-key', '{{unknown}}'], 2, random), random),
    list('expose-headers', 'header', some(['*', 'x-trace'], 1, random), random),
  ].filter(() => random.chance(0.85));
  if (random.chance(0.15)) lists.reverse();
  const attributes =
    random.oneOf(['', '', ' allow-credentials="true"', ' allow-credentials="{{unknown}}"']) +
    random.oneOf(['', '', ' terminate-unmatched-request="true"', '\n      terminate-unmatched-request="true"']);
  const text = `    <cors${attributes}>${lists.map((each) => `\n      ${each}`).join('')}\n    </cors>`;
  return random.chance(0.1) ? text.replace(/\n\s*/g, ' ').replace(/> </g, '><') : text;
}

/** An API with one or two `cors`, a fragment with one or two, and an operation that inherits. */
function randomService(random: Random): ServiceFiles {
  const one = () => [randomCors(random), ...(random.chance(0.25) ? [randomCors(random)] : [])].join('\n');
  const token = random.oneOf(['', '\n    <validate-jwt header-name="Authorization" />']);
  const style = random.oneOf<(text: string) => string>([
    (text) => text,
    (text) => text.replace(/\n/g, '\r\n'),
    (text) => text.replace(/ {2}/g, '\t'),
  ]);
  const inbound = (text: string): string =>
    style(
      `<policies>\n  <inbound>\n${text}\n  </inbound>\n  <backend />\n  <outbound />\n  <on-error />\n</policies>\n`,
    );
  return {
    'apim-policy.config.json': JSON.stringify({ ...settings, absent: ['global'], production: random.chance(0.3) }),
    [orders]: inbound(`${one()}\n    <base />${token}`),
    [operation]: inbound(`    <base />\n${randomCors(random)}`),
    [fragment]: style(`<fragment>\n${one()}\n</fragment>\n`),
  };
}

/** What there is more of in the second list. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter((entry) => {
    const index = left.indexOf(entry);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

describe('every fix of what stands inside a cors, on 150 random services', function () {
  this.timeout(120_000);

  it('removes its finding, names what shows then, and leaves text that can be read', () => {
    const tried = new Map<string, number>();
    for (let seed = 1; seed <= 150; seed++) {
      const files = randomService(createRandom(seed));
      const service = openService(files);
      for (const path of [orders, fragment]) {
        const before = service.findings(absolute(path));
        const below = service.findings(absolute(operation)).map(({ ruleId }) => ruleId);
        for (const finding of before) {
          for (const fix of finding.fixes) {
            if (fix.edits.some((edit) => edit.path !== absolute(path))) continue;
            tried.set(fix.id, (tried.get(fix.id) ?? 0) + 1);
            const told = `seed ${seed}, ${path}, ${finding.ruleId}, ${fix.id} (${fix.title})`;
            const text = applyEdits(files[path] ?? '', fix.edits);
            assert.deepEqual(parsePolicyDocument(text, path, 1).problems, [], told);
            assert.doesNotMatch(text, /[ \t](\r?\n|$)/, `${told}: blanks at the end of a line`);
            if (files[path]?.includes('\r\n')) assert.doesNotMatch(text, /[^\r]\n/, `${told}: line ends`);
            const isComment = /<!--.*?-->/g;
            assert.deepEqual(
              added(text.match(isComment) ?? [], files[path]?.match(isComment) ?? []).filter(
                () => !fix.title.includes('drops the comments'),
              ),
              [],
              `${told}: comments`,
            );

            const after = openService({ ...files, [path]: text });
            const ids = after.findings(absolute(path)).map(({ ruleId }) => ruleId);
            const idsBefore = before.map(({ ruleId }) => ruleId);
            assert.ok(added(ids, idsBefore).includes(finding.ruleId), `${told}: the finding is still there`);
            const isNamed = (ruleId: string): boolean => fix.title.includes(ruleId);
            assert.deepEqual(
              added(idsBefore, ids).filter((ruleId) => !isNamed(ruleId)),
              [],
              `${told}: new`,
            );
            const idsBelow = after.findings(absolute(operation)).map(({ ruleId }) => ruleId);
            assert.deepEqual(
              added(below, idsBelow).filter((ruleId) => !isNamed(ruleId)),
              [],
              `${told}: new below`,
            );
          }
        }
      }
    }
    const ids = [
      ...['strip-to-origin', 'list-matching', 'use-expression', 'split-origins', 'normalise-origin', 'add-localhost'],
      ...['list-project-origins', 'remove-expression', 'use-allow-list', 'remove-star', 'remove-others', 'merge-cors'],
      ...['set-credentials-false', 'add-headers', 'add-authorization', 'set-max-age', 'reorder-lists'],
      ...['remove-empty-list', 'set-terminate-false'],
    ];
    const seldom = ids.filter((id) => (tried.get(id) ?? 0) < 5);
    assert.deepEqual(seldom, [], `tried: ${JSON.stringify(Object.fromEntries(tried))}`);
  });
});
