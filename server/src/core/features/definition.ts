import type { PolicyDocument } from '../syntax/policyTree';
import { sectionNames } from '../syntax/policyTree';
import { nodePathAt, sectionElements } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import type { Place, References } from '../workspace/references';
import type { ScopeChain } from '../workspace/scopeChain';

/** What stands at an offset, and where it is defined: several places where a chain, or a variable, has several. */
export interface Definitions {
  /** The name, or the `<base />`, that was asked about. */
  readonly span: Span;
  readonly places: readonly Place[];
}

/**
 * Where the name at an offset is defined: the fragment, the information file of a named value, backend or logger, the
 * places that set a policy variable. `<base />` is defined by the section that takes its place. Undefined where nothing at
 * the offset has a definition in the workspace.
 */
export function definition(
  document: PolicyDocument,
  offset: number,
  chains: readonly ScopeChain[],
  references: References,
): Definitions | undefined {
  const base = parentSections(document, offset, chains);
  if (base !== undefined) return base;
  const thing = references.thingAt(document.path, offset);
  if (thing === undefined) return undefined;
  const places = references.definitionPlaces(thing, document.path);
  return places.length === 0 ? undefined : { span: thing.span, places };
}

/** The section of each chain's next document: of several products several. */
function parentSections(
  document: PolicyDocument,
  offset: number,
  chains: readonly ScopeChain[],
): Definitions | undefined {
  const { elements, innermost } = nodePathAt(document, offset);
  const section = sectionNames.find((name) => name === elements[1]?.name);
  if (innermost?.name !== 'base' || section === undefined || elements[0] !== document.root) return undefined;
  const places = new Map<string, Place>();
  for (const { links } of chains) {
    const next = links.slice(1).find((link) => link.state === 'present');
    if (next?.state !== 'present') continue;
    const parent = next.document;
    // Without the section nothing is inherited there; the document is what shows it.
    const target = sectionElements(parent, section)[0] ?? parent.root;
    places.set(parent.path, { path: parent.path, span: target?.nameSpan ?? { start: 0, end: 0 } });
  }
  return places.size === 0 ? undefined : { span: innermost.span, places: [...places.values()] };
}
