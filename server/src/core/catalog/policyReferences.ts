import references from './policyReferences.json';

/** What an attribute's value names: something with an id in the service, or a policy variable. */
export type AttributeReference =
  | 'fragment'
  | 'backend'
  | 'logger'
  | 'certificate'
  | 'credentialProvider'
  | 'connection'
  | 'schema'
  | 'api'
  | 'readVariable'
  | 'writtenVariable';

/** An element as far as its place in a policy counts. */
interface NamedElement {
  readonly name: string;
  readonly parent: NamedElement | undefined;
}

interface Entry {
  /** The names of the elements around it, innermost first, up to the policy. */
  readonly parents: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
}

const byElement = new Map<string, Entry[]>();
for (const [path, attributes] of Object.entries(references.attributes)) {
  const [name = '', ...parents] = path.split(' ').reverse();
  byElement.set(name, [...(byElement.get(name) ?? []), { parents, attributes }]);
}

/** True where some policy has an element of this name with such an attribute. */
export function mayRefer(elementName: string): boolean {
  return byElement.has(elementName);
}

/** What the value of an element's attribute names; undefined for attributes that name nothing. */
export function referenceOf(element: NamedElement, attributeName: string): AttributeReference | undefined {
  for (const { parents, attributes } of byElement.get(element.name) ?? []) {
    if (!Object.hasOwn(attributes, attributeName)) continue;
    let around = element.parent;
    const isThere = parents.every((name) => {
      const matches = around?.name === name;
      around = around?.parent;
      return matches;
    });
    if (isThere) return attributes[attributeName] as AttributeReference;
  }
  return undefined;
}
