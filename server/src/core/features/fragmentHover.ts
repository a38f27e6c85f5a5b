import { readCorsPolicy } from '../cors/readCorsPolicy';
import type { NamedValueLookup } from '../effective/namedValues';
import type { PolicyDocument } from '../syntax/policyTree';
import { nodePathAt } from '../syntax/treeQueries';
import { describeGrants, type LinkTo, linkToElement } from './effectiveCorsMarkdown';
import type { HoverContent } from './hover';
import { code } from './markdown';

/** What a hover in a fragment's file needs to know. */
export interface FragmentSurroundings {
  readonly fragmentId: string;
  /** The documents that include it, sorted by path. */
  readonly includers: readonly PolicyDocument[];
  readonly namedValues: NamedValueLookup;
  readonly relativePath: (path: string) => string;
}

const mostIncluders = 10;

/** On a `<cors>` of a fragment: what it allows, and whose policies it becomes part of. Undefined elsewhere. */
export function fragmentHover(
  document: PolicyDocument,
  offset: number,
  surroundings: FragmentSurroundings,
  linkTo: LinkTo,
): HoverContent | undefined {
  const cors = nodePathAt(document, offset).elements.find(({ name }) => name === 'cors');
  if (cors === undefined) return undefined;
  const { includers, fragmentId } = surroundings;
  const links = includers.slice(0, mostIncluders).flatMap((includer) => {
    return includer.root === undefined ? [] : [`- ${linkToElement(includer, includer.root, surroundings, linkTo)}`];
  });
  const more = includers.length > mostIncluders ? [`- … and ${includers.length - mostIncluders} more`] : [];
  const users = links.length > 0 ? [...links, ...more].join('\n') : 'No policy of the workspace includes it.';
  const grants = describeGrants(readCorsPolicy(document, cors, surroundings.namedValues));
  const markdown = `**CORS in fragment ${code(fragmentId)}**\n\nAllows ${grants}\n\nIt takes part where the fragment is included directly in an inbound section:\n\n${users}`;
  return { markdown, span: cors.startTagSpan };
}
