import type { ScopeMapping } from './projectSettings';

type ScopeName = ScopeMapping['scope'];
type IdName = 'workspace' | 'product' | 'api' | 'operation' | 'fragment';

/** The ids without which somebody who names a scope has not said which one it is. */
export const idsOfScope: Readonly<Record<ScopeName, readonly IdName[]>> = {
  global: [],
  workspace: ['workspace'],
  product: ['product'],
  api: ['api'],
  operation: ['api', 'operation'],
  fragment: ['fragment'],
};

/** What somebody who names the scope may say besides. */
export const alsoOfScope: Readonly<Record<ScopeName, readonly string[]>> = {
  global: [],
  workspace: [],
  product: ['workspace'],
  api: ['revision', 'workspace'],
  operation: ['revision', 'workspace'],
  fragment: ['workspace'],
};

/** True for the name of a scope in a project file or a comment. */
export function isScopeName(name: string): name is ScopeName {
  return Object.hasOwn(idsOfScope, name);
}
