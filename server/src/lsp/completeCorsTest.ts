import type { CancellationToken } from 'vscode-languageserver';
import { createLineIndex } from '../core';
import { unlessCancelled } from './answering';
import { findTargetPath, targetFolders } from './corsTestTargets';
import { pathOfDocument } from './documentPaths';
import type { CompleteCorsTestParams, CorsTestCompletion } from './protocol';
import type { Session } from './session';

/** Empty at places for which the schema knows what fits. */
export async function provideCorsTestCompletion(
  session: Session,
  { uri, text, position }: CompleteCorsTestParams,
  token: CancellationToken,
): Promise<CorsTestCompletion[]> {
  const path = pathOfDocument({ uri });
  if (path === undefined) return [];
  await unlessCancelled(session.workspace.settled(), token);
  const lines = createLineIndex(text);
  const found = session.service.completeCorsCase(
    { path, text, folders: targetFolders(path, session) },
    lines.offsetAt(position),
    (name) => findTargetPath(name, path, session),
  );
  if (found === undefined) return [];
  const range = lines.rangeOf(found.span);
  return found.items.map(({ value, detail }) => ({ label: value, detail, range, newText: JSON.stringify(value) }));
}
