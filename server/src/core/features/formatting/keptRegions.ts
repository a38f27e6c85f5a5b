import type { PolicyDocument, PolicyElement, PolicyNode, SyntaxProblem } from '../../syntax/policyTree';
import type { Span } from '../../text/span';
import { isLayoutNode } from './elementContent';

/** What formatting must not touch, because nobody can be sure what it means. */
export interface KeptRegions {
  /** Elements that stay as they are from their start tag to their end tag: those with a syntax problem of their own. */
  isKept(node: PolicyNode | undefined): boolean;
  /** True for kept elements without an end tag: where one ends is a guess, so the white space behind it is its own. */
  endsByGuess(node: PolicyNode | undefined): boolean;
  /** Text or a problem beside the root, the first one: with it, the white space between what is there stays. */
  readonly besideRoot: Span | undefined;
}

/** Undefined where the whole document stays as it is. */
export function findKeptRegions(document: PolicyDocument): KeptRegions | undefined {
  const problems = document.problems.filter(isUnsure);
  const kept = new Set<PolicyElement>();
  let besideRoot = document.nodes.find((node) => !isLayoutNode(document.text, node))?.span;
  let next = 0;
  for (const { span, owner, isComment } of stretchesOf(document)) {
    for (
      let problem = problems[next];
      problem !== undefined && problem.span.start < span.end;
      problem = problems[++next]
    ) {
      // Comments are closed, or they would be skipped text; what is wrong inside one, its indentation cannot change.
      if (isComment && problem.span.end <= span.end) continue;
      if (owner === undefined) besideRoot ??= problem.span;
      else if (problem.span.end <= owner.span.end) kept.add(owner);
      else return undefined;
    }
    if (owner?.closing === 'implied') kept.add(owner);
  }
  besideRoot ??= problems[next]?.span;
  return {
    isKept: (node) => node?.kind === 'element' && kept.has(node),
    endsByGuess: (node) => node?.kind === 'element' && node.closing === 'implied',
    besideRoot,
  };
}

/** True for a problem that leaves open how a tag was meant. */
export function isUnsure({ ruleId }: SyntaxProblem): boolean {
  return !problemsWithASureTree.has(ruleId);
}

/** With these, every tag is read as it was meant. */
const problemsWithASureTree: ReadonlySet<SyntaxProblem['ruleId']> = new Set([
  'not-a-policy',
  'syntax-several-roots',
  'syntax-duplicate-attribute',
  'syntax-bare-ampersand',
  'syntax-unknown-entity',
]);

/** Tags and leaves, which cover the text; each with the innermost element that it belongs to. */
function* stretchesOf(
  document: PolicyDocument,
): Generator<{ readonly span: Span; readonly owner: PolicyElement | undefined; readonly isComment: boolean }> {
  const waiting: (PolicyNode | { readonly kind: 'endTag'; readonly of: PolicyElement })[] = [
    ...document.nodes,
  ].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.kind === 'endTag') {
      if (node.of.endTagSpan !== undefined) yield { span: node.of.endTagSpan, owner: node.of, isComment: false };
    } else if (node.kind === 'element') {
      yield { span: node.startTagSpan, owner: node, isComment: false };
      waiting.push({ kind: 'endTag', of: node });
      for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as PolicyNode);
    } else {
      yield { span: node.span, owner: node.parent, isComment: node.kind === 'comment' };
    }
  }
}
