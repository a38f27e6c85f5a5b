import type { DocumentStore } from '../documentStore';
import type { PolicyScope } from '../policyScope';
import type { Placement, ServiceFacts } from '../service';

/** The part of the store that layouts read. */
export type WorkspaceFiles = Pick<DocumentStore, 'pathsBelow' | 'has' | 'read'>;

/** One way of laying out a service's policies in folders. One file each; `layouts.ts` lists them in order. */
export interface PolicyLayout {
  readonly id: string;
  /** Folders that may be the service's root, judged by the path alone, best first. The host loads them. */
  possibleRoots(path: string): readonly string[];
  /** True where the files confirm that the folder is a root of this layout. */
  confirmsRoot(root: string, files: WorkspaceFiles): boolean;
  /** What a policy file is, by its path below the root; undefined where the layout does not know such a path. */
  place(root: string, path: string): Placement | undefined;
  /** Names that stand for a policy in the layout whatever their text: a broken one must not count as absent. */
  isPolicyName(name: string): boolean;
  /** The folders directly below a root that belong to the layout. */
  isServiceFolder(name: string): boolean;
  readFacts(root: string, files: WorkspaceFiles): ServiceFacts;
  /** What it means that a scope has no policy file. Contract: design, "When a parent's document is missing". */
  missing(scope: PolicyScope, facts: ServiceFacts): { readonly state: 'absent' | 'unknown'; readonly because: string };
}
