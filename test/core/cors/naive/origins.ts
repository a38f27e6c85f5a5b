import type { NaiveOrigin } from './service';

const shop = 'https://shop.contoso.com';
const other = 'https://other.contoso.com';

function exactly(written: string, origin = written): NaiveOrigin {
  return { written, admits: (asked) => asked === origin };
}

function expression(written: string, admits: NaiveOrigin['admits']): NaiveOrigin {
  return { written, admits, isExpression: true };
}

const never = (): boolean => false;
const always = (): boolean => true;
const nobodyKnows = (): 'unknown' => 'unknown';

/** What pages send, as browsers write it. */
export const requestOrigins: readonly string[] = [
  shop,
  shop,
  shop,
  other,
  'https://evil.example',
  'http://shop.contoso.com',
  'https://shop.contoso.com:8443',
  'http://localhost:4200',
  'http://localhost',
  'null',
  'capacitor://localhost',
  'file://',
];

/** What most policies hold. */
export const plainOrigins: readonly NaiveOrigin[] = [
  exactly(shop),
  exactly(shop),
  exactly(shop),
  exactly(other),
  exactly('http://localhost:4200'),
  { written: '*', admits: always, isStar: true },
  { written: '*', admits: always, isStar: true },
];

/** Every kind of `<origin>` with what it admits (section 4), by hand. */
export const origins: Readonly<Record<'known' | 'refused' | 'unknown', readonly NaiveOrigin[]>> = {
  known: [
    exactly(`${shop}/`, shop),
    exactly('HTTPS://Shop.Contoso.COM', shop),
    exactly(`${shop}:443`, shop),
    exactly(`${shop}:443/`, shop),
    exactly(`${shop}:8443`),
    exactly('http://shop.contoso.com:80', 'http://shop.contoso.com'),
    exactly('http://shop.contoso.com:443', 'http://shop.contoso.com:443'),
    exactly('http://localhost'),
    exactly('https://localhost:4200'),
    exactly('https://shop.contoso.com.evil.example'),
    exactly(` ${shop}\n`, shop),
    exactly('file://'),
    exactly('{{spa-origin}}', shop),
    exactly('https://{{spa-host}}', shop),
    exactly(`<![CDATA[${shop}]]>`, shop),
    expression('{{origin-expression}}', always),
    expression(`@("${shop}")`, (origin) => origin === shop),
    expression('@("capacitor://localhost")', (origin) => origin === 'capacitor://localhost'),
    expression('@("https://*.contoso.com")', never),
    expression('@("")', never),
    { ...expression('@("*")', always), isStar: true },
    expression('@(context.Request.Headers.GetValueOrDefault("Origin",""))', always),
    expression('@(context.Request.Headers["origin"].FirstOrDefault())', always),
    expression('@{ return context.Request.Headers.GetValueOrDefault("Origin", "none"); }', always),
    expression(
      '@("{{comma-list}}".Split(\',\').Contains(context.Request.Headers.GetValueOrDefault("Origin","")) ? context.Request.Headers.GetValueOrDefault("Origin","") : "")',
      (origin) => origin === shop || origin === other,
    ),
    expression(
      '@{ var origin = context.Request.Headers.GetValueOrDefault("Origin", ""); string[] allowed = "{{spa-list}}".Split(new[] { \';\' }, StringSplitOptions.RemoveEmptyEntries); if (allowed.Any(one => one.Trim().Equals(origin, StringComparison.OrdinalIgnoreCase))) { return origin; } return ""; }',
      (origin) => origin === shop || origin === other,
    ),
    expression(
      `@{ var list = new List&lt;string&gt; { "${shop}", "null" }; foreach (var one in list) { if (one == context.Request.Headers["Origin"][0]) return one; } return string.Empty; }`,
      (origin) => origin === shop || origin === 'null',
    ),
    expression(
      '@(context.Request.Headers.GetValueOrDefault("Origin","").EndsWith(".contoso.com") ? context.Request.Headers.GetValueOrDefault("Origin","") : null)',
      (origin) => origin.endsWith('.contoso.com'),
    ),
  ],
  refused: [
    { written: 'null', admits: (origin) => origin === 'null', refused: 'http-only' },
    { written: 'capacitor://localhost', admits: (origin) => origin === 'capacitor://localhost', refused: 'http-only' },
    { written: 'https://*.contoso.com', admits: never, refused: 'always' },
    { written: '^https://.*$', admits: never, refused: 'always' },
    { written: 'shop.contoso.com', admits: never, refused: 'always' },
    { written: `${shop}/cart`, admits: never, refused: 'always' },
    { written: `${shop}?a=b`, admits: never, refused: 'always' },
    { written: `${shop},${other}`, admits: never, refused: 'always' },
    { written: '{{spa-list}}', admits: never, refused: 'always' },
    { written: `"${shop}"`, admits: never, refused: 'always' },
    { written: '', admits: never, refused: 'always' },
  ],
  unknown: [
    { written: '{{nobody-knows}}', admits: nobodyKnows },
    { written: 'https://{{nobody-knows}}', admits: nobodyKnows },
    expression('@((string)context.Variables["origin"])', nobodyKnows),
    expression('@(context.Request.Headers.GetValueOrDefault("X-Site", ""))', nobodyKnows),
    expression('@("{{nobody-knows}}".Split(\',\').First())', nobodyKnows),
  ],
};
