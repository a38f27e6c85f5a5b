import type { FragmentLookup } from '../effective/computeEffectivePolicy';
import {
  type EffectiveItem,
  type EffectivePolicy,
  type EffectiveStatement,
  isInherited,
  type UnknownStatements,
} from '../effective/effectivePolicy';
import { type NamedValueLookup, namedValuesAt } from '../effective/namedValues';
import { type PolicyDocument, type PolicyElement, type SectionName, sectionNames } from '../syntax/policyTree';
import { attributeText, childElements } from '../syntax/treeQueries';
import type { PolicyScope } from '../workspace/policyScope';
import type { CorsPolicy } from './corsPolicy';
import { readCorsPolicy } from './readCorsPolicy';

/** An effective policy as a request meets it: its sections with `cors` read, and containers opened. */
export interface CorsFlow {
  readonly policy: EffectivePolicy;
  readonly sections: Readonly<Record<SectionName, readonly FlowItem[]>>;
}

export type FlowItem = FlowCors | FlowStatement | FlowChoice | FlowUnknown;

interface FlowPlace {
  readonly scope: PolicyScope;
  readonly document: PolicyDocument;
  readonly element: PolicyElement;
  /** The fragment that holds it, innermost. */
  readonly fragmentId: string | undefined;
  /** It came in through a `<base />`. */
  readonly isInherited: boolean;
  readonly ifPassedOnBy: readonly PolicyScope[];
  /** Inside another statement: never a candidate for preflights (cors-semantics 2.2). */
  readonly isNested: boolean;
}

export interface FlowCors extends FlowPlace {
  readonly kind: 'cors';
  readonly cors: CorsPolicy;
  /** Another `cors` stands before it in the same section of the same document. */
  readonly isRepeated: boolean;
}

export interface FlowStatement extends FlowPlace {
  readonly kind: 'statement';
  readonly name: string;
}

/** A `choose` or `cache-value`: one branch at most runs. */
export interface FlowChoice extends FlowPlace {
  readonly kind: 'choice';
  readonly branches: readonly (readonly FlowItem[])[];
  /** It has an `otherwise`, so that one branch always runs. */
  readonly alwaysRunsOne: boolean;
}

export interface FlowUnknown {
  readonly kind: 'unknown';
  readonly because: string;
  readonly scope: PolicyScope;
  readonly fragmentId: string | undefined;
  /** The `<include-fragment>` or `<base />` that leads there; undefined for a chain that begins with what is unknown. */
  readonly way: { readonly document: PolicyDocument; readonly element: PolicyElement } | undefined;
  readonly isNested: boolean;
}

/** Reads an effective policy for CORS decisions. The result can be used for any number of requests. */
export function readCorsFlow(
  policy: EffectivePolicy,
  namedValues: NamedValueLookup,
  fragments: FragmentLookup | undefined,
): CorsFlow {
  const sections = Object.fromEntries(
    sectionNames.map((section) => {
      const reading: Reading = {
        namedValues,
        fragments,
        firstCors: new Map(),
        nestedFragmentsLeft: maxNestedFragments,
      };
      return [section, policy.sections[section].flatMap((item) => readItem(reading, item))];
    }),
  ) as unknown as CorsFlow['sections'];
  return { policy, sections };
}

/** Every `cors` of a section, nested ones included, in order. */
export function allCors(items: readonly FlowItem[]): readonly FlowCors[] {
  return items.flatMap((item): readonly FlowCors[] => {
    if (item.kind === 'choice') return item.branches.flatMap(allCors);
    return item.kind === 'cors' ? [item] : [];
  });
}

interface Reading {
  readonly namedValues: NamedValueLookup;
  readonly fragments: FragmentLookup | undefined;
  /** The element that holds `cors` → its first `cors`. */
  readonly firstCors: Map<PolicyElement | undefined, PolicyElement>;
  /** Fragments that include each other inside other statements multiply: so many more of them are read. */
  nestedFragmentsLeft: number;
}

/** Statements that always run what is inside them, once or more. */
const containers: ReadonlySet<string> = new Set(['block', 'limit-concurrency', 'retry', 'wait']);
/** Statements that run one of their parts, or none: those parts by name. */
const choices: Readonly<Record<string, readonly string[]>> = {
  choose: ['when', 'otherwise'],
  'cache-value': ['value'],
};

/** Deeper than any real policy; what is below counts as unknown. */
const maxDepth = 40;
/** More than any real section holds. */
const maxNestedFragments = 500;

function readItem(reading: Reading, item: EffectiveItem): readonly FlowItem[] {
  if (item.kind === 'unknown') return [readUnknown(item)];
  return readStatement(reading, placeOf(item), 0);
}

function readUnknown(item: UnknownStatements): FlowUnknown {
  const { because, scope, fragmentId, via } = item;
  return { kind: 'unknown', because, scope, fragmentId, way: via.at(-1), isNested: false };
}

function placeOf(statement: EffectiveStatement): FlowPlace {
  const fragment = statement.via.findLast((step) => step.kind === 'fragment');
  return {
    scope: statement.scope,
    document: statement.document,
    element: statement.element,
    fragmentId: fragment?.kind === 'fragment' ? fragment.fragmentId : undefined,
    isInherited: isInherited(statement),
    ifPassedOnBy: statement.ifPassedOnBy,
    isNested: false,
  };
}

function readStatement(reading: Reading, place: FlowPlace, depth: number): readonly FlowItem[] {
  const { element } = place;
  if (element.name === 'cors') return [readCors(reading, place)];
  if (element.name === 'include-fragment') return readNestedFragment(reading, place, depth);
  const parts = Object.hasOwn(choices, element.name) ? choices[element.name] : undefined;
  if (parts === undefined && !containers.has(element.name))
    return [{ kind: 'statement', name: element.name, ...place }];
  if (depth >= maxDepth) {
    const because = 'statements are nested too deeply to be followed';
    return [{ kind: 'unknown', because, scope: place.scope, fragmentId: place.fragmentId, way: place, isNested: true }];
  }
  if (parts !== undefined) return [readChoice(reading, place, parts, depth)];
  return [{ kind: 'statement', name: element.name, ...place }, ...readChildren(reading, place, element, depth)];
}

function readChildren(reading: Reading, place: FlowPlace, parent: PolicyElement, depth: number): readonly FlowItem[] {
  return childElements(parent).flatMap((element) =>
    readStatement(reading, { ...place, element, isNested: true }, depth + 1),
  );
}

function readCors(reading: Reading, place: FlowPlace): FlowCors {
  const { document, element } = place;
  const first = reading.firstCors.get(element.parent);
  // A second <base /> brings the very same element again: that is no second cors of the document.
  const isRepeated = first !== undefined && first !== element;
  if (first === undefined) reading.firstCors.set(element.parent, element);
  const cors = readCorsPolicy(document, element, namedValuesAt(place.scope, reading.namedValues));
  return { kind: 'cors', cors, isRepeated, ...place };
}

function readChoice(reading: Reading, place: FlowPlace, parts: readonly string[], depth: number): FlowChoice {
  const branches = childElements(place.element).filter(({ name }) => parts.includes(name));
  return {
    kind: 'choice',
    branches: branches.map((branch) => readChildren(reading, place, branch, depth)),
    alwaysRunsOne: branches.some(({ name }) => name === 'otherwise'),
    ...place,
  };
}

/** The effective policy expands fragments at the top of a section; inside other statements this does. */
function readNestedFragment(reading: Reading, place: FlowPlace, depth: number): readonly FlowItem[] {
  const fragmentId = attributeText(place.element, 'fragment-id') ?? '';
  const document = reading.fragments?.(fragmentId, place.document);
  if (
    document?.root === undefined ||
    document.kind !== 'fragment' ||
    depth >= maxDepth ||
    --reading.nestedFragmentsLeft < 0
  ) {
    const because =
      document === undefined
        ? `the fragment ${fragmentId || '(without a name)'} is not in the workspace`
        : `the fragment ${fragmentId} cannot be read as a fragment here`;
    return [{ kind: 'unknown', because, scope: place.scope, fragmentId, way: place, isNested: true }];
  }
  return readChildren(reading, { ...place, document, fragmentId }, document.root, depth);
}
