import { findCorpus, readCorpus } from '../support/corpus';

/** A text, or several, that are measured together. */
export interface BenchTexts {
  readonly name: string;
  readonly texts: readonly string[];
}

/** Raw C# of the kinds that real files hold, between tags: about 850 characters a repetition. */
export function generatedPolicy(repeats: number): string {
  const block = `    <choose>
      <when condition="@(context.Request.Headers.GetValueOrDefault("Origin", "") == "https://shop.contoso.com" && context.Variables.ContainsKey("user"))">
        <set-variable name="user" value="@{
          var body = context.Request.Body.As<JObject>(preserveContent: true);
          // a comment with a " quote
          return $"{body["id"]}-{(body["n"] ?? 0)}";
        }" />
        <set-header name="x-user" exists-action="override">
          <value>@((string)context.Variables["user"])</value>
          <value>{{fallback}}</value>
        </set-header>
        <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />
      </when>
      <otherwise>
        <return-response><set-status code="403" reason="Forbidden" /></return-response>
      </otherwise>
    </choose>
`;
  return `<policies>\n  <inbound>\n    <base />\n${block.repeat(repeats)}  </inbound>\n</policies>\n`;
}

/** The largest real file, where the corpus is beside the project; else a generated one of its size. */
export function largestText(): BenchTexts {
  const [largest] = realTexts().toSorted((one, other) => other.length - one.length);
  return largest === undefined ? generated : { name: 'the largest real file', texts: [largest] };
}

/** What reading is measured with. */
export function allBenchTexts(): readonly BenchTexts[] {
  const real = realTexts();
  return real.length === 0
    ? [generated]
    : [generated, largestText(), { name: `${real.length} real files`, texts: real }];
}

/** As many characters as these texts have, in words. */
export function sizeOf(texts: readonly string[]): string {
  return `${Math.round(texts.reduce((sum, { length }) => sum + length, 0) / 1024)} KB`;
}

const generated: BenchTexts = { name: 'a generated file', texts: [generatedPolicy(100)] };

function realTexts(): readonly string[] {
  const folder = findCorpus();
  return folder === undefined ? [] : readCorpus(folder).map(({ text }) => text);
}
