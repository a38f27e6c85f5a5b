import { parentFolder, relativeTo } from '../text/paths';
import { type FileReferences, type Reference, type ReferenceKind, readReferences } from './documentReferences';
import type { DocumentStore } from './documentStore';
import { readInformationReferences } from './informationReferences';
import { workspaceOfPlacement } from './service';
import type { Service, WorkspaceModel } from './workspaceModel';

/** A reference, the file that holds it, and whose it is. */
export interface ReferenceUse extends Reference {
  readonly path: string;
  readonly service: Service;
  /** The workspace of the file. */
  readonly workspace: string | undefined;
}

/**
 * Who names what, over all files of the store. Each text is read once, when something is first asked; afterwards only
 * those that have changed.
 */
export interface ReferenceIndex {
  /** What one file names; undefined where the store has no such file, or where it is neither policy nor information. */
  referencesOf(path: string): FileReferences | undefined;
  /** Reads what the other answers rest on, one file a step, so that a host can stop between two or let others run. */
  reading(): Generator<void>;
  /** Every name of the kind that some file uses, ids in lower case. */
  names(kind: ReferenceKind): readonly string[];
  /** Every use of a name in a service, by path, then in the order of the text. Ids are compared without regard to case. */
  uses(kind: ReferenceKind, name: string, service: Service): readonly ReferenceUse[];
  /** True where some file of the service names something of the kind that only the service knows: any may be meant. */
  hasOpenUse(kind: ReferenceKind, service: Service): boolean;
}

export function createReferenceIndex(store: DocumentStore, model: () => WorkspaceModel): ReferenceIndex {
  /** By path: what it was read as when it was last entered. Equal texts give one and the same object. */
  const entered = new Map<string, FileReferences>();
  /** By kind and name: the paths of files that use it. */
  const users = new Map<string, Set<string>>();
  const openUsers = new Map<ReferenceKind, Set<string>>();
  let contentVersion = -1;
  let owners: Owners | undefined;

  const currentOwners = (): Owners => {
    const current = model();
    if (owners?.model !== current) owners = ownersIn(current, store);
    return owners;
  };
  const read = (path: string): FileReferences | undefined =>
    path.toLowerCase().endsWith('.json')
      ? store.read(path, readInformationReferences)
      : store.readDocument(path, readReferences);

  const leave = (path: string, references: FileReferences): void => {
    for (const { kind, name } of references.references) users.get(keyOf(kind, name))?.delete(path);
    for (const kind of references.openKinds) openUsers.get(kind)?.delete(path);
    entered.delete(path);
  };
  const enter = (path: string, references: FileReferences): void => {
    for (const { kind, name } of references.references) addTo(users, keyOf(kind, name), path);
    for (const kind of references.openKinds) addTo(openUsers, kind, path);
    entered.set(path, references);
  };
  const update = (): Owners => {
    const current = currentOwners();
    if (contentVersion === store.contentVersion) return current;
    contentVersion = store.contentVersion;
    for (const [path, references] of [...entered]) if (!current.paths.has(path)) leave(path, references);
    for (const path of current.paths.keys()) {
      const before = entered.get(path);
      const now = read(path);
      if (before === now) continue;
      if (before !== undefined) leave(path, before);
      if (now !== undefined) enter(path, now);
    }
    return current;
  };

  return {
    referencesOf: (path) => (currentOwners().paths.has(path) ? read(path) : undefined),
    *reading() {
      for (const path of currentOwners().paths.keys()) {
        read(path);
        yield;
      }
    },
    names(kind) {
      update();
      const prefix = keyOf(kind, '');
      return [...users].flatMap(([key, paths]) =>
        paths.size > 0 && key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
      );
    },
    uses(kind, name, service) {
      const { paths } = update();
      const key = keyOf(kind, name);
      return [...(users.get(key) ?? [])].sort().flatMap((path): readonly ReferenceUse[] => {
        const owner = paths.get(path);
        if (owner?.service !== service) return [];
        const own = entered.get(path)?.references ?? [];
        return own
          .filter((reference) => keyOf(reference.kind, reference.name) === key)
          .map((reference) => ({ ...reference, path, ...owner }));
      });
    },
    hasOpenUse(kind, service) {
      const { paths } = update();
      return [...(openUsers.get(kind) ?? [])].some((path) => paths.get(path)?.service === service);
    },
  };
}

function addTo<Key>(sets: Map<Key, Set<string>>, key: Key, path: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([path]));
  else known.add(path);
}

/** Policy variables are the one kind whose names are no ids: the keys of a dictionary of C#. */
function keyOf(kind: ReferenceKind, name: string): string {
  return `${kind}:${kind === 'variable' ? name : name.toLowerCase()}`;
}

/** The files that may name something, and whose they are. Life: one model. */
interface Owners {
  readonly model: WorkspaceModel;
  readonly paths: ReadonlyMap<string, { readonly service: Service; readonly workspace: string | undefined }>;
}

function ownersIn(model: WorkspaceModel, store: DocumentStore): Owners {
  const paths = new Map<string, { readonly service: Service; readonly workspace: string | undefined }>();
  const services = new Map<string, Service>();
  for (const { path, placement, service } of model.documents.values()) {
    paths.set(path, { service, workspace: workspaceOfPlacement(placement) });
    services.set(service.root, service);
  }
  for (const { root, layoutRoot } of services.values()) {
    if (layoutRoot === undefined) continue;
    for (const path of store.pathsBelow(root)) {
      if (!/_?information\.json$/i.test(path) || paths.has(path)) continue;
      // The innermost root counts: services may stand inside another's folder.
      let folder = parentFolder(path);
      while (folder !== undefined && services.get(folder)?.layoutRoot === undefined) folder = parentFolder(folder);
      const service = folder === undefined ? undefined : services.get(folder);
      if (service === undefined) continue;
      const workspace = /^workspaces\/([^/]+)\//i.exec(relativeTo(service.root, path) ?? '')?.[1];
      paths.set(path, { service, workspace });
    }
  }
  return { model, paths };
}
