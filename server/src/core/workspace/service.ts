import type { Span } from '../text/span';
import { type PolicyScope, type ScopeConfidence, workspaceOf } from './policyScope';

/** What a file is in its service, and how that is known. */
export type Placement = (
  | { readonly kind: 'definition'; readonly scope: PolicyScope }
  | { readonly kind: 'fragment'; readonly fragmentId: string; readonly workspace?: string }
  | { readonly kind: 'resolver'; readonly workspace?: string }
) & {
  readonly confidence: ScopeConfidence;
  /** For people: "APIOps layout", "scopes of apim-policy.config.json". */
  readonly why: string;
  /** What else is to be known before the file is edited, a clause for people: "generated from OrdersPolicy.cs". */
  readonly note?: string;
};

/** Why a file is what it is, with its note: a line for people. */
export function describeReason({ why, note }: Pick<Placement, 'why' | 'note'>): string {
  return note === undefined ? why : `${why}; ${note}`;
}

/** The workspace that a file belongs to; undefined for files of the service itself, and where nothing is known. */
export function workspaceOfPlacement(placement: Placement): string | undefined {
  return placement.kind === 'definition' ? workspaceOf(placement.scope) : placement.workspace;
}

/** An operation of an API as its specification tells it. */
export interface Operation {
  readonly id: string;
  /** Upper case. */
  readonly method: string;
  /** `/orders/{id}` */
  readonly urlTemplate: string;
}

/** What information and specification files say of an API. Undefined: they do not say. */
export interface ApiFacts {
  readonly displayName: string | undefined;
  readonly subscriptionRequired: boolean | undefined;
  readonly type: string | undefined;
  readonly versioning: 'path' | 'query' | 'header' | undefined;
  /**
   * Undefined where the API has no specification that can be read: then an OPTIONS operation may exist. A getter: the
   * specification is read when its operations are first asked for.
   */
  readonly operations: readonly Operation[] | undefined;
}

export interface ProductFacts {
  readonly id: string;
  readonly workspace: string | undefined;
  /** Ids of the APIs in it, lower case, without revision. */
  readonly apis: ReadonlySet<string>;
  readonly subscriptionRequired: boolean | undefined;
}

export interface NamedValueFacts {
  readonly name: string;
  /** The workspace whose policies can use it; undefined: those of the service. */
  readonly workspace: string | undefined;
  /** Undefined where it is a secret, comes from a key vault, or is not written. A secret's text is never kept. */
  readonly value: string | undefined;
  readonly isSecret: boolean;
  /** The file that tells it; undefined where none does. */
  readonly path: string | undefined;
}

/** Something that policies name by its id, and that has a file or folder of its own. */
export interface ResourceFacts {
  readonly kind: 'backend' | 'logger';
  readonly id: string;
  readonly workspace: string | undefined;
  /** Its information file; undefined where the folder has none. */
  readonly path: string | undefined;
}

/** A fragment whose text is the string `properties.value` of an information file. */
export interface EmbeddedFragment {
  readonly fragmentId: string;
  readonly workspace: string | undefined;
  readonly path: string;
}

/** Why what a file tells of the service cannot be taken as it stands. A sentence or two for people. */
export interface FactProblem {
  readonly path: string;
  readonly span: Span;
  readonly message: string;
}

/** What one layout reads of one service root. Keys are lower case; those inside a workspace begin with `workspaces/<id>/`. */
export interface ServiceFacts {
  readonly apis: ReadonlyMap<string, ApiFacts>;
  readonly products: readonly ProductFacts[];
  readonly namedValues: readonly NamedValueFacts[];
  readonly resources: readonly ResourceFacts[];
  /** Fragments whose text is not in a policy file of its own. */
  readonly embeddedFragments: readonly EmbeddedFragment[];
  /** Artifacts beside APIs that an extractor writes for the service as a whole. */
  readonly hasServiceArtifacts: boolean;
  /** Files whose content is left out of the facts, so that *unknown* is not taken for "no". */
  readonly problems: readonly FactProblem[];
  /** The same for specifications. Reads those that nobody asked for so far, which takes long where they are YAML. */
  specificationProblems(): readonly FactProblem[];
}

export const noServiceFacts: ServiceFacts = {
  apis: new Map(),
  products: [],
  namedValues: [],
  resources: [],
  embeddedFragments: [],
  hasServiceArtifacts: false,
  problems: [],
  specificationProblems: () => [],
};

/** The key of something with an id inside a service or one of its workspaces. */
export function idKey(id: string, workspace: string | undefined): string {
  return (workspace === undefined ? id : `workspaces/${workspace}/${id}`).toLowerCase();
}

/** By code units, as the store sorts its paths. */
export function sortedByPath(problems: readonly FactProblem[]): readonly FactProblem[] {
  return [...problems].sort((one, other) => (one.path < other.path ? -1 : one.path === other.path ? 0 : 1));
}
