import { Char, isExpressionStart, isSpace } from './characters';
import type { SyntaxProblem } from './policyTree';
import { type ScanState, tryExpression } from './scanState';
import { problemAt } from './syntaxProblems';

/** Reports what a comment must not hold, and keeps it from sax. `start` and `end` are those of its text, between `<!--` and `-->`. */
export function checkComment(state: ScanState, start: number, end: number): void {
  const dashes = findDashes(state, start, end);
  if (dashes !== undefined) {
    state.problems.push(dashes);
    state.repairs.push({ start, end, filler: ' ' });
  }
  const code = findUnfinishedCode(state, start, end);
  if (code !== undefined) state.problems.push(code);
}

/** XML allows no `--` in a comment, and none before its `-->`. One finding a comment, for all of them. */
function findDashes({ text }: ScanState, start: number, end: number): SyntaxProblem | undefined {
  // One more character: `--->` ends with dashes of its own.
  const content = text.slice(start, end + 1);
  const first = content.indexOf('--');
  if (first < 0) return undefined;
  const span = { start: start + first, end: start + first + 2 };
  const message = 'A comment cannot contain -- in XML. Write - - or another character instead.';
  const spaces = (): { span: { start: number; end: number }; newText: string }[] =>
    [...content.matchAll(/-(?=-)/g)].map(({ index }) => {
      const offset = start + index + 1;
      return { span: { start: offset, end: offset }, newText: ' ' };
    });
  const fixes = () => [{ id: 'separate', title: 'Put spaces between the dashes of this comment', edits: spaces() }];
  return { ...problemAt(span, message, 'syntax-comment-dashes'), fixes };
}

/**
 * A policy expression in a comment that does not balance. The service's reader of raw policies looks for expressions before
 * it looks for comments, so that unfinished code in one keeps a policy from being saved (vscode-apimanagement issue 197).
 */
function findUnfinishedCode(state: ScanState, start: number, end: number): SyntaxProblem | undefined {
  const { text } = state;
  let index = text.indexOf('@', start);
  while (index >= 0 && index < end) {
    let next = index + 1;
    if (isExpressionStart(text, index) && beginsExpression(text, index - 1)) {
      const found = tryExpression(state, index, undefined, end);
      if (found === undefined) return undefined;
      if (!found.isTerminated) return unfinishedCode(index);
      next = found.end;
    }
    index = text.indexOf('@', next);
  }
  return undefined;
}

/** Expressions begin an attribute's value or an element's text: `someone@(not)` is none. */
function beginsExpression(text: string, before: number): boolean {
  const code = text.charCodeAt(before);
  return code === Char.quote || code === Char.apostrophe || code === Char.greater || isSpace(code);
}

function unfinishedCode(start: number): SyntaxProblem {
  const message =
    'This policy expression in a comment never ends. The service is reported to look into comments, and to refuse the ' +
    'document then. Finish the code, or remove the @.';
  const span = { start, end: start + 2 };
  const problem = problemAt(span, message, 'syntax-comment-code');
  const edits = [{ span: { start, end: start + 1 }, newText: '' }];
  return {
    ...problem,
    fixes: () => [{ id: 'remove-at', title: 'Remove the @', edits }],
  };
}
