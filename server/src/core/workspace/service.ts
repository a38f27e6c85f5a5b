import type { PolicyScope, ScopeConfidence } from './policyScope';

/** What a file is in its service, and how that is known. */
export type Placement = (
  | { readonly kind: 'definition'; readonly scope: PolicyScope }
  | { readonly kind: 'fragment'; readonly fragmentId: string; readonly workspace?: string }
  | { readonly kind: 'resolver' }
) & {
  readonly confidence: ScopeConfidence;
  /** For people: "APIOps layout", "scopes of apim-policy.config.json". */
  readonly why: string;
};

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
  /** Undefined where the API has no specification that can be read: then an OPTIONS operation may exist. */
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
  /** Undefined where it is a secret, comes from a key vault, or is not written. A secret's text is never kept. */
  readonly value: string | undefined;
  readonly isSecret: boolean;
}

/** Where the text of a fragment is held. */
export interface FragmentSource {
  readonly path: string;
  /** `json`: the string `properties.value` of an information file. */
  readonly form: 'xml' | 'json';
}

/** What one layout reads of one service root. Keys are lower case; those inside a workspace begin with `workspaces/<id>/`. */
export interface ServiceFacts {
  readonly apis: ReadonlyMap<string, ApiFacts>;
  readonly products: readonly ProductFacts[];
  readonly namedValues: readonly NamedValueFacts[];
  /** Fragments whose text is not in a policy file of its own. */
  readonly embeddedFragments: ReadonlyMap<string, FragmentSource>;
  /** Artifacts beside APIs that an extractor writes for the service as a whole. */
  readonly hasServiceArtifacts: boolean;
}

export const noServiceFacts: ServiceFacts = {
  apis: new Map(),
  products: [],
  namedValues: [],
  embeddedFragments: new Map(),
  hasServiceArtifacts: false,
};

/** The key of something with an id inside a service or one of its workspaces. */
export function idKey(id: string, workspace: string | undefined): string {
  return (workspace === undefined ? id : `workspaces/${workspace}/${id}`).toLowerCase();
}
