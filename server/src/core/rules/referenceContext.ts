import type { PolicyDocument } from '../syntax/policyTree';
import type { UsePlace } from '../workspace/definitions';
import type { DocumentStore } from '../workspace/documentStore';
import type { References } from '../workspace/references';
import type { Placement } from '../workspace/service';

/** One policy document, and what its names mean in its service. Life: one content version of the workspace. */
export interface ReferenceContext {
  readonly document: PolicyDocument;
  readonly placement: Placement;
  readonly owner: UsePlace;
  readonly references: References;
  readonly store: DocumentStore;
  /** What another file is; undefined for files that take no part. */
  placementOf(path: string): Placement | undefined;
}
