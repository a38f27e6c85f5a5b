import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { Range, SemanticTokens, SemanticTokensLegend } from 'vscode-languageserver';
import { type LanguageServerProcess, languageServers } from './languageServerProcess';

const uri = 'untitled:Untitled-1';
const text = `<policies>
  <inbound>
    <base />\r
    <set-variable name="who" value="@(context.User.Id + "{{suffix}}")" />
  </inbound>
</policies>`;

describe('language server: semantic tokens', function () {
  this.timeout(30_000);
  const servers = languageServers();

  async function open(content: string, languageId?: string) {
    const server = await servers.start({ diagnostics: 'push' });
    server.open(uri, content, languageId);
    return server;
  }

  it('are places, lengths, types and modifiers', async () => {
    const server = await open(text);
    const tokens = await server.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    assert.deepEqual(decode(server, tokens), [
      '2:5 base keyword',
      '3:5 set-variable policy',
      '3:24 who variable.declaration',
      '3:38 context variable.readonly.defaultLibrary',
      '3:46 User property.readonly.defaultLibrary',
      '3:51 Id property.readonly.defaultLibrary',
      '3:57 {{suffix}} namedValue',
    ]);
  });
  it('are asked for a part of the text, too', async () => {
    const server = await open(text);
    const range: Range = { start: { line: 1, character: 0 }, end: { line: 2, character: 20 } };
    const params = { textDocument: { uri }, range };
    const tokens = await server.request<SemanticTokens>('textDocument/semanticTokens/range', params);
    assert.deepEqual(decode(server, tokens), ['2:5 base keyword']);
  });
  it('are left to others in what is no policy', async () => {
    const server = await open('<project><value /></project>', 'xml');
    const tokens = await server.request<SemanticTokens>('textDocument/semanticTokens/full', { textDocument: { uri } });
    assert.deepEqual(tokens.data, []);
  });
  it('have a type that LSP or package.json explains', async () => {
    const server = await open(text);
    const { contributes } = JSON.parse(readFileSync('package.json', 'utf8'));
    const own = contributes.semanticTokenTypes.map(({ id }: { id: string }) => id);
    const standard = ['keyword', 'variable', 'property', 'method'];
    assert.deepEqual(legendOf(server).tokenTypes, [...own, ...standard]);
    const [{ scopes }] = contributes.semanticTokenScopes;
    const coloured = Object.keys(scopes).map((selector) => selector.replace(/\..*/, ''));
    assert.deepEqual([...new Set(coloured)], [...own, ...standard]);
  });
});

function legendOf(server: LanguageServerProcess): SemanticTokensLegend {
  const { legend } = server.initializeResult.capabilities.semanticTokensProvider ?? {};
  assert.ok(legend);
  return legend;
}

/** Each token as a client shows it: `line:character text type.modifier`. */
function decode(server: LanguageServerProcess, { data }: SemanticTokens): readonly string[] {
  const { tokenTypes, tokenModifiers } = legendOf(server);
  const lines = text.split(/\r?\n/);
  const decoded: string[] = [];
  let [line, character] = [0, 0];
  for (let index = 0; index < data.length; index += 5) {
    const [lineDelta, characterDelta, length, type, bits] = data.slice(index, index + 5) as [
      number,
      number,
      number,
      number,
      number,
    ];
    character = lineDelta === 0 ? character + characterDelta : characterDelta;
    line += lineDelta;
    const modifiers = tokenModifiers.filter((_, bit) => (bits & (1 << bit)) !== 0);
    const written = lines[line]?.slice(character, character + length);
    decoded.push(`${line}:${character} ${written} ${[tokenTypes[type], ...modifiers].join('.')}`);
  }
  return decoded;
}
