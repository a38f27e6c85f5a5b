import {
  type CodeAction,
  type CodeActionContext,
  CodeActionKind,
  CodeActionTriggerKind,
  type Range,
} from 'vscode-languageserver';
import type { ConversionTarget, Span } from '../core';
import { toWorkspaceEdit } from './convert';
import { pathOfDocument } from './documentPaths';
import type { ConvertFormatAnswer, ConvertFormatParams } from './protocol';
import type { Session } from './session';

const targets: readonly { readonly to: ConversionTarget; readonly form: string }[] = [
  { to: 'rawxml', form: 'raw C#' },
  { to: 'xml', form: 'escaped XML' },
];

/**
 * Writing expressions in the other form: the one at the range, and all of the document. Nobody should see a light bulb
 * on every line: nothing is offered to an editor that asks on its own as the cursor moves, and what concerns the document
 * alone only to those who ask for refactorings.
 */
export function conversionActions(
  session: Session,
  path: string,
  range: Range,
  { only, triggerKind }: CodeActionContext,
): CodeAction[] {
  const isAskedFor = only?.some((kind) => isSameOrAbove(kind, CodeActionKind.RefactorRewrite)) ?? false;
  if (only !== undefined && !isAskedFor && !only.includes(CodeActionKind.Empty)) return [];
  if (!isAskedFor && triggerKind === CodeActionTriggerKind.Automatic) return [];
  const within = { start: session.places.offsetAt(path, range.start), end: session.places.offsetAt(path, range.end) };
  return targets.flatMap(({ to, form }) => {
    const here = conversionAction(session, path, to, `Convert this expression to ${form}`, within);
    if (here === undefined && !isAskedFor) return [];
    const all = conversionAction(session, path, to, `Convert all expressions of this document to ${form}`, undefined);
    return [here, all].filter((action) => action !== undefined);
  });
}

/** `refactor` asks for `refactor.rewrite`, too. */
function isSameOrAbove(kind: string, wanted: string): boolean {
  return wanted === kind || wanted.startsWith(`${kind}.`);
}

/** Undefined where there is nothing to change. */
function conversionAction(
  session: Session,
  path: string,
  to: ConversionTarget,
  title: string,
  within: Span | undefined,
): CodeAction | undefined {
  const conversion = session.service.convertFormat(path, to, within);
  if (conversion === undefined || conversion.edits.length === 0) return undefined;
  const { edits, kept } = conversion;
  return {
    title:
      kept.length === 0
        ? title
        : `${title} (${kept.length} ${kept.length === 1 ? 'stays as it is' : 'stay as they are'})`,
    kind: CodeActionKind.RefactorRewrite,
    edit: toWorkspaceEdit(
      edits.map((edit) => ({ path, ...edit })),
      session,
    ),
  };
}

/** For the commands of our client: the same edit, and what stays as it is. Null for what is no policy document. */
export function provideConversion(session: Session, { uri, to }: ConvertFormatParams): ConvertFormatAnswer | null {
  const path = pathOfDocument({ uri });
  if (path === undefined) return null;
  const conversion = session.service.convertFormat(path, to);
  const format = session.service.policyFormat(path);
  if (conversion === undefined || format === undefined) return null;
  return {
    format,
    edit: toWorkspaceEdit(
      conversion.edits.map((edit) => ({ path, ...edit })),
      session,
    ),
    changedCount: conversion.edits.length,
    kept: conversion.kept.map(({ span, message }) => ({ range: session.places.rangeOf(path, span), message })),
  };
}
