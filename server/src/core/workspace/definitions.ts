import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { Span } from '../text/span';
import type { ReferenceKind } from './documentReferences';
import type { DocumentStore } from './documentStore';
import { embeddedText } from './informationReferences';
import { findJsonKey, findJsonString, offsetsInJson } from './jsonString';
import { sameId } from './policyScope';
import { idKey } from './service';
import type { PlacedDocument, Service } from './workspaceModel';

/** Something with a name of its own that policies of a service refer to. */
export interface Definition {
  readonly kind: ReferenceKind;
  /** As its own file writes it: an id, or a named value's display name. */
  readonly name: string;
  /** Undefined where the whole service can use it. */
  readonly workspace: string | undefined;
  /** The file that tells what it is; undefined where only its folder is there. */
  readonly path: string | undefined;
}

/** Where in a service a name is used: the same name may mean another thing in a workspace. */
export interface UsePlace {
  readonly service: Service;
  readonly workspace: string | undefined;
}

/** What one service defines. Life: that of the service. */
export interface ServiceDefinitions {
  /** In the order of their names. */
  readonly all: readonly Definition[];
  /** What a name means for a policy of the service or of one of its workspaces. */
  find(kind: ReferenceKind, name: string, workspace: string | undefined): Definition | undefined;
  /** What a policy of the service or of one of its workspaces can name. */
  visible(kind: ReferenceKind, workspace: string | undefined): readonly Definition[];
  /**
   * False where the files of the service, or of the workspace, tell of nothing of this kind, so that nothing follows from
   * a name that is not there.
   */
  isTold(kind: ReferenceKind, workspace: string | undefined): boolean;
}

/** Everything that the files of a service define by name. `placed` tells what a policy file is. */
export function defineService(
  service: Service,
  placed: (path: string) => PlacedDocument | undefined,
): ServiceDefinitions {
  const byKey = new Map<string, Definition>();
  const told = new Set<string>();
  const add = (definition: Definition): void => {
    const key = keyOf(definition.kind, definition.name, definition.workspace);
    if (!byKey.has(key)) byKey.set(key, definition);
  };
  for (const definition of definitionsOf(service, placed)) {
    told.add(keyOf(definition.kind, '', definition.workspace));
    add(definition);
  }
  // The project file knows some values, not all names, so nothing follows from a name that it does not have.
  for (const name of Object.keys(service.settings.namedValues)) {
    add({ kind: 'namedValue', name, workspace: undefined, path: service.settings.path });
  }
  const all = [...byKey.values()].sort((one, other) => (one.name < other.name ? -1 : 1));

  const reaches = (definition: Definition, workspace: string | undefined): boolean =>
    sameId(definition.workspace, workspace) || (workspace !== undefined && isShared(definition, service));
  return {
    all,
    find(kind, name, workspace) {
      const own = byKey.get(keyOf(kind, name, workspace));
      if (own !== undefined || workspace === undefined) return own;
      const ofService = byKey.get(keyOf(kind, name, undefined));
      return ofService !== undefined && isShared(ofService, service) ? ofService : undefined;
    },
    visible: (kind, workspace) =>
      all.filter((definition) => definition.kind === kind && reaches(definition, workspace)),
    isTold: (kind, workspace) => told.has(keyOf(kind, '', workspace)),
  };
}

/**
 * Policies of a workspace can use fragments of the service, but neither its named values nor its backends and other
 * resources (workspaces-overview, resource references, June 2026). The project file knows no workspaces.
 */
function isShared({ kind, path }: Definition, { settings }: Service): boolean {
  return kind === 'fragment' || (kind === 'namedValue' && path !== undefined && path === settings.path);
}

function keyOf(kind: ReferenceKind, name: string, workspace: string | undefined): string {
  return `${kind}:${idKey(name, workspace)}`;
}

function* definitionsOf(
  { facts, fragments, definitions }: Service,
  placed: (path: string) => PlacedDocument | undefined,
): Generator<Definition> {
  for (const path of fragments.values()) {
    const placement = placed(path)?.placement;
    if (placement?.kind === 'fragment') {
      yield { kind: 'fragment', name: placement.fragmentId, workspace: placement.workspace, path };
      continue;
    }
    const embedded = facts.embeddedFragments.find((candidate) => candidate.path === path);
    if (embedded !== undefined) {
      yield { kind: 'fragment', name: embedded.fragmentId, workspace: embedded.workspace, path };
    }
  }
  for (const { name, workspace, path } of facts.namedValues) yield { kind: 'namedValue', name, workspace, path };
  for (const { kind, id, workspace, path } of facts.resources) yield { kind, name: id, workspace, path };
  for (const path of definitions.values()) {
    const placement = placed(path)?.placement;
    if (placement?.kind !== 'definition' || placement.scope.kind !== 'api') continue;
    const { api, revision, workspace } = placement.scope;
    if (api !== undefined && revision === undefined) yield { kind: 'api', name: api, workspace, path };
  }
}

/** "policy fragment log", "named value orders-url", "backend orders": kind and name, for people. */
export function describeDefinition({ kind, name }: Pick<Definition, 'kind' | 'name'>): string {
  return `${kindNames[kind]} ${name}`;
}

/** What people call each kind. */
export const kindNames: Readonly<Record<ReferenceKind, string>> = {
  fragment: 'policy fragment',
  namedValue: 'named value',
  backend: 'backend',
  logger: 'logger',
  certificate: 'certificate',
  credentialProvider: 'credential provider',
  connection: 'connection',
  schema: 'schema',
  api: 'API',
  variable: 'policy variable',
};

/** Where in its file a definition gives its name, else the beginning of what it defines. */
export function spanOfDefinition({ kind, name, path }: Definition, store: DocumentStore): Span {
  const text = path === undefined ? undefined : store.text(path);
  if (path === undefined || text === undefined) return fileStart;
  if (!path.toLowerCase().endsWith('.json')) return store.document(path)?.root?.nameSpan ?? fileStart;
  if (kind === 'fragment') return rootOfEmbedded(text) ?? fileStart;
  if (kind !== 'namedValue') return fileStart;
  return nameInFile(name, text) ?? fileStart;
}

const fileStart: Span = { start: 0, end: 0 };

/** Where an information file or the project file writes the display name; undefined where it does not. */
export function nameInFile(displayName: string, text: string): Span | undefined {
  const written = findJsonString(text, 'properties', 'displayName') ?? findJsonString(text, 'displayName');
  return written?.span ?? findJsonKey(text, 'namedValues', displayName);
}

function rootOfEmbedded(text: string): Span | undefined {
  const embedded = embeddedText(text);
  if (embedded === undefined) return undefined;
  const { root } = parsePolicyDocument(embedded.value, '', 0);
  if (root === undefined) return embedded.span;
  const toFile = offsetsInJson(text, embedded);
  const start = toFile(root.nameSpan.start);
  return { start, end: toFile(root.nameSpan.end) };
}
