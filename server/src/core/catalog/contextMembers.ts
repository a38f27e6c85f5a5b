import context from './contextMembers.json';

/** A member of the `context` variable of policy expressions: a method, or a property with its own members. */
export type ContextMember = 'method' | { readonly [name: string]: ContextMember };

/** The `context` variable itself. */
export const contextMembers: ContextMember = context.members as ContextMember;

/** A property's documented member; undefined where it has none of this name. */
export function memberOf(owner: ContextMember, name: string): ContextMember | undefined {
  return owner !== 'method' && Object.hasOwn(owner, name) ? owner[name] : undefined;
}
