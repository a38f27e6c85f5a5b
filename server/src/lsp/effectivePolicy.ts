import type { CancellationToken } from 'vscode-languageserver';
import { createLineIndex } from '../core';
import { unlessCancelled } from './answering';
import { pathOfDocument } from './documentPaths';
import type { EffectivePolicyAnswer, EffectivePolicyParams } from './protocol';
import type { Session } from './session';

/** Null where the document has no such effective policy. */
export async function provideEffectivePolicy(
  { service, workspace, documents, places }: Session,
  { uri, product, of }: EffectivePolicyParams,
  token: CancellationToken,
): Promise<EffectivePolicyAnswer | null> {
  const path = pathOfDocument({ uri });
  if (path === undefined) return null;
  await unlessCancelled(workspace.settled(), token);
  const written = service.effectivePolicyText(path, { product: product ?? undefined, of });
  if (written === undefined) return null;
  const lines = createLineIndex(written.text);
  const origins = written.origins.map(({ kind, span, path: file, source }) => ({
    kind,
    range: lines.rangeOf(span),
    uri: documents.uri(file),
    source: places.rangeOf(file, source),
  }));
  return { text: written.text, origins };
}
