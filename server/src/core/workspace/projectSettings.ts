import type { Severity } from './severity';

/** What the nearest `apim-policy.config.json` says (contract: design, "Project file"). Everything is optional. */
export interface ProjectSettings {
  /** The project file; undefined where there is none, and every setting has its default. */
  readonly path: string | undefined;
  readonly scopes: readonly ScopeMapping[];
  /** By rule id. */
  readonly rules: Readonly<Record<string, Severity | 'off'>>;
  /** Switches of cors-semantics 0.3 by name. */
  readonly assume: Readonly<Record<string, string>>;
  /** Origins of developer portals beside the default hosts; `*` stands for part of a host. */
  readonly portalOrigins: readonly string[];
  /** Origins that the team's own pages are served from. */
  readonly origins: readonly string[];
  /** Scopes that are known not to have a policy of their own. */
  readonly absent: readonly string[];
  readonly isProduction: boolean;
  readonly namedValues: Readonly<Record<string, string>>;
  readonly products: readonly {
    readonly id: string;
    readonly apis: readonly string[];
    readonly subscriptionRequired: boolean | undefined;
  }[];
}

/** `{ "glob": "policies/{api}.xml", "scope": "api", "api": "{api}" }`: `{name}` in the glob takes part of a path segment. */
export interface ScopeMapping {
  readonly glob: string;
  readonly scope: 'global' | 'workspace' | 'product' | 'api' | 'operation' | 'fragment';
  readonly workspace?: string;
  readonly product?: string;
  /** May end with `;rev=` and the revision, as the service writes it. */
  readonly api?: string;
  readonly revision?: string | number;
  readonly operation?: string;
  readonly fragment?: string;
}

export const defaultSettings: ProjectSettings = {
  path: undefined,
  scopes: [],
  rules: {},
  assume: {},
  portalOrigins: [],
  origins: [],
  absent: [],
  isProduction: false,
  namedValues: {},
  products: [],
};
