import { scopeKey } from './policyScope';
import type { ReferenceIndex, ReferenceUse } from './referenceIndex';
import { scopesOfChains } from './scopeChains';
import type { Service, WorkspaceModel } from './workspaceModel';

/** The scopes whose requests run a file, and those of the chains that such requests go through. */
interface Reach {
  readonly own: ReadonlySet<string>;
  readonly chains: ReadonlySet<string>;
}

/** Which of the files that use a policy variable share it, since one request can run both. */
export interface VariableFlow {
  /** True where one request can run both files: they are of one chain, or fragments that such files include. */
  runTogether(one: string, other: string): boolean;
  /** The uses in the file and in all files that share the variable with it, directly or through others. */
  sharedUses(name: string, path: string): readonly ReferenceUse[];
}

/** Knows the texts as they are when it is made. */
export function followVariables(service: Service, model: WorkspaceModel, index: ReferenceIndex): VariableFlow {
  const reaches = new Map<string, Reach>();
  const reachOf = (path: string): Reach => {
    const known = reaches.get(path) ?? findReach(path, service, model, index);
    reaches.set(path, known);
    return known;
  };
  const runTogether = (one: string, other: string): boolean =>
    one === other || meet(reachOf(one), reachOf(other)) || meet(reachOf(other), reachOf(one));
  return {
    runTogether,
    sharedUses(name, path) {
      const uses = index.uses('variable', name, service);
      let left = [...new Set(uses.map((use) => use.path))].filter((other) => other !== path);
      const shared = [path];
      for (const next of shared) {
        const joined = new Set(left.filter((other) => runTogether(next, other)));
        shared.push(...joined);
        left = left.filter((other) => !joined.has(other));
      }
      const paths = new Set(shared);
      return uses.filter((use) => paths.has(use.path));
    },
  };
}

/** A request of the one's own scopes runs a policy of the other's, where a chain goes through it. */
function meet({ chains }: Reach, { own }: Reach): boolean {
  const [few, many] = chains.size < own.size ? [chains, own] : [own, chains];
  for (const scope of few) if (many.has(scope)) return true;
  return false;
}

function findReach(path: string, service: Service, model: WorkspaceModel, index: ReferenceIndex): Reach {
  const own = new Set<string>();
  const chains = new Set<string>();
  for (const definition of definitionsThatRun(path, service, model, index)) {
    const placement = model.documents.get(definition)?.placement;
    if (placement?.kind !== 'definition' || placement.scope.kind === 'unknown') {
      // Nobody knows its chain; it shares variables with the fragments that it includes.
      own.add(definition);
      chains.add(definition);
      continue;
    }
    own.add(scopeKey(placement.scope));
    for (const scope of scopesOfChains(placement.scope, service)) chains.add(scopeKey(scope));
  }
  return { own, chains };
}

/** The file itself, or where it is a fragment, the policies that include it, also through other fragments. */
function definitionsThatRun(
  path: string,
  service: Service,
  model: WorkspaceModel,
  index: ReferenceIndex,
): readonly string[] {
  const seen = new Set([path]);
  for (const next of seen) {
    const fragmentId = fragmentIdOf(next, service, model);
    if (fragmentId === undefined) continue;
    for (const use of index.uses('fragment', fragmentId, service)) seen.add(use.path);
  }
  return [...seen].filter((each) => each === path || fragmentIdOf(each, service, model) === undefined);
}

function fragmentIdOf(path: string, { facts }: Service, model: WorkspaceModel): string | undefined {
  const placement = model.documents.get(path)?.placement;
  if (placement !== undefined) return placement.kind === 'fragment' ? placement.fragmentId : undefined;
  return facts.embeddedFragments.find((fragment) => fragment.path === path)?.fragmentId;
}
