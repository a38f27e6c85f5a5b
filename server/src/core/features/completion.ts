import type { NamedValueLookup } from '../effective/namedValues';
import type { PolicyDocument } from '../syntax/policyTree';
import { nodePathAt } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import type { UsePlace } from '../workspace/definitions';
import type { References } from '../workspace/references';
import { completeNamedValues } from './completeNamedValues';
import { completeReferences } from './completeReferences';
import { completeVariables } from './completeVariables';

/** Something that can stand at the cursor. */
export interface CompletionItem {
  readonly label: string;
  readonly kind: 'fragment' | 'namedValue' | 'resource' | 'variable';
  /** What it is and where it is defined, in a few words. */
  readonly detail: string;
  /** What it replaces: the whole value around the cursor, on its line. */
  readonly span: Span;
  readonly newText: string;
}

/** What completion needs to know. */
export interface CompletionPlace {
  readonly document: PolicyDocument;
  readonly offset: number;
  /** Whose document it is. */
  readonly owner: UsePlace;
  readonly references: References;
  readonly namedValues: NamedValueLookup;
  readonly relativePath: (path: string) => string;
}

/** Each says what can stand at its kind of place; undefined at other places. The first that knows the place answers. */
const completers: readonly ((place: CompletionPlace) => readonly CompletionItem[] | undefined)[] = [
  completeVariables,
  completeNamedValues,
  completeReferences,
];

/** What can stand at the offset, best first. Nothing in comments, and nothing where nothing is known. */
export function complete(place: CompletionPlace): readonly CompletionItem[] {
  if (isInComment(place)) return [];
  for (const completer of completers) {
    const items = completer(place);
    if (items !== undefined) return items;
  }
  return [];
}

function isInComment({ document, offset }: CompletionPlace): boolean {
  const nodes = nodePathAt(document, offset).innermost?.children ?? document.nodes;
  return nodes.some(({ kind, span }) => kind === 'comment' && span.start < offset && offset < span.end);
}
