import { baseName, parentFolder, relativeTo } from '../../text/paths';
import { collectionOf, informationNoun, splitWorkspace } from './apiopsNames';
import type { WorkspaceFiles } from './layout';

/**
 * Outermost first: a service's folder may itself lie below a folder called `products`. A folder in `workspaces` is a
 * workspace and never a root, but for `/workspaces/<name>`: development containers keep repositories there.
 */
export function possibleRoots(path: string): readonly string[] {
  const roots: string[] = [];
  for (let root = parentFolder(path); root !== undefined; ) {
    const collectionFolder = parentFolder(root);
    const collection = collectionFolder === undefined ? undefined : collectionOf(baseName(collectionFolder));
    const outer = collection === undefined ? undefined : parentFolder(collectionFolder as string);
    const isWorkspace = collection === 'workspaces' && outer !== undefined && !isRootOfDisk(outer);
    if (!isWorkspace) roots.unshift(root);
    root = outer;
  }
  return roots;
}

/** `/`, `c:/`, `memfs:`, `vscode-remote://codespaces`: nobody's folder of artifacts. */
function isRootOfDisk(folder: string): boolean {
  return /^(\/|[a-z][\w+.-]*:(\/|\/\/[^/]*)?)$/i.test(folder);
}

export function isServiceFolder(name: string): boolean {
  const collection = collectionOf(name);
  return collection !== undefined && collection !== 'operations' && collection !== 'resolvers';
}

/**
 * True where the files below show that the folder collects a service's artifacts: something in `apis`, an artifact's
 * information file, or a policy beside any other collection. What shows it for one of its workspaces shows it, too.
 */
export function confirmsRoot(root: string, files: WorkspaceFiles): boolean {
  // Whatever lies in /workspaces may be a repository; only its information file makes it an APIM workspace.
  const asksInformation = isRootOfDisk(root);
  // The root itself ('') and its workspaces: which have a policy of their own, and which a collection.
  const withPolicy = new Set<string>();
  const withCollection = new Set<string>();
  for (const path of files.pathsBelow(root)) {
    const all = (relativeTo(root, path) as string).split('/');
    const { workspace, segments } = splitWorkspace(all);
    if (informationKind(all) === 'own') return true;
    if (workspace !== undefined && asksInformation) continue;
    if (showsArtifact(segments)) return true;
    if (workspace !== undefined) withCollection.add('');
    const place = workspace ?? '';
    if (segments.length === 1 && segments[0] === 'policy.xml') withPolicy.add(place);
    if (isInCollection(segments)) withCollection.add(place);
    if (withPolicy.has(place) && withCollection.has(place)) return true;
  }
  return withPolicy.has('') && withCollection.has('');
}

/** `apis/orders/…`, `products/starter/productInformation.json`, `products/starter/apis/orders/productApiInformation.json` */
function showsArtifact(segments: readonly string[]): boolean {
  const kind = informationKind(segments);
  if (kind !== undefined) return kind === 'own';
  const [collection = '', , name = ''] = segments;
  if (!isServiceFolder(collection)) return false;
  if (collectionOf(collection) === 'apis') return segments.length > 2;
  if (segments.length === 5) return informationKind(segments.slice(2)) === 'link';
  return segments.length === 3 && name === 'apis.json';
}

function isInCollection(segments: readonly string[]): boolean {
  return segments.length > 2 && isServiceFolder(segments[0] as string) && informationKind(segments) !== 'link';
}

/**
 * What a path of the form `collection/item/…Information.json` is: the item's own information (`products/starter/
 * productInformation.json`), or a link from the artifact around it (`apis/orders/productApiInformation.json` in a
 * product's folder, which is therefore no root).
 */
function informationKind(segments: readonly string[]): 'own' | 'link' | undefined {
  const [collection = '', , name = ''] = segments;
  const noun = segments.length === 3 ? informationNoun(name) : undefined;
  const singular = collectionOf(collection)?.slice(0, -1);
  if (noun === undefined || singular === undefined || !noun.endsWith(singular)) return undefined;
  // v4 and v5 write apiVersionSetInformation.json.
  return noun === singular || noun === 'apiversionset' ? 'own' : 'link';
}
