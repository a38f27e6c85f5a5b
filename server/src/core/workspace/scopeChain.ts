import type { PolicyDocument } from '../syntax/policyTree';
import type { PolicyScope } from './policyScope';

/**
 * What the workspace holds for one scope of a chain.
 *
 * `absent` is known not to exist and is transparent: the next broader scope takes its place. `unknown` is not in the
 * workspace, but may exist in the service; nothing may be concluded from it.
 */
export type ScopeLink = PresentScope | MissingScope;

interface PresentScope {
  readonly state: 'present';
  readonly scope: PolicyScope;
  readonly document: PolicyDocument;
}

export interface MissingScope {
  readonly state: 'absent' | 'unknown';
  readonly scope: PolicyScope;
  /** A clause for people: why it counts as absent, or why it cannot be known. */
  readonly because: string;
  /** True where the file is there and only its text is missing. */
  readonly isUnreadable?: boolean;
}

/**
 * One concrete path from a policy definition up to global scope, narrowest first.
 *
 * Product scope is no level of a tree: there is one chain without a product, and one per product that contains the API.
 */
export interface ScopeChain {
  readonly product: string | undefined;
  readonly links: readonly ScopeLink[];
}
