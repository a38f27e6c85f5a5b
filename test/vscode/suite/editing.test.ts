/** What happens while a person types: tags that close themselves, comments that come and go, expressions in another form. */
import { strict as assert } from 'node:assert';
import {
  ConfigurationTarget,
  commands,
  type DocumentSymbol,
  Position,
  Range,
  Selection,
  type TextEditor,
  type WorkspaceEdit,
  window,
  workspace,
} from 'vscode';
import { policyLanguage } from './support/extension';
import { untilDeadline } from './support/untilDeadline';

const around = (text: string): string => `<policies>\n  <inbound>\n    ${text}\n  </inbound>\n</policies>`;

describe('typing in a policy', () => {
  afterEach(() => commands.executeCommand('workbench.action.revertAndCloseActiveEditor'));

  describe('tags', () => {
    it('get their end tag, and the cursor stays between', async () => {
      const editor = await openText(around('¦'));
      await type('<set-header name="a">');
      await untilText(editor, around('<set-header name="a">¦</set-header>'));
      await type('b');
      await untilText(editor, around('<set-header name="a">b¦</set-header>'));
    });
    it('get their end tag while the person types on', async () => {
      const value = await openText(around('<value¦'));
      await typeFast('>yz');
      await untilText(value, around('<value>yz¦</value>'));
      const expression = await openText(around('<value¦'));
      await typeFast('>@(y');
      await untilText(expression, around('<value>@(y¦)</value>'));
      const closedByHand = await openText(around('<value¦'));
      await typeFast('>y</value>z');
      await serverHasAnswered(closedByHand);
      assert.equal(withCursor(closedByHand), around('<value>y</value>z¦'));
    });
    it('get it behind a new line that was typed meanwhile', async () => {
      const editor = await openText('<policies¦');
      await typeFast('>\n');
      await untilText(editor, '<policies>\n    ¦\n</policies>');
      const nested = await openText('<policies¦');
      await typeFast('>\n<inbound>\n');
      // How far Enter indents is not the question here.
      await untilDeadline(
        'both end tags',
        () => withCursor(nested).replace(/\n +/g, '\n'),
        (seen) => seen === '<policies>\n<inbound>\n¦\n</inbound>\n</policies>',
      );
    });
    it('get it in a new document, once that is known to be a policy', async () => {
      const document = await workspace.openTextDocument({ language: 'plaintext', content: '' });
      const editor = await window.showTextDocument(document);
      await typeFast('<policies>');
      await untilText(editor, '<policies>¦</policies>');
      assert.equal(document.languageId, policyLanguage);
    });
    it('get it once the server runs', async () => {
      const editor = await openText('<policies¦');
      const restarted = commands.executeCommand('apimPolicy.restartServer');
      await typeFast('>');
      await restarted;
      await untilText(editor, '<policies>¦</policies>');
    });
    it('are closed by </', async () => {
      const editor = await openText('<policies>\n  <inbound>\n    <base />\n  ¦\n</policies>');
      await type('</');
      await untilText(editor, '<policies>\n  <inbound>\n    <base />\n  </inbound>¦\n</policies>');
    });
    it('are not closed twice, nor inside expressions', async () => {
      const editor = await openText(around('<a¦</a>'));
      await type('>');
      await serverHasAnswered(editor);
      assert.equal(withCursor(editor), around('<a>¦</a>'));
      await replaceText(editor, around('<value>@(b ¦ c)</value>'));
      await type('>');
      await serverHasAnswered(editor);
      assert.equal(withCursor(editor), around('<value>@(b >¦ c)</value>'));
    });
    it('stay as they are after undo and redo', async () => {
      const editor = await openText(around('<a¦'));
      await type('>');
      await untilText(editor, around('<a>¦</a>'));
      await commands.executeCommand('undo');
      await serverHasAnswered(editor);
      assert.equal(withCursor(editor), around('<a>¦'));
      await commands.executeCommand('redo');
      await serverHasAnswered(editor);
      assert.equal(editor.document.getText(), around('<a></a>'));
    });
    it('are left alone where the setting says so', async () => {
      const settings = workspace.getConfiguration('apimPolicy');
      await settings.update('autoCloseTags', false, ConfigurationTarget.Global);
      try {
        const editor = await openText(around('<a¦'));
        await type('>');
        await serverHasAnswered(editor);
        assert.equal(withCursor(editor), around('<a>¦'));
      } finally {
        await settings.update('autoCloseTags', undefined, ConfigurationTarget.Global);
      }
    });
    it('go together with VS Code’s linked editing', async () => {
      const settings = workspace.getConfiguration('editor', { languageId: policyLanguage });
      await settings.update('linkedEditing', true, ConfigurationTarget.Global);
      try {
        const editor = await openText(around('<a¦'));
        await type('>');
        await untilText(editor, around('<a>¦</a>'));
        const inName = editor.document.positionAt(around('<a').indexOf('<a') + 2);
        editor.selection = new Selection(inName, inName);
        // Linked editing begins when the server has named the ranges; until then a typed letter changes one tag only.
        const bothTags = /<(ab+)><\/\1>/;
        await untilDeadline(
          'both tags to change together',
          async () => {
            await commands.executeCommand('editor.action.linkedEditing');
            await type('b');
            const look = (): string => editor.document.getText();
            const changed = await untilDeadline('the other tag', look, (text) => bothTags.test(text), 500).catch(look);
            if (!bothTags.test(changed)) await commands.executeCommand('undo');
            return changed;
          },
          (text) => bothTags.test(text),
        );
      } finally {
        await settings.update('linkedEditing', undefined, ConfigurationTarget.Global);
      }
    });
    it('are renamed together', async () => {
      const editor = await openText(around('<a¦></a>'));
      await serverHasAnswered(editor);
      const { document, selection } = editor;
      const edit = await commands.executeCommand<WorkspaceEdit>(
        'vscode.executeDocumentRenameProvider',
        document.uri,
        selection.active,
        'set-header',
      );
      assert.ok(await workspace.applyEdit(edit));
      assert.equal(document.getText(), around('<set-header></set-header>'));
    });
  });

  describe('comments', () => {
    const comment = async (marked: string, command: string, expected: string): Promise<string> => {
      const editor = await openText(marked);
      const plain = editor.document.getText();
      // The kind of comment is that of the language at the cursor, which VS Code knows when it has coloured the text.
      await untilDeadline(
        `the comment of ${expected}`,
        async () => {
          await commands.executeCommand(command);
          const text = editor.document.getText();
          if (text !== expected && text !== plain) await commands.executeCommand('undo');
          return text;
        },
        (text) => text === expected,
      );
      return plain;
    };
    const toggle = async (marked: string, command: string, expected: string): Promise<void> => {
      const plain = await comment(marked, command, expected);
      await commands.executeCommand(command);
      assert.equal(window.activeTextEditor?.document.getText(), plain);
    };
    const line = 'editor.action.commentLine';
    const block = 'editor.action.blockComment';

    it('are XML’s around elements', async () => {
      await toggle(around('<ba¦se />'), line, around('<!-- <base /> -->'));
      await toggle(around('¦<a>\n    </a>¦'), line, around('<!-- <a>\n    </a> -->'));
      await toggle(around('¦<a>\n    </a>¦'), block, around('<!-- <a>\n    </a> -->'));
    });
    it('are C#’s in expressions, as text and in attributes', async () => {
      await toggle(
        around('<a>@{\n      var b = 1;\n      ret¦urn b;\n    }</a>'),
        line,
        around('<a>@{\n      var b = 1;\n      // return b;\n    }</a>'),
      );
      await toggle(
        around('<a b="@{\n      var c = "d";\n      ¦return c;¦\n    }" />'),
        block,
        around('<a b="@{\n      var c = "d";\n      /* return c; */\n    }" />'),
      );
    });
    it('are no C# on the line that ends an expression, so that its end is not lost', async () => {
      await comment(
        around('<a b="@{\n      return c;\n    ¦}" />'),
        line,
        around('<a b="@{\n      return c;\n    <!-- }" /> -->'),
      );
      await comment(around('<a>@(\n      c\n    ¦)</a>'), line, around('<a>@(\n      c\n    <!-- )</a> -->'));
    });
  });

  describe('expressions', () => {
    const raw = around('<a b="@(c("d") && e)" />');
    const escaped = around('<a b="@(c(&quot;d&quot;) &amp;&amp; e)" />');
    it('are written raw or escaped by command', async () => {
      const editor = await openText(raw);
      await serverHasAnswered(editor);
      await commands.executeCommand('apimPolicy.convertToEscaped');
      assert.equal(editor.document.getText(), escaped);
      await commands.executeCommand('apimPolicy.convertToRaw');
      await untilDeadline(
        'raw text',
        () => editor.document.getText(),
        (text) => text === raw,
      );
    });
  });
});

/** As a key press: auto closing pairs and everything that listens to typing take part. */
async function type(text: string): Promise<void> {
  for (const character of text) await commands.executeCommand('type', { text: character });
}

/** Without a pause between the keys: nothing can be asked and answered meanwhile. */
async function typeFast(text: string): Promise<void> {
  await Promise.all([...text].map((character) => commands.executeCommand('type', { text: character })));
}

/** Requests are answered in order: after this one, what was asked before is answered, too. */
async function serverHasAnswered({ document }: TextEditor): Promise<void> {
  await untilDeadline(
    'an outline',
    () => commands.executeCommand<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider', document.uri),
    (symbols) => symbols !== undefined && symbols.length > 0,
  );
}

/** A new policy with this text and the cursor at `¦`, or a selection between two of them. */
async function openText(marked: string): Promise<TextEditor> {
  const content = marked.replaceAll('¦', '');
  const editor = await window.showTextDocument(await workspace.openTextDocument({ language: policyLanguage, content }));
  select(editor, marked);
  return editor;
}

async function replaceText(editor: TextEditor, marked: string): Promise<void> {
  const { document } = editor;
  const all = new Range(new Position(0, 0), document.positionAt(document.getText().length));
  assert.ok(await editor.edit((edit) => edit.replace(all, marked.replaceAll('¦', ''))));
  select(editor, marked);
}

function select(editor: TextEditor, marked: string): void {
  const [before = '', selected = '', rest] = marked.split('¦');
  const start = editor.document.positionAt(before.length);
  const end = rest === undefined ? start : editor.document.positionAt(before.length + selected.length);
  editor.selection = new Selection(start, end);
}

function withCursor({ document, selection }: TextEditor): string {
  const offset = document.offsetAt(selection.active);
  const text = document.getText();
  return `${text.slice(0, offset)}¦${text.slice(offset)}`;
}

function untilText(editor: TextEditor, expected: string): Promise<string> {
  return untilDeadline(
    `the text ${expected}`,
    () => withCursor(editor),
    (seen) => seen === expected,
  );
}
