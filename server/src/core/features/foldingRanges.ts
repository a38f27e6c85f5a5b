import { skipSpace } from '../syntax/characters';
import type { PolicyDocument, PolicyExpression } from '../syntax/policyTree';
import { allNodes } from '../syntax/treeQueries';
import { hasEntity } from '../syntax/xmlEntities';
import type { Span } from '../text/span';
import { isOneLine } from '../text/textEdits';
import { csharpParts } from './csharpParts';

export interface FoldingRange {
  /** Editors fold whole lines: from the line of `start` to the line of `end`. */
  readonly span: Span;
  readonly kind: 'element' | 'comment' | 'region';
}

/**
 * Elements, comments, runs of comments of one line, expressions with the blocks of their code, and pairs of
 * `<!-- #region … -->`. The host leaves out what stands on one line.
 */
export function foldingRanges(document: PolicyDocument): readonly FoldingRange[] {
  const { text } = document;
  const ranges: FoldingRange[] = document.expressions.flatMap((expression) => expressionRanges(text, expression));
  const openRegions: Span[] = [];
  /** Comments of one line with nothing but white space between them. */
  let run: Span | undefined;
  const endRun = (): void => {
    if (run !== undefined && !isOneLine(text, run)) ranges.push({ span: run, kind: 'comment' });
    run = undefined;
  };
  for (const node of allNodes(document)) {
    if (node.kind === 'comment') {
      const region = regionMark(text.slice(node.span.start, node.span.end));
      if (region === undefined && isOneLine(text, node.span)) {
        const isNext = run !== undefined && skipSpace(text, run.end) === node.span.start;
        if (!isNext) endRun();
        run = { start: run?.start ?? node.span.start, end: node.span.end };
        continue;
      }
      if (region === 'begin') openRegions.push(node.span);
      const begin = region === 'end' ? openRegions.pop() : undefined;
      if (begin !== undefined) ranges.push({ span: { start: begin.start, end: node.span.end }, kind: 'region' });
      else ranges.push({ span: node.span, kind: 'comment' });
    }
    if (node.kind === 'cdata') ranges.push({ span: node.span, kind: 'element' });
    if (node.kind !== 'element') continue;
    // From the first line of the start tag, however long that is. The end tag's line stays in sight.
    const end = node.closing === 'selfClosing' ? node.startTagSpan.end : (node.endTagSpan?.start ?? node.span.end);
    ranges.push({ span: { start: node.span.start, end }, kind: 'element' });
  }
  endRun();
  return ranges.sort((one, other) => one.span.start - other.span.start || other.span.end - one.span.end);
}

/** The code between the brackets, and the blocks in braces in it, as far as strings and comments do not hide them. */
function expressionRanges(text: string, { span, codeSpan, isTerminated }: PolicyExpression): readonly FoldingRange[] {
  const ranges: FoldingRange[] = [{ span: codeSpan, kind: 'element' }];
  const written = text.slice(span.start, span.end);
  if (!isTerminated || isOneLine(text, span) || hasEntity(written)) return ranges;
  const open: number[] = [];
  const findBlocks = (start: number, end: number): void => {
    for (let index = start; index < end; index++) {
      if (written[index] === '{') open.push(index);
      const begin = written[index] === '}' ? open.pop() : undefined;
      // The brace behind the @ is the expression's own.
      if (begin === undefined || begin === 1) continue;
      ranges.push({ span: { start: span.start + begin, end: span.start + index }, kind: 'element' });
    }
  };
  let end = 1;
  for (const part of csharpParts(written)) {
    findBlocks(end, part.span.start);
    end = part.span.end;
  }
  findBlocks(end, written.length);
  return ranges;
}

function regionMark(comment: string): 'begin' | 'end' | undefined {
  const mark = /^<!--\s*#?(end)?region\b/i.exec(comment);
  if (mark === null) return undefined;
  return mark[1] === undefined ? 'begin' : 'end';
}
