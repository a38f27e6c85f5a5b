import {
  type CancellationToken,
  type CompletionItem,
  CompletionItemKind,
  type CompletionParams,
  TextEdit,
} from 'vscode-languageserver';
import type { CompletionItem as CoreItem } from '../core';
import { pathOfDocument } from './documentPaths';
import { type Session, settleReferences } from './session';

/** Behind these something may stand that is known by name; elsewhere the answer is empty, and the editor shows nothing. */
export const completionTriggers = ['"', "'", '{'];

const itemKinds: Readonly<Record<CoreItem['kind'], CompletionItemKind>> = {
  fragment: CompletionItemKind.Module,
  namedValue: CompletionItemKind.Constant,
  resource: CompletionItemKind.Reference,
  variable: CompletionItemKind.Variable,
};

export async function provideCompletion(
  session: Session,
  { textDocument, position }: CompletionParams,
  token: CancellationToken,
): Promise<CompletionItem[]> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return [];
  await settleReferences(session, path, token);
  const { places, service } = session;
  return service
    .complete(path, places.offsetAt(path, position))
    .map(({ label, kind, detail, span, newText }, index) => ({
      label,
      kind: itemKinds[kind],
      detail,
      // Editors sort by it, and the core has the order.
      sortText: String(index).padStart(5, '0'),
      textEdit: TextEdit.replace(places.rangeOf(path, span), newText),
    }));
}
