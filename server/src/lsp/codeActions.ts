import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Range,
} from 'vscode-languageserver';
import type { Finding, Span } from '../core';
import { contentModified, unlessCancelled } from './answering';
import { toCodeAction } from './convert';
import { conversionActions } from './convertFormat';
import { pathOfDocument } from './documentPaths';
import { type Session, settleShortly } from './session';

/** How often an answer is computed anew because a closed file has changed on the disk, before the client is put off. */
const mostTries = 3;

/** Fixes first, then what can be written in another way. */
export async function provideCodeActions(
  session: Session,
  params: CodeActionParams,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const path = pathOfDocument(params.textDocument);
  if (path === undefined) return [];
  await settleShortly(session, path, token);
  const { only } = params.context;
  const fixes = wantsQuickFixes(only) ? await quickFixes(session, path, params.range, token) : [];
  return [...fixes, ...conversionActions(session, path, params.range, params.context)];
}

/** Every fix of every finding that the range touches, whatever diagnostics the client sends along. */
async function quickFixes(
  session: Session,
  path: string,
  range: Range,
  token: CancellationToken,
): Promise<CodeAction[]> {
  const version = session.documents.version(path);
  for (let tries = 0; tries < mostTries; tries++) {
    const findings = fixableAt(session, path, range);
    // Edits of closed files carry no version that a client could check, so their text is read once more.
    const changed = await unlessCancelled(session.workspace.rereadFiles(closedFiles(session, findings)), token);
    if (session.documents.version(path) !== version) throw contentModified();
    if (!changed) return findings.flatMap((finding) => finding.fixes.map((fix) => toCodeAction(finding, fix, session)));
  }
  throw contentModified();
}

function fixableAt({ findings, places }: Session, path: string, range: Range): readonly Finding[] {
  const start = places.offsetAt(path, range.start);
  const end = places.offsetAt(path, range.end);
  return fixableFindings(findings(path), { start, end });
}

/** Those that the span touches and that have a fix. Fixes are computed at their first use: of the others, none is. */
export function fixableFindings(findings: readonly Finding[], { start, end }: Span): readonly Finding[] {
  return findings.filter(
    (finding) => finding.span.start <= end && start <= finding.span.end && finding.fixes.length > 0,
  );
}

function closedFiles({ documents }: Session, findings: readonly Finding[]): readonly string[] {
  const paths = findings.flatMap(({ fixes }) => fixes.flatMap(({ edits }) => edits.map(({ path }) => path)));
  return [...new Set(paths)].filter((path) => !documents.has(path));
}

/** A client that names a kind wants it and what is below it. */
function wantsQuickFixes(only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((kind) => kind === CodeActionKind.Empty || kind === CodeActionKind.QuickFix);
}
