import { policyElements } from '../effective/policyElements';
import type { PolicyElement } from '../syntax/policyTree';
import { findAttribute } from '../syntax/treeQueries';
import type { ReferenceContext } from './referenceContext';

/** An `include-fragment` in a fragment. */
export interface NestedInclusion {
  readonly element: PolicyElement;
  /** Undefined where it is not written, or not known before deployment. */
  readonly fragmentId: string | undefined;
  /** The ids on the way from the fragment back to itself, its own first; undefined where the way does not lead there. */
  readonly circle: readonly string[] | undefined;
}

/** The inclusions in a fragment; none in other documents. */
export function inclusionsOf(context: ReferenceContext): readonly NestedInclusion[] {
  const { document, references } = context;
  if (document.kind !== 'fragment' || document.root === undefined) return [];
  const known = new Map<number, string>();
  for (const { kind, name, span } of references.index.referencesOf(document.path)?.references ?? []) {
    if (kind === 'fragment') known.set(span.start, name);
  }
  return [...policyElements(document.root)].flatMap((element): readonly NestedInclusion[] => {
    if (element.name !== 'include-fragment') return [];
    const { valueSpan } = findAttribute(element, 'fragment-id') ?? {};
    const fragmentId = valueSpan === undefined ? undefined : known.get(valueSpan.start);
    return [{ element, fragmentId, circle: fragmentId === undefined ? undefined : findCircle(fragmentId, context) }];
  });
}

/** The shortest way, breadth first; each fragment is looked at once. */
function findCircle(
  fragmentId: string,
  { document, placement, owner, references }: ReferenceContext,
): readonly string[] | undefined {
  if (placement.kind !== 'fragment') return undefined;
  const { service } = owner;
  const definitions = references.definitionsIn(service);
  const seen = new Set<string>();
  const waiting: Step[] = [{ id: fragmentId, workspace: owner.workspace, from: undefined }];
  for (const step of waiting) {
    const definition = definitions.find('fragment', step.id, step.workspace);
    if (definition?.path === undefined || seen.has(definition.path)) continue;
    if (definition.path === document.path) return [placement.fragmentId, ...stepsTo(step.from)];
    seen.add(definition.path);
    const from = { ...step, id: definition.name };
    for (const { kind, name } of references.index.referencesOf(definition.path)?.references ?? []) {
      if (kind === 'fragment') waiting.push({ id: name, workspace: definition.workspace, from });
    }
  }
  return undefined;
}

/** An inclusion that is looked at, and the one that led to it. */
interface Step {
  readonly id: string;
  readonly workspace: string | undefined;
  readonly from: Step | undefined;
}

function stepsTo(last: Step | undefined): readonly string[] {
  const ids: string[] = [];
  for (let step = last; step !== undefined; step = step.from) ids.unshift(step.id);
  return ids;
}
