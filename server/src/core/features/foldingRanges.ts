import type { PolicyDocument, PolicyNode } from '../syntax/policyTree';
import type { Span } from '../text/span';

export interface FoldingRange {
  /** Editors fold whole lines: from the line of `start` to the line of `end`. */
  readonly span: Span;
  readonly kind: 'element' | 'comment' | 'region';
}

/** Elements, comments, expressions and `<!-- #region … -->` pairs. The host leaves out what stands on one line. */
export function foldingRanges(document: PolicyDocument): readonly FoldingRange[] {
  const ranges: FoldingRange[] = document.expressions.map(({ codeSpan }) => ({ span: codeSpan, kind: 'element' }));
  const openRegions: Span[] = [];
  const waiting: PolicyNode[] = [...document.nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'comment') {
      const region = regionMark(document.text.slice(node.span.start, node.span.end));
      if (region === 'begin') openRegions.push(node.span);
      const begin = region === 'end' ? openRegions.pop() : undefined;
      if (begin !== undefined) ranges.push({ span: { start: begin.start, end: node.span.end }, kind: 'region' });
      else ranges.push({ span: node.span, kind: 'comment' });
    }
    if (node.kind === 'cdata') ranges.push({ span: node.span, kind: 'element' });
    if (node.kind !== 'element') continue;
    ranges.push({ span: node.startTagSpan, kind: 'element' });
    // The end tag's line stays in sight, as editors show other brackets.
    const end = node.endTagSpan?.start ?? node.span.end;
    if (node.closing !== 'selfClosing') ranges.push({ span: { start: node.startTagSpan.end, end }, kind: 'element' });
    for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as PolicyNode);
  }
  return ranges.sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
}

function regionMark(comment: string): 'begin' | 'end' | undefined {
  const mark = /^<!--\s*#?(end)?region\b/i.exec(comment);
  if (mark === null) return undefined;
  return mark[1] === undefined ? 'begin' : 'end';
}
