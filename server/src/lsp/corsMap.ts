import type { CancellationToken } from 'vscode-languageserver';
import { type CorsMap, corsMapCodes, describeCorsMapTerms } from '../core';
import { throwIfCancelled, unlessCancelled } from './answering';
import { isInFolder, pathOfDocument } from './documentPaths';
import type { CorsMapParams, CorsMapReply } from './protocol';
import { letOthersRun, sliceMs } from './scheduling';
import type { Session } from './session';

/** The map of one service, and which others there are. */
export async function provideCorsMap(
  session: Session,
  params: CorsMapParams,
  token: CancellationToken,
): Promise<CorsMapReply> {
  await unlessCancelled(session.workspace.settled(), token);
  for (;;) {
    const { store } = session.service;
    const version = store.contentVersion;
    const roots = session.service.corsMapRoots();
    const root = chooseRoot(params, roots, session);
    const steps = root === undefined ? undefined : session.service.computingCorsMap(root, params.options ?? {});
    const map = steps && (await inSlices(steps, () => store.contentVersion === version, token));
    // Texts that changed meanwhile would leave a map that is half of one, half of the other.
    if (store.contentVersion !== version) continue;
    return {
      services: roots.map((each) => ({ root: session.documents.uri(each), title: titleOf(each, session) })),
      products: root === undefined ? [] : productsOf(root, session),
      data:
        map === undefined
          ? null
          : {
              map: withUris(map, session),
              title: titleOf(map.root, session),
              terms: describeCorsMapTerms(map.terms),
              codes: corsMapCodes,
            },
    };
  }
}

/** Between slices, other messages are handled: keystrokes, and the word that nobody wants the map any more. */
async function inSlices<Result>(
  steps: Generator<void, Result>,
  isCurrent: () => boolean,
  token: CancellationToken,
): Promise<Result | undefined> {
  let sliceEnd = Date.now() + sliceMs;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    if (Date.now() < sliceEnd) continue;
    await letOthersRun();
    throwIfCancelled(token);
    if (!isCurrent()) return undefined;
    sliceEnd = Date.now() + sliceMs;
  }
}

/** The service that is named, else that of the file, else the first. */
function chooseRoot({ root, uri }: CorsMapParams, roots: readonly string[], session: Session): string | undefined {
  const named = root == null ? undefined : pathOfDocument({ uri: root });
  const path = uri == null ? undefined : pathOfDocument({ uri });
  const ofFile = path === undefined ? undefined : session.service.placed(path)?.service.root;
  return [named, ofFile, roots[0]].find((each) => each !== undefined && roots.includes(each));
}

function productsOf(root: string, { service }: Session): readonly string[] {
  for (const placed of service.model().documents.values()) {
    if (placed.service.root === root) return placed.service.facts.products.map(({ id }) => id).sort();
  }
  return [];
}

/** As people know it: below the folder that they have open, or that folder's own name. */
function titleOf(root: string, { workspace }: Session): string {
  const folder = workspace.folders.find((candidate) => isInFolder(candidate, root));
  const relative = folder === undefined ? root : root.slice(folder.length).replace(/^\/+/, '');
  return relative === '' ? (root.split('/').at(-1) ?? root) : relative;
}

function withUris(map: CorsMap, { documents }: Session): CorsMap {
  const uris = new Map<string, string>();
  const uriOf = (path: string): string => {
    const uri = uris.get(path) ?? documents.uri(path);
    uris.set(path, uri);
    return uri;
  };
  const named = <Item extends { readonly policy: string | null }>(item: Item): Item =>
    item.policy === null ? item : { ...item, policy: uriOf(item.policy) };
  return {
    ...map,
    root: uriOf(map.root),
    global: map.global === null ? null : uriOf(map.global),
    apis: map.apis.map(named),
    rows: map.rows.map(named),
  };
}
