import { relativeTo } from '../text/paths';
import { type PolicyScope, scopeKey } from '../workspace/policyScope';
import { missingLink, scopesOfChains } from '../workspace/scopeChains';
import type { ReferenceContext } from './referenceContext';

/**
 * The policy variables that some policy sets for requests which run the document: in its chains, in the operations of its
 * API, in all their fragments; for a fragment, in those of its includers. Undefined where that is not known to the last:
 * a parent or fragment that is not in the workspace, a text that is broken, a name that is put together. Looks no further
 * than it takes to find the wanted names. Makes no trees: a fragment may be included by thousands of policies.
 */
export function namesSetAround(context: ReferenceContext, wanted: readonly string[]): ReadonlySet<string> | undefined {
  const { document, placement, owner, references, store } = context;
  if (placement.confidence === 'guessed') return undefined;
  const isBelow = (path: string): boolean => relativeTo(owner.service.root, path) !== undefined;
  if (store.unreadablePaths().some(({ path }) => isBelow(path))) return undefined;
  const found: Found = { names: new Set(), files: new Set(), scopes: new Set() };
  const areFound = (): boolean => wanted.every((name) => found.names.has(name));
  // Operations are looked at last: mostly the chain itself has the names.
  const addRequests = (path: string): boolean =>
    areFound() || (addChainsOf(path, context, found) && (areFound() || addOperationsOf(path, context, found)));
  if (placement.kind !== 'fragment') return addRequests(document.path) ? found.names : undefined;
  // Whoever includes it is known when all files are read, as for every answer about fragments.
  if (references.index.hasOpenUse('fragment', owner.service)) return undefined;
  const includers = definitionsThatInclude(document.path, context);
  const areKnown = includers.length > 0 && includers.every(addRequests);
  return areKnown ? found.names : undefined;
}

/** What is set, and the files and scopes that were looked at for it, each once. */
interface Found {
  readonly names: Set<string>;
  readonly files: Set<string>;
  readonly scopes: Set<string>;
}

/** Adds what the definition and all its parents set, in each product; false where that is not known. */
function addChainsOf(path: string, context: ReferenceContext, found: Found): boolean {
  const placement = context.placementOf(path);
  if (placement?.kind !== 'definition' || placement.confidence === 'guessed') return false;
  if (placement.scope.kind === 'unknown') return false;
  const [, ...parents] = scopesOfChains(placement.scope, context.owner.service);
  return addFile(path, context, found) && parents.every((scope) => addScope(scope, context, found));
}

/** Adds what the policy of a scope sets: nothing, where it is known to have none. */
function addScope(scope: PolicyScope, context: ReferenceContext, found: Found): boolean {
  const key = scopeKey(scope);
  if (found.scopes.has(key)) return true;
  found.scopes.add(key);
  const { service } = context.owner;
  const path = service.definitions.get(key);
  if (path !== undefined) return addFile(path, context, found);
  return missingLink(scope, service, context.store).state === 'absent';
}

/**
 * Adds what the policies of the API's operations set, whose parents are the API's and the API; nothing for an operation.
 * False for broader scopes: what runs for their requests are all policies of the service, and one that is not extracted
 * may set anything.
 */
function addOperationsOf(path: string, context: ReferenceContext, found: Found): boolean {
  const placement = context.placementOf(path);
  if (placement?.kind !== 'definition') return false;
  if (placement.scope.kind === 'operation') return true;
  if (placement.scope.kind !== 'api') return false;
  const operations = context.owner.service.operationPolicies.get(scopeKey(placement.scope)) ?? [];
  return operations.every((operation) => addFile(operation, context, found));
}

/** Adds what a file sets, and the fragments that it includes. */
function addFile(path: string, context: ReferenceContext, found: Found): boolean {
  if (found.files.has(path)) return true;
  found.files.add(path);
  const { references, store } = context;
  const owner = references.ownerOf(path) ?? context.owner;
  const inFile = references.index.referencesOf(path);
  if (inFile === undefined || inFile.openKinds.includes('variable') || inFile.openKinds.includes('fragment'))
    return false;
  if (!path.toLowerCase().endsWith('.json') && (store.readDocument(path, isBroken) ?? true)) return false;
  return inFile.references.every(({ kind, name, isWritten }) => {
    if (kind === 'variable' && isWritten) found.names.add(name);
    if (kind !== 'fragment') return true;
    const fragment = references.definitionOf({ kind, name, ...owner });
    return fragment?.path !== undefined && addFile(fragment.path, context, found);
  });
}

function isBroken({ problems, kind }: ReferenceContext['document']): boolean {
  return problems.length > 0 || kind === 'unrecognised';
}

/** The definitions that include the fragment, also through other fragments. */
function definitionsThatInclude(fragment: string, context: ReferenceContext): readonly string[] {
  const { references, owner } = context;
  const seen = new Set([fragment]);
  for (const path of seen) {
    const placement = context.placementOf(path);
    if (placement !== undefined && placement.kind !== 'fragment') continue;
    for (const definition of references.definitionsIn(owner.service).all) {
      if (definition.kind !== 'fragment' || definition.path !== path) continue;
      for (const use of references.index.uses('fragment', definition.name, owner.service)) seen.add(use.path);
    }
  }
  return [...seen].filter((path) => path !== fragment && context.placementOf(path)?.kind === 'definition');
}
