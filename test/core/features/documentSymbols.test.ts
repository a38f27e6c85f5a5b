import assert from 'node:assert/strict';
import { documentSymbols, type PolicySymbol } from '../../../server/src/core/features/documentSymbols';
import { parsePolicyDocument } from '../../../server/src/core/syntax/parsePolicyDocument';

/** The outline as indented lines: `kind name`. */
function outline(text: string): readonly string[] {
  const lines = (symbols: readonly PolicySymbol[], indent: string): string[] =>
    symbols.flatMap(({ kind, name, children }) => [`${indent}${kind} ${name}`, ...lines(children, `${indent}  `)]);
  return lines(documentSymbols(parsePolicyDocument(text, '/policy.xml', 1)), '');
}

describe('document symbols', () => {
  it('are the sections, the policies with what identifies them, and their elements', () => {
    const text = `<policies>
  <inbound>
    <base />
    <set-header name="X-User" exists-action="override"><value>@("a" + "b")</value></set-header>
    <choose>
      <when condition="@(context.Request.Method == "GET" && true)">
        <include-fragment fragment-id="auth" />
      </when>
      <otherwise />
    </choose>
    <cors><allowed-origins><origin>https://a.com</origin></allowed-origins></cors>
  </inbound>
</policies>`;
    assert.deepEqual(outline(text), [
      'document policies',
      '  section inbound',
      '    policy base',
      '    policy set-header X-User',
      '    policy choose',
      '      element when @(context.Request.Method == "GET" && true)',
      '        element include-fragment auth',
      '    policy cors',
      '      element allowed-origins',
    ]);
  });
  it('cut long names, and decode what is escaped', () => {
    const [, , line = ''] = outline(`<policies><inbound><trace id="&lt;${'x'.repeat(200)}" /></inbound></policies>`);
    assert.match(line, /policy trace <x{78}…$/);
  });
  it('end somewhere in a document without end', () => {
    const deep = '<a>'.repeat(50_000);
    assert.ok(outline(`<policies>${deep}</policies>`).length < 100);
    assert.ok(outline(`<policies><inbound>${'<a x="1"/>'.repeat(20_000)}</inbound></policies>`).length <= 5000);
  });
});
