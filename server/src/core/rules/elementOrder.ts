import type { PolicyElement } from '../syntax/policyTree';
import { childElements, childrenNamed, elementText } from '../syntax/treeQueries';
import { joinNames } from '../text/wording';
import type { CorsElement } from './corsElement';
import { attachedCommentStart, trailingCommentEnd } from './corsFixes/attachedComments';
import { corsLists } from './corsFixes/corsLists';
import { documentEdit, removals } from './corsFixes/documentEdit';
import { triedElementFixes, triedHere } from './corsFixes/triedElementFixes';
import { isEmptyList } from './corsListFacts';
import type { Fix, Rule } from './rule';

const id = 'element-order';

export const elementOrder: Rule = {
  meta: {
    id,
    summary: 'The lists of a cors are empty, missing, repeated, or not in the documented order.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/cors-policy#elements'],
  },
  checkCors(context, report) {
    const { document, element } = context;
    const lists = childElements(element).filter(({ name }) => corsLists.includes(name));
    const noOrigins = lists.every(({ name }) => name !== 'allowed-origins');
    if (noOrigins && elementText(document, element) === '') {
      report({ document, span: element.startTagSpan, message: noOriginsMessage });
    }
    for (const list of lists) {
      // An empty allowed-headers is headers-missing.
      if (list.name === 'allowed-headers' || !isEmptyList(document, list)) continue;
      report({
        document,
        span: list.startTagSpan,
        message: list.name === 'allowed-origins' ? `${emptyMessage(list.name)} ${nobody}` : emptyMessage(list.name),
        fixes: () => triedElementFixes(id, context, [removeEmpty(list, context)]),
      });
    }
    for (const { name, startTagSpan } of repeatedLists(element)) {
      const message = `This cors has ${name} more than once; which one counts is not documented. Make one list of them.`;
      report({ document, span: startTagSpan, message });
    }
    const misplaced = lists.find((list, index) => lists.slice(index + 1).some((later) => rank(later) < rank(list)));
    if (misplaced === undefined) return;
    const order = joinNames(corsLists.filter((name) => lists.some((list) => list.name === name)));
    report({
      document,
      span: misplaced.nameSpan,
      message: `Microsoft’s page asks to keep the order of its policy statement: ${order}. The official schema accepts any order, so this may well work; put them in order to be sure.`,
      fixes: () => triedHere(id, context, [reorder(lists, context)]),
    });
  },
};

const nobody = 'Nobody is admitted.';
const noOriginsMessage = `This cors has no allowed-origins, which Microsoft’s page requires. ${nobody}`;

function emptyMessage(name: string): string {
  return `${name} is empty, and Microsoft’s page asks for at least one entry where the element stands.`;
}

function rank({ name }: PolicyElement): number {
  return corsLists.indexOf(name);
}

function repeatedLists(cors: PolicyElement): readonly PolicyElement[] {
  return corsLists.flatMap((name) => childrenNamed(cors, name).slice(1));
}

/** Without `expose-headers` nothing changes; without `allowed-methods`, GET and POST are allowed. Origins nobody can guess. */
function removeEmpty(list: PolicyElement, { document }: CorsElement): Fix | undefined {
  if (list.name === 'allowed-origins' || list.closing === 'implied') return undefined;
  const isMethods = list.name === 'allowed-methods';
  const title = `Remove the empty ${list.name}${isMethods ? ': GET and POST are allowed then' : ''}`;
  return { id: 'remove-empty-list', title, isGuess: isMethods, edits: removals(document, [list.span]) };
}

/** Each list takes the place of another, with the comments that belong to it. */
function reorder(lists: readonly PolicyElement[], { document }: CorsElement): Fix | undefined {
  if (lists.some(({ closing }) => closing === 'implied')) return undefined;
  const blocks = lists.map((list) => ({
    rank: rank(list),
    span: { start: attachedCommentStart(document, list), end: trailingCommentEnd(document, list) },
  }));
  const sorted = [...blocks].sort((one, other) => one.rank - other.rank);
  const edits = blocks.flatMap(({ span }, index) => {
    const moved = sorted[index]?.span ?? span;
    return moved === span ? [] : [documentEdit(document, span, document.text.slice(moved.start, moved.end))];
  });
  return { id: 'reorder-lists', title: 'Put the lists in the documented order', edits };
}
