import type { PolicyDocument, PolicyElement, SectionName } from '../syntax/policyTree';
import type { PolicyScope } from '../workspace/policyScope';
import type { ScopeChain } from '../workspace/scopeChain';

/** One step of the way by which a statement came into a section, outermost first. */
export type ViaStep =
  | { readonly kind: 'base'; readonly element: PolicyElement; readonly document: PolicyDocument }
  | {
      readonly kind: 'fragment';
      readonly fragmentId: string;
      readonly element: PolicyElement;
      readonly document: PolicyDocument;
    };

/** A statement as it takes part in the merged section. */
export interface EffectiveStatement {
  readonly kind: 'statement';
  readonly name: string;
  readonly element: PolicyElement;
  /** The file that holds the statement's text: the scope's document, or the fragment's. */
  readonly document: PolicyDocument;
  /** The scope whose document contributes it. For a statement of a fragment: the scope that includes the fragment. */
  readonly scope: PolicyScope;
  readonly via: readonly ViaStep[];
  /** Scopes in between whose documents are unknown: the statement takes part only if they pass it on. */
  readonly ifPassedOnBy: readonly PolicyScope[];
}

/** A place where something that cannot be read may contribute statements of any kind, `cors` among them. */
export interface UnknownStatements {
  readonly kind: 'unknown';
  /** A clause: "the global policy is not in the workspace". */
  readonly because: string;
  /** The scope whose document is unknown, or the scope that includes a fragment that cannot be read. */
  readonly scope: PolicyScope;
  readonly fragmentId: string | undefined;
  readonly via: readonly ViaStep[];
}

export type EffectiveItem = EffectiveStatement | UnknownStatements;

/** True for what came in through a `<base />` of the chain's narrowest document: everything that it does not hold itself. */
export function isInherited({ via }: Pick<EffectiveItem, 'via'>): boolean {
  return via.some(({ kind }) => kind === 'base');
}

/** The policy that runs for requests of one chain: text-level substitution of `<base />`, nothing is merged field by field. */
export interface EffectivePolicy {
  readonly chain: ScopeChain;
  readonly sections: Readonly<Record<SectionName, readonly EffectiveItem[]>>;
  /** Scopes whose document has no such section element: nothing is inherited there (cors-semantics 1.2, switch SW9). */
  readonly missingSections: readonly { readonly scope: PolicyScope; readonly section: SectionName }[];
}
