import type { PolicyDocument } from '../syntax/policyTree';
import type { DocumentStore } from '../workspace/documentStore';
import { createRecentCache } from '../workspace/recentCache';
import type { WorkspaceModel } from '../workspace/workspaceModel';
import type { EffectivePolicy } from './effectivePolicy';

/** What an answer leaves for the next one. */
export interface ModelCaches {
  /** Life: one structure version of the store. */
  model(build: () => WorkspaceModel): WorkspaceModel;
  /**
   * A document's effective policies. Life: the model, or until one of the documents that `compute` says they rest on
   * changes, so that a change costs what rests on it.
   */
  policies(
    path: string,
    model: WorkspaceModel,
    compute: (restsOn: (document: PolicyDocument) => void) => readonly EffectivePolicy[],
  ): readonly EffectivePolicy[];
  /** Lets go of what was not used lately. Between two answers: inside one, trees are compared by identity. */
  release(): void;
}

/** More effective policies than anybody has documents open; each keeps the trees of its chain. */
const keptPolicies = 64;

interface KnownPolicies {
  readonly policies: readonly EffectivePolicy[];
  readonly model: WorkspaceModel;
  /** Their chains' documents and fragments. */
  readonly documents: ReadonlySet<PolicyDocument>;
}

export function createModelCaches(store: DocumentStore): ModelCaches {
  let model: WorkspaceModel | undefined;
  const policies = createRecentCache<KnownPolicies>(keptPolicies);
  // A text inside another file is the model's: it changes with the structure.
  const isCurrent = (document: PolicyDocument): boolean => document.isEmbedded === true || store.isCurrent(document);
  return {
    model(build) {
      if (model?.structureVersion !== store.structureVersion) model = build();
      return model;
    },
    policies(path, current, compute) {
      const known = policies.get(path);
      if (known?.model === current && [...known.documents].every(isCurrent)) return known.policies;
      const documents = new Set<PolicyDocument>();
      const computed = compute((document) => documents.add(document));
      policies.set(path, { policies: computed, model: current, documents });
      return computed;
    },
    release() {
      policies.rotate();
      store.releaseTrees();
    },
  };
}
