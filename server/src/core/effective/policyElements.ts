import { contentOfPolicy } from '../catalog/policyStructure';
import type { PolicyElement } from '../syntax/policyTree';
import { childElements } from '../syntax/treeQueries';

/**
 * The elements that stand where policies stand, below an element that holds policies, in document order: its children,
 * and those of conditions, retries and the like among them. What is no policy there is among them, too; the XML of a
 * body is not. Iterative.
 */
export function policyElements(container: PolicyElement): Generator<PolicyElement> {
  return withPoliciesInside(childElements(container));
}

/** The same below a policy: those that a condition, a retry and the like hold. */
export function policiesInside(policy: PolicyElement): Generator<PolicyElement> {
  return withPoliciesInside(innerPolicies(policy));
}

function* withPoliciesInside(elements: readonly PolicyElement[]): Generator<PolicyElement> {
  const waiting = [...elements].reverse();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    yield element;
    const inside = innerPolicies(element);
    for (let index = inside.length - 1; index >= 0; index--) waiting.push(inside[index] as PolicyElement);
  }
}

function innerPolicies(element: PolicyElement): readonly PolicyElement[] {
  const content = contentOfPolicy(element.name);
  if (content === undefined) return [];
  if (content === 'policies') return childElements(element);
  return childElements(element).flatMap((part) =>
    Object.hasOwn(content, part.name) && content[part.name] === 'policies' ? childElements(part) : [],
  );
}
