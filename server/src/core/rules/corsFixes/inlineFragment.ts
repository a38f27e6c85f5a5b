import type { EffectiveStatement } from '../../effective/effectivePolicy';
import type { PolicyElement } from '../../syntax/policyTree';
import { childElements, childrenNamed } from '../../syntax/treeQueries';
import { indentationAt, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { describeUncovered } from '../uncoveredRules';
import { documentEdit } from './documentEdit';
import { reindented } from './reindented';

/**
 * Writes a fragment's statements in the place of `<include-fragment>`. Comments of the fragment stay in the fragment. Not
 * offered for a fragment that is kept in a JSON file, or comes in through another one, nor beside another `cors`: a
 * section holds one.
 */
export function inlineFragment(
  include: PolicyElement,
  { document: fragment, via }: EffectiveStatement,
  context: EffectiveContext,
): readonly Fix[] {
  const { document } = context;
  if (fragment.isEmbedded || fragment.root === undefined || via.length !== 1 || include.closing === 'implied')
    return [];
  if (include.parent !== undefined && childrenNamed(include.parent, 'cors').length > 0) return [];
  const statements = childElements(fragment.root);
  if (statements.some(({ closing }) => closing === 'implied')) return [];
  const { text } = document;
  const indent = indentationAt(text, include.span.start);
  const lineEnd = lineEndNear(text, include.span.start);
  const glue = isFirstOnLine(text, include.span.start) ? lineEnd + indent : '';
  const written = statements.map((element) => reindented({ document: fragment, element }, indent, lineEnd)).join(glue);
  const edits = [documentEdit(document, include.span, written)];
  const what = statements.length === 1 ? 'the fragment’s cors' : `the fragment’s ${statements.length} statements`;
  const title = `Write ${what} here: later changes of the fragment no longer arrive`;
  return [{ id: 'inline-fragment', title: title + describeUncovered(edits, context), isGuess: true, edits }];
}
