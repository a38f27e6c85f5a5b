import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import type { CodeAction, TextDocumentEdit, TextEdit } from 'vscode-languageserver';
import { applyEdits, createLineIndex } from '../../server/src/core';

/** The parts of a fix's edit that concern texts. Fails on anything else: files that come or go, commands. */
export function documentEdits(action: CodeAction): readonly TextDocumentEdit[] {
  assert.equal(action.command, undefined, 'a fix needs no command');
  const changes = action.edit?.documentChanges;
  assert.ok(changes, `"${action.title}" carries its edit`);
  return changes.map((change) => {
    assert.ok('textDocument' in change);
    return change;
  });
}

/** A text after edits, as a client applies them. */
export function textAfter(text: string, edits: readonly TextEdit[]): string {
  const index = createLineIndex(text);
  const spans = edits.map(({ range, newText }) => ({
    span: { start: index.offsetAt(range.start), end: index.offsetAt(range.end) },
    newText,
  }));
  return applyEdits(text, spans);
}

export function editedFiles(action: CodeAction): readonly string[] {
  return documentEdits(action).map(({ textDocument }) => fileURLToPath(textDocument.uri));
}
