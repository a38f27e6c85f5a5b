import type { PolicyDocument, PolicyElement, SectionName } from '../syntax/policyTree';
import { sectionNames } from '../syntax/policyTree';
import { attributeText, childElements, sectionElements } from '../syntax/treeQueries';
import type { PolicyScope } from '../workspace/policyScope';
import { describeScope } from '../workspace/policyScope';
import type { ScopeChain, ScopeLink } from '../workspace/scopeChain';
import type { EffectiveItem, EffectivePolicy, ViaStep } from './effectivePolicy';

/** The document of a fragment as the including document sees it; undefined where the workspace has no such fragment. */
export type FragmentLookup = (fragmentId: string, includer: PolicyDocument) => PolicyDocument | undefined;

/**
 * Expands `<base />` and fragments of one chain by substitution, exactly where they stand.
 *
 * Microsoft describes it so ("Use base element to set policy evaluation order", set-edit-policies): statements of the
 * broader scope take the place of `<base />`; nothing is merged field by field. A section without `<base />`, and a
 * document without the section, inherit nothing there. An absent scope is transparent. An unknown scope becomes an
 * `unknown` item, followed by what broader scopes hold, marked `ifPassedOnBy`. Where `<base />` stands twice, each
 * is expanded; what the service does is not documented (cors-semantics 1.4).
 */
export function computeEffectivePolicy(chain: ScopeChain, fragments: FragmentLookup): EffectivePolicy {
  const missingSections: { scope: PolicyScope; section: SectionName }[] = [];
  const sections = Object.fromEntries(
    sectionNames.map((section) => {
      const expansion: Expansion = {
        section,
        links: chain.links,
        fragments,
        missingSections,
        statementsLeft: maxStatements,
        items: [],
      };
      expandLink(expansion, 0, [], []);
      return [section, expansion.items];
    }),
  ) as unknown as Record<SectionName, readonly EffectiveItem[]>;
  return { chain, sections, missingSections };
}

/**
 * What the chain's narrowest document inherits from: what a `<base />` in each of its sections would bring in. Undefined
 * at global scope, which has no parent.
 */
export function computeParentPolicy(
  { chain }: EffectivePolicy,
  fragments: FragmentLookup,
): EffectivePolicy | undefined {
  const links = chain.links.slice(1);
  return links.length === 0 ? undefined : computeEffectivePolicy({ ...chain, links }, fragments);
}

interface Expansion {
  readonly section: SectionName;
  readonly links: readonly ScopeLink[];
  readonly fragments: FragmentLookup;
  readonly missingSections: { scope: PolicyScope; section: SectionName }[];
  statementsLeft: number;
  /** What was found so far, in order. */
  readonly items: EffectiveItem[];
}

/** Many bases in each of five scopes multiply: a section larger than any real one ends in an `unknown` item. */
const maxStatements = 20_000;

/** A policy document at most has a few bases, so the depth is that of the chain: five. */
function expandLink(
  expansion: Expansion,
  index: number,
  via: readonly ViaStep[],
  ifPassedOnBy: readonly PolicyScope[],
): void {
  const { items } = expansion;
  const link = expansion.links[index];
  if (link === undefined) return;
  if (link.state !== 'present') {
    const isUnknown = link.state === 'unknown';
    if (isUnknown)
      items.push({ kind: 'unknown', because: link.because, scope: link.scope, fragmentId: undefined, via });
    expandLink(expansion, index + 1, via, isUnknown ? [...ifPassedOnBy, link.scope] : ifPassedOnBy);
    return;
  }

  const elements = sectionElements(link.document, expansion.section);
  if (elements.length === 0) {
    if (link.document.kind === 'definition') {
      expansion.missingSections.push({ scope: link.scope, section: expansion.section });
      return;
    }
    // A file that cannot be read as a definition says nothing about the policy that is deployed.
    const because = `the policy of ${describeScope(link.scope)} cannot be read as a policy definition`;
    items.push({ kind: 'unknown', because, scope: link.scope, fragmentId: undefined, via });
    return;
  }
  for (const element of elements) expandSection(expansion, index, link.document, element, via, ifPassedOnBy);
}

function expandSection(
  expansion: Expansion,
  index: number,
  document: PolicyDocument,
  sectionElement: PolicyElement,
  via: readonly ViaStep[],
  ifPassedOnBy: readonly PolicyScope[],
): void {
  const { scope } = expansion.links[index] as ScopeLink;
  for (const element of childElements(sectionElement)) {
    if (expansion.statementsLeft <= 0) {
      tellTooManyStatements(expansion, scope, via);
      return;
    }
    expansion.statementsLeft--;
    if (element.name === 'base') {
      // "At global scope the base element has no effect" (api-management-howto-policies): there is no further link.
      expandLink(expansion, index + 1, [...via, { kind: 'base', element, document }], ifPassedOnBy);
    } else if (element.name === 'include-fragment') {
      const inclusion = { scope, document, element, via, ifPassedOnBy };
      for (const item of expandInclusion(inclusion, expansion.fragments)) expansion.items.push(item);
    } else {
      expansion.items.push({ kind: 'statement', name: element.name, element, document, scope, via, ifPassedOnBy });
    }
  }
}

/** Once. */
function tellTooManyStatements(expansion: Expansion, scope: PolicyScope, via: readonly ViaStep[]): void {
  if (expansion.statementsLeft < 0) return;
  expansion.statementsLeft = -1;
  const because = `the effective section has more than ${maxStatements} statements`;
  expansion.items.push({ kind: 'unknown', because, scope, fragmentId: undefined, via });
}

/** An `<include-fragment>`, the document that holds it, and the way by which that takes part. */
export interface Inclusion {
  readonly scope: PolicyScope;
  readonly document: PolicyDocument;
  readonly element: PolicyElement;
  readonly via: readonly ViaStep[];
  readonly ifPassedOnBy: readonly PolicyScope[];
}

/** What comes in with a fragment: its statements, or one `unknown` item where it cannot be read. */
export function expandInclusion(inclusion: Inclusion, fragments: FragmentLookup): EffectiveItem[] {
  const { scope, element, document, via, ifPassedOnBy } = inclusion;
  const fragmentId = attributeText(element, 'fragment-id') ?? '';
  const inside: readonly ViaStep[] = [...via, { kind: 'fragment', fragmentId, element, document }];
  const unknownItem = (because: string): EffectiveItem[] => [
    { kind: 'unknown', because, scope, fragmentId, via: inside },
  ];

  // Fragments cannot include fragments (policy-fragments); where one does, it may be in a circle.
  if (via.some((step) => step.kind === 'fragment' && step.fragmentId.toLowerCase() === fragmentId.toLowerCase())) {
    return unknownItem(`the fragment ${fragmentId} includes itself`);
  }
  if (/\{\{|^@[({]/.test(fragmentId))
    return unknownItem(`the fragment to include is decided at run time (${fragmentId})`);
  const fragment = fragments(fragmentId, document);
  if (fragment?.root === undefined || fragment.kind !== 'fragment') {
    return unknownItem(
      fragment === undefined
        ? `the fragment ${fragmentId || '(without a name)'} is not in the workspace`
        : `the fragment ${fragmentId} cannot be read as a fragment`,
    );
  }
  return childElements(fragment.root).flatMap((child): EffectiveItem[] =>
    child.name === 'include-fragment'
      ? expandInclusion({ scope, document: fragment, element: child, via: inside, ifPassedOnBy }, fragments)
      : [{ kind: 'statement', name: child.name, element: child, document: fragment, scope, via: inside, ifPassedOnBy }],
  );
}
