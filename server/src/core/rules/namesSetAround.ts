import { relativeTo } from '../text/paths';
import type { PolicyScope } from '../workspace/policyScope';
import { scopeKey } from '../workspace/policyScope';
import type { ReferenceContext } from './referenceContext';

/**
 * The policy variables that some policy sets for requests which run the document: in its chains, in the operations of its
 * API, in all their fragments; for a fragment, in those of its includers. Undefined where that is not known to the last:
 * a parent or fragment that is not in the workspace, a text that is broken, a name that is put together. Looks no further
 * than it takes to find the wanted names.
 */
export function namesSetAround(context: ReferenceContext, wanted: readonly string[]): ReadonlySet<string> | undefined {
  const { document, placement, owner, references, store } = context;
  if (placement.confidence === 'guessed') return undefined;
  const isBelow = (path: string): boolean => relativeTo(owner.service.root, path) !== undefined;
  if (store.unreadablePaths().some(({ path }) => isBelow(path))) return undefined;
  const names = new Set<string>();
  const seen = new Set<string>();
  const addRequests = (path: string): boolean => addRequestsOf(path, context, names, seen, wanted);
  if (placement.kind !== 'fragment') return addRequests(document.path) ? names : undefined;
  // Whoever includes it is known when all files are read, as for every answer about fragments.
  if (references.index.hasOpenUse('fragment', owner.service)) return undefined;
  const includers = definitionsThatInclude(document.path, context);
  const areKnown = includers.length > 0 && includers.every(addRequests);
  return areKnown ? names : undefined;
}

/** Adds what is set for the requests of a definition; false where that is not known. */
function addRequestsOf(
  path: string,
  context: ReferenceContext,
  names: Set<string>,
  seen: Set<string>,
  wanted: readonly string[],
): boolean {
  const placement = context.placementOf(path);
  if (placement?.kind !== 'definition' || placement.confidence === 'guessed') return false;
  if (!addChainsOf(path, context, names, seen)) return false;
  // Operations are looked for among all policies of the service. Mostly the chain itself has the names.
  if (wanted.every((name) => names.has(name))) return true;
  const narrower = narrowerPolicies(placement.scope, context);
  return narrower?.every((each) => addChainsOf(each, context, names, seen)) === true;
}

/**
 * The policies of the API's operations; none for an operation. Undefined for broader scopes: what runs for their requests
 * are all policies of the service, and one that is not extracted may set anything.
 */
function narrowerPolicies(scope: PolicyScope, { owner }: ReferenceContext): readonly string[] | undefined {
  if (scope.kind === 'operation') return [];
  if (scope.kind !== 'api') return undefined;
  const prefix = `${scopeKey(scope)}/operations/`;
  return [...owner.service.definitions].flatMap(([key, path]) => (key.startsWith(prefix) ? [path] : []));
}

function addChainsOf(path: string, context: ReferenceContext, names: Set<string>, seen: Set<string>): boolean {
  const chains = context.chainsOf(path);
  if (chains.length === 0) return false;
  return chains.every(({ links }) =>
    links.every(
      (link) =>
        link.state === 'absent' || (link.state === 'present' && addFile(link.document.path, context, names, seen)),
    ),
  );
}

/** Adds what a file sets, and the fragments that it includes. */
function addFile(path: string, context: ReferenceContext, names: Set<string>, seen: Set<string>): boolean {
  if (seen.has(path)) return true;
  seen.add(path);
  const { references, store } = context;
  const owner = references.ownerOf(path) ?? context.owner;
  const found = references.index.referencesOf(path);
  if (found === undefined || found.openKinds.includes('variable') || found.openKinds.includes('fragment')) return false;
  if (!path.toLowerCase().endsWith('.json') && (store.readDocument(path, isBroken) ?? true)) return false;
  return found.references.every(({ kind, name, isWritten }) => {
    if (kind === 'variable' && isWritten) names.add(name);
    if (kind !== 'fragment') return true;
    const fragment = references.definitionOf({ kind, name, ...owner });
    return fragment?.path !== undefined && addFile(fragment.path, context, names, seen);
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
