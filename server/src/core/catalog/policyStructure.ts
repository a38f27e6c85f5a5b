import structure from './policyStructure.json';

/** What an element may hold: policies, or its own elements by name. Nothing is known of what is not named. */
export type ElementContent = 'policies' | { readonly [name: string]: ElementContent };

const policies: Readonly<Record<string, ElementContent>> = structure.policies as Record<string, ElementContent>;

/** What a policy holds; undefined where no policy has this name. `set-body` and its kind may hold any XML besides. */
export function contentOfPolicy(name: string): ElementContent | undefined {
  return Object.hasOwn(policies, name) ? policies[name] : undefined;
}
