/** What the manifest adds to the grammar, in VS Code itself: the tokens of the language server, and what Enter does. */
import { strict as assert } from 'node:assert';
import {
  commands,
  Position,
  Range,
  Selection,
  type SemanticTokens,
  type SemanticTokensLegend,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import { openInEditor, policyLanguage } from './support/extension';
import { openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

describe('colours', () => {
  it('tell policies from their parameters by semantic tokens', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    const legend = await untilDeadline(
      'the legend of the semantic tokens',
      () =>
        commands.executeCommand<SemanticTokensLegend | undefined>(
          'vscode.provideDocumentSemanticTokensLegend',
          ordersPolicy,
        ),
      (seen) => seen !== undefined,
    );
    const tokens = await commands.executeCommand<SemanticTokens>('vscode.provideDocumentSemanticTokens', ordersPolicy);
    const types = new Set(tokens.data.filter((_, index) => index % 5 === 3));
    const names = [...types].map((type) => legend?.tokenTypes[type]);
    for (const wanted of ['policy', 'policyParameter', 'keyword']) assert.ok(names.includes(wanted), names.join(', '));
  });
});

describe('Enter', () => {
  /** Types Enter at the ¦; again from the start where VS Code has not loaded the grammar yet. */
  async function assertEnter(before: string, after: string): Promise<void> {
    const document = await workspace.openTextDocument({ language: policyLanguage, content: '' });
    const editor = await window.showTextDocument(document);
    editor.options = { insertSpaces: true, tabSize: 2 };
    await untilDeadline(
      `Enter to make ${JSON.stringify(after)}`,
      () => typeEnter(editor, before),
      (seen) => seen === after,
    );
    await commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }

  async function typeEnter(editor: TextEditor, marked: string): Promise<string> {
    const { document } = editor;
    const everything = new Range(new Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
    await editor.edit((edit) => edit.replace(everything, marked.replace('¦', '')));
    const cursor = document.positionAt(marked.indexOf('¦'));
    editor.selection = new Selection(cursor, cursor);
    await commands.executeCommand('type', { text: '\n' });
    const text = document.getText();
    const typed = document.offsetAt(editor.selection.active);
    return `${text.slice(0, typed)}¦${text.slice(typed)}`.replaceAll('\r\n', '\n');
  }

  it('indents what stands in an element', () =>
    assertEnter('<policies>\n  <inbound>¦</inbound>', '<policies>\n  <inbound>\n    ¦\n  </inbound>'));
  it('indents attributes, and comes back behind the tag', async () => {
    await assertEnter('  <validate-jwt¦', '  <validate-jwt\n    ¦');
    await assertEnter('  <cors\n    id="a" />¦', '  <cors\n    id="a" />\n  ¦');
  });
  it('aligns the lines of a comment', () => assertEnter('  <!-- one¦', '  <!-- one\n       ¦'));
  it('indents C# between its braces', () =>
    assertEnter('<set-body>@{¦}</set-body>', '<set-body>@{\n  ¦\n}</set-body>'));
});
