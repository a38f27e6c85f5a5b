import {
  type Range,
  type SemanticTokens,
  SemanticTokensBuilder,
  type SemanticTokensLegend,
  type SemanticTokensParams,
  type SemanticTokensRangeParams,
} from 'vscode-languageserver';
import { semanticTokenModifiers, semanticTokenTypes } from '../core';
import { pathOfDocument } from './documentPaths';
import type { Session } from './session';

/** What the numbers in the answers mean. Types and modifiers that LSP does not know are explained in package.json. */
export const semanticTokensLegend: SemanticTokensLegend = {
  tokenTypes: [...semanticTokenTypes],
  tokenModifiers: [...semanticTokenModifiers],
};

export function provideSemanticTokens(session: Session, { textDocument }: SemanticTokensParams): SemanticTokens {
  return tokensIn(session, pathOfDocument(textDocument), undefined);
}

/** Those on the lines of the range. */
export function provideSemanticTokensInRange(
  session: Session,
  { textDocument, range }: SemanticTokensRangeParams,
): SemanticTokens {
  return tokensIn(session, pathOfDocument(textDocument), range);
}

function tokensIn({ service, places }: Session, path: string | undefined, wanted: Range | undefined): SemanticTokens {
  const builder = new SemanticTokensBuilder();
  for (const { span, type, modifiers } of path === undefined ? [] : service.semanticTokens(path)) {
    const { line, character } = places.rangeOf(path as string, span).start;
    if (wanted !== undefined && (line < wanted.start.line || line > wanted.end.line)) continue;
    const bits = modifiers.reduce((sum, modifier) => sum | (1 << semanticTokenModifiers.indexOf(modifier)), 0);
    builder.push(line, character, span.end - span.start, semanticTokenTypes.indexOf(type), bits);
  }
  return builder.build();
}
