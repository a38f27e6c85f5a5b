import assert from 'node:assert/strict';
import { readKnownExpression, repeatsEveryOrigin } from '../../../server/src/core/cors/knownExpressions';

const shop = 'https://shop.contoso.com';
const asked = 'context.Request.Headers.GetValueOrDefault("Origin", "")';

/** What a single-statement expression is for a page of the shop: its value, `constant: …`, or `unknown`. */
function single(code: string, origin: string | undefined = shop): string {
  return describeMeaning(readKnownExpression(code, 'singleStatement'), origin);
}

function multi(code: string, origin: string | undefined = shop): string {
  return describeMeaning(readKnownExpression(code, 'multiStatement'), origin);
}

function describeMeaning(meaning: ReturnType<typeof readKnownExpression>, origin: string | undefined): string {
  if (meaning === undefined) return 'unknown';
  if (meaning.kind === 'constant') return `constant: ${meaning.value}`;
  const value = meaning.valueFor(origin);
  return value.known ? value.value : 'unknown';
}

describe('an expression that is a constant', () => {
  const constants: readonly (readonly [string, string])[] = [
    ['"https://a.com"', 'https://a.com'],
    ['@"a""b"', 'a"b'],
    ['"a\\tb"', 'a\tb'],
    ['true', 'true'],
    ['!true || false', 'false'],
    ['600', '600'],
    ['"a" + "b" /* joined */', 'ab'],
    ['(string)"a"', 'a'],
    ['null', ''],
    ['"a;b; ;".Split(new[] { \';\' }, StringSplitOptions.RemoveEmptyEntries).Length', '3'],
    ['"a,b".Split(\',\')[1]', 'b'],
    ['"a, b".Split(",").Select(x => x.Trim()).Contains("b") ? "yes" : "no"', 'yes'],
    ['new List<string> { "a", "b" }.Count > 1 && new[] { 1 }.Length == 1', 'true'],
    ['string.IsNullOrEmpty("") ? String.Empty : "x"', ''],
    ['Array.IndexOf(new[] { "a", "b" }, "b") >= 0', 'true'],
    ['"https://A.com/".TrimEnd(\'/\').ToLowerInvariant()', 'https://a.com'],
    ['true || context.Variables.ContainsKey("x")', 'true'],
  ];
  for (const [code, expected] of constants) {
    it(code, () => assert.equal(single(code), `constant: ${expected}`));
  }
});

describe('an expression that rests on the origin', () => {
  const listed: readonly string[] = [
    asked,
    'context.Request.Headers["origin"].First()',
    'context.Request.Headers["Origin"]?.FirstOrDefault() ?? ""',
    `"https://a.com,${shop}".Split(',').Contains(${asked}) ? ${asked} : ""`,
    `new[] { "${shop}" }.Any(o => o.Equals(${asked}, StringComparison.OrdinalIgnoreCase)) ? ${asked} : ""`,
    `new[] { "HTTPS://SHOP.CONTOSO.COM" }.Any(o => string.Equals(o, ${asked}, StringComparison.OrdinalIgnoreCase)) ? ${asked} : ""`,
    `new List<string> { "HTTPS://SHOP.CONTOSO.COM" }.Contains(${asked}, StringComparer.OrdinalIgnoreCase) ? ${asked} : ""`,
    `new string[] { "https://a.com", "${shop}" }.FirstOrDefault((o) => o == ${asked}) ?? ""`,
    `Array.Exists(new[] { "${shop}" }, o => o == ${asked}) ? ${asked} : "none"`,
    `${asked}.EndsWith(".contoso.com") && ${asked}.StartsWith("https://") ? ${asked} : null`,
    `context.Request.Headers.ContainsKey("Origin") ? ${asked} : "x"`,
  ];
  for (const code of listed) {
    it(code, () => {
      assert.equal(single(code), shop);
      if (code.includes('?') && code.includes(':')) assert.notEqual(single(code, 'https://b.com'), shop);
    });
  }

  it('of several statements', () => {
    const list = `var allowed = "https://a.com;${shop}".Split(';'); var origin = ${asked};`;
    assert.equal(multi(`${list} if (allowed.Contains(origin)) { return origin; } return "";`), shop);
    assert.equal(multi(`${list} if (allowed.Contains(origin)) { return origin; } return "";`, 'https://b.com'), '');
    const loop = `${list} foreach (var one in allowed) { if (one.Trim() == origin) return one; else origin = origin; }`;
    assert.equal(multi(`${loop} return string.Empty;`), shop);
    assert.equal(multi(`string found = null; found = ${asked}; return found;`), shop);
  });

  it('takes the default where the request has none', () => {
    const meaning = readKnownExpression(
      'context.Request.Headers.GetValueOrDefault("Origin","none")',
      'singleStatement',
    );
    assert.equal(describeMeaning(meaning?.kind === 'ofOrigin' ? meaning : undefined, undefined), 'none');
  });

  it('admits everybody where it returns whatever arrives', () => {
    const repeats = (code: string): boolean => {
      const meaning = readKnownExpression(code, 'singleStatement');
      return meaning?.kind === 'ofOrigin' && repeatsEveryOrigin(meaning.valueFor);
    };
    assert.equal(repeats(asked), true);
    assert.equal(repeats(`true ? ${asked} : ""`), true);
    assert.equal(repeats(`string.IsNullOrEmpty(${asked}) ? "*" : ${asked}`), true);
    assert.equal(repeats(`${asked} == "${shop}" ? ${asked} : ""`), false);
    assert.equal(repeats(`${asked}.StartsWith("https://") ? ${asked} : ""`), false);
    assert.equal(repeats(`${asked}.ToUpper()`), false);
  });
});

describe('an expression that only the gateway can work out', () => {
  const unknown: readonly string[] = [
    '',
    'context.Variables["origin"]',
    '(string)context.Variables["origin"]',
    'context.Request.Headers.GetValueOrDefault("X-Site", "")',
    'context.Request.Headers["Origin"]',
    `System.Text.RegularExpressions.Regex.IsMatch(${asked}, "contoso") ? ${asked} : ""`,
    `new Uri(${asked}).Host`,
    '"a,b".Split()',
    '"a".PadLeft(3)',
    "'a' + 'b'",
    '"a" == 1 ? undefined : "b"',
    'new[] { "a" }[3]',
    '"unterminated',
    '$"{origin}"',
    '"a" "b"',
    'new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "a" }',
    '"\\u0041"',
    '("a"',
  ];
  for (const code of unknown) it(code || '(nothing)', () => assert.equal(single(code), 'unknown'));

  it('without return, or without end', () => {
    assert.equal(multi('var a = "b";'), 'unknown');
    assert.equal(multi('if (false) return "a";'), 'unknown');
    assert.equal(multi('{ return "a";'), 'unknown');
  });

  it('however deep and long it is', () => {
    assert.equal(single(`${'('.repeat(100_000)}"a"`), 'unknown');
    assert.equal(single(`${'!'.repeat(3000)}true`), 'unknown');
    assert.equal(multi(`${'{'.repeat(3000)}`), 'unknown');
    const wide = `new[] { ${'"a",'.repeat(300)} "a" }`;
    assert.equal(single(`${wide}.Any(x => ${wide}.Any(y => x != y))`), 'unknown');
  });
});
