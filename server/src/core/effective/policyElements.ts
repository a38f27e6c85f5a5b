import { contentOfPolicy } from '../catalog/policyStructure';
import type { PolicyElement } from '../syntax/policyTree';
import { childElements } from '../syntax/treeQueries';

/**
 * The elements that stand where policies stand, below an element that holds policies, in document order: its children,
 * and those of conditions, retries and the like among them. What is no policy there is among them, too; the XML of a
 * body is not. Iterative.
 */
export function* policyElements(container: PolicyElement): Generator<PolicyElement> {
  const waiting = [...childElements(container)].reverse();
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    yield element;
    const content = contentOfPolicy(element.name);
    if (content === undefined) continue;
    const inside =
      content === 'policies'
        ? childElements(element)
        : childElements(element).flatMap((part) =>
            Object.hasOwn(content, part.name) && content[part.name] === 'policies' ? childElements(part) : [],
          );
    for (let index = inside.length - 1; index >= 0; index--) waiting.push(inside[index] as PolicyElement);
  }
}
