import { scanMarkup } from '../../server/src/core/syntax/markupScanner';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { readTags } from '../../server/src/core/syntax/saxReader';
import type { Bench } from './bench';

/** Reading one text to a full tree, beside sax alone over the same masked text. */
export const parseBench: Bench = {
  name: 'parse: scan, mask, sax and tree',
  yardstick: 'bare sax over the masked text',
  prepare() {
    const text = largePolicy(60);
    const masked = maskOf(text);
    return {
      size: `${Math.round(text.length / 1024)} KB`,
      measured: () => parsePolicyDocument(text, '/bench/policy.xml', 1),
      reference: () => readTags(masked),
    };
  },
};

/** Raw C# of the kinds that real files hold, as long as the largest of them. */
function largePolicy(repeats: number): string {
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

function maskOf(text: string): string {
  const characters = [...text.split('')];
  for (const { span } of scanMarkup(text).expressions) {
    for (let at = span.start; at < span.end; at++) if (characters[at] !== '\n') characters[at] = 'x';
  }
  return characters.join('');
}
