import type { CorsPolicy } from '../cors/corsPolicy';
import { readCorsPolicy } from '../cors/readCorsPolicy';
import type { NamedValueLookup } from '../effective/namedValues';
import { policiesInside, policyElements } from '../effective/policyElements';
import { isSectionName, type PolicyDocument, type PolicyElement } from '../syntax/policyTree';
import { sectionElements } from '../syntax/treeQueries';
import type { ProjectSettings } from '../workspace/projectSettings';
import type { EffectiveContext } from './effectiveContext';

/** One `<cors>` element of a document, and what is known around it. Life: that of one run of the rules. */
export interface CorsElement {
  readonly document: PolicyDocument;
  readonly element: PolicyElement;
  /** Read with the named values as the document sees them. */
  readonly cors: CorsPolicy;
  readonly settings: ProjectSettings;
  readonly namedValues: NamedValueLookup;
  /** What runs for requests of the document's scope; undefined for fragments, excerpts, and while files are being read. */
  readonly effective: EffectiveContext | undefined;
  /** The rules that report on the `cors` elements of another version of the document, each as often as it does. */
  readonly reportedOn: (document: PolicyDocument) => readonly string[];
}

/**
 * Every `cors` that stands where a policy can stand in the document, in the order of the text. Those of sections where none is
 * allowed are left out, since what stands in them changes nothing, and so are those without an end: what belongs to them is
 * not known. The XML of a body is no policy.
 */
export function corsElementsOf(
  document: PolicyDocument,
  around: Pick<CorsElement, 'settings' | 'namedValues' | 'effective' | 'reportedOn'>,
): readonly CorsElement[] {
  if (!mayHoldCors(document)) return [];
  return statementsOf(document)
    .filter(({ name, closing }) => name === 'cors' && closing !== 'implied')
    .map((element) => ({ ...around, document, element, cors: readCorsPolicy(document, element, around.namedValues) }));
}

/** Most documents have none, and their elements need not be walked for it at every keystroke. */
export function mayHoldCors({ text }: PolicyDocument): boolean {
  return text.includes('<cors');
}

function statementsOf(document: PolicyDocument): readonly PolicyElement[] {
  const { root, kind } = document;
  if (root === undefined) return [];
  if (kind === 'definition') {
    return sectionElements(document, 'inbound').flatMap((section) => [...policyElements(section)]);
  }
  // An excerpt may be a section, a policy, or a policy that holds others.
  const isSection = isSectionName(root.name) || kind === 'fragment';
  if (isSectionName(root.name) && root.name !== 'inbound') return [];
  return isSection ? [...policyElements(root)] : [root, ...policiesInside(root)];
}
