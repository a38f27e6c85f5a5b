import type { DocumentStore } from '../documentStore';
import type { PolicyScope } from '../policyScope';
import type { Placement, ServiceFacts } from '../service';

/** The part of the store that layouts read. */
export type WorkspaceFiles = Pick<DocumentStore, 'pathsBelow' | 'pathsIn' | 'has' | 'isPolicy' | 'read'>;

/** One way of laying out a service's policies in folders. One file each; `layouts.ts` lists them in order. */
export interface PolicyLayout {
  readonly id: string;
  /** Folders that may be the root of the service that the file belongs to, judged by the path alone, best first. */
  possibleRoots(path: string): readonly string[];
  /** Those of them whose files a host loads for a single file. Left out: all. */
  rootsToLoad?(path: string): readonly string[];
  /** Looks at the files below the folder; undefined where they do not show that it is a root of this layout. */
  openRoot(root: string, files: WorkspaceFiles): LayoutRoot | undefined;
  /** Paths that stand for a policy in the layout whatever their text: a broken one must not count as absent. */
  expectsPolicy(path: string): boolean;
  /** True for mere names of files: where a project file has `scopes`, its folder is the service's root, not theirs. */
  readonly isNamingOnly?: boolean;
  /** The folders directly below a root that belong to the layout. */
  isServiceFolder(name: string): boolean;
}

/** A folder that is a root of a layout. Life: one structure version of the store. */
export interface LayoutRoot {
  /** What a policy file below the root is; undefined where the layout does not know such a path. Takes constant time. */
  place(path: string): Placement | undefined;
  readFacts(): ServiceFacts;
  /**
   * What it means that a scope has no policy file. Left out: it is not known whether there is one. Contract: design,
   * "When a parent's document is missing".
   */
  missing?(scope: PolicyScope, facts: ServiceFacts): MissingPolicy;
  /** True for a file whose scope is not known, but is narrower than global: the global policy is above it. */
  isBelowGlobal?(path: string): boolean;
}

/** `because` is a clause for people. */
export interface MissingPolicy {
  readonly state: 'absent' | 'unknown';
  readonly because: string;
}
