import { baseName, joinPath, parentFolder } from '../text/paths';
import { type Definition, describeDefinition, kindNames, nameInFile } from '../workspace/definitions';
import type { ReferenceKind } from '../workspace/documentReferences';
import type { DocumentStore } from '../workspace/documentStore';
import { findJsonKey, findJsonString } from '../workspace/jsonString';
import { sameId } from '../workspace/policyScope';
import type { ReferenceUse } from '../workspace/referenceIndex';
import type { NamedThing, References } from '../workspace/references';
import type { RenameEdit, Renaming } from './rename';

/** What a rename across files needs to know. */
export interface RenameSurroundings {
  readonly references: References;
  readonly store: DocumentStore;
  /** How messages name a file or folder. */
  readonly relativePath: (path: string) => string;
}

/** Names as the service accepts them, in letters that every file system and every text around them takes. */
const allowedNames: Partial<Record<ReferenceKind, { readonly pattern: RegExp; readonly words: string }>> = {
  fragment: {
    pattern: /^\w(?:[\w-]{0,78}\w)?$/,
    words: 'An id has up to 80 letters, digits, _ and -, and neither begins nor ends with -.',
  },
  namedValue: {
    pattern: /^[A-Za-z0-9_.-]{1,256}$/,
    words: 'A display name has up to 256 letters, digits, -, _ and dots.',
  },
  backend: {
    pattern: /^\w(?:[\w.-]{0,78}\w)?$/,
    words: 'An id has up to 80 letters, digits, _, - and dots, and begins and ends with a letter or digit.',
  },
  logger: {
    pattern: /^\w(?:[\w.-]{0,254}\w)?$/,
    words: 'An id has up to 256 letters, digits, _, - and dots, and begins and ends with a letter or digit.',
  },
  variable: {
    pattern: /^[^\s"'&<>{}\\](?:[^"'&<>{}\\\r\n]{0,254}[^\s"'&<>{}\\])?$/,
    words: 'A name has neither quotes, brackets, & nor \\, and no blank at its ends.',
  },
};

/** True for what the files themselves define. A certificate, for example, is in the service alone. */
export function canBeRenamed(kind: ReferenceKind): boolean {
  return allowedNames[kind] !== undefined;
}

/**
 * Changes a name wherever it is written, and its definition with it: the folder of a fragment, backend or logger, the
 * display name of a named value. Of a policy variable: in all files that share it, since one request can run both.
 */
export function renameThing(
  thing: NamedThing,
  path: string,
  newName: string,
  surroundings: RenameSurroundings,
): Renaming | undefined {
  const allowed = allowedNames[thing.kind];
  if (allowed === undefined) return undefined;
  if (!allowed.pattern.test(newName)) {
    return { refusedBecause: `"${newName}" cannot be the name of a ${kindNames[thing.kind]}. ${allowed.words}` };
  }
  if (thing.kind === 'variable') return renameVariable(thing, path, newName, surroundings);
  return renameDefinition(thing, path, newName, surroundings);
}

function renameVariable(
  thing: NamedThing,
  path: string,
  newName: string,
  { references, relativePath }: RenameSurroundings,
): Renaming {
  const uses = references.usesOf(thing, path);
  const paths = new Set([path, ...uses.map((use) => use.path)]);
  const flow = references.flowIn(thing.service);
  const taken = references.index
    .uses('variable', newName, thing.service)
    .find((use) => [...paths].some((each) => flow.runTogether(each, use.path)));
  if (taken !== undefined && newName !== thing.name) {
    const refusedBecause = `${relativePath(taken.path)} uses a policy variable "${newName}" already, for the same requests: the two would become one. Choose another name.`;
    return { refusedBecause };
  }
  return { edits: uses.map((use) => editOf(use, newName)) };
}

function renameDefinition(
  thing: NamedThing,
  path: string,
  newName: string,
  surroundings: RenameSurroundings,
): Renaming {
  const { references, relativePath } = surroundings;
  const { kind, name, service } = thing;
  const definition = references.definitionOf(thing);
  if (definition?.path === undefined) {
    const refusedBecause = `No file of the workspace defines the ${kindNames[kind]} "${name}", so only its uses could be changed. Change the name where it is used, and rename it in the service.`;
    return { refusedBecause };
  }
  const same = references.definitionsIn(service).find(kind, newName, definition.workspace);
  if (same !== undefined && same !== definition) {
    const where = same.path === undefined ? '' : ` (${relativePath(same.path)})`;
    return { refusedBecause: `There is a ${describeDefinition(same)} already${where}. Choose another name.` };
  }
  const uses = references.usesOf(thing, path).map((use) => editOf(use, newName));
  return kind === 'namedValue'
    ? renameNamedValue(definition, definition.path, thing, uses, newName, surroundings)
    : renameFolder(definition, definition.path, thing, uses, newName, surroundings);
}

function editOf({ path, span }: ReferenceUse, newText: string): RenameEdit {
  return { path, span, newText };
}

/** Its id, the folder's name, stays: the service knows the named value by it. */
function renameNamedValue(
  { name }: Definition,
  path: string,
  { service }: NamedThing,
  uses: readonly RenameEdit[],
  newName: string,
  { store, relativePath }: RenameSurroundings,
): Renaming {
  const written = nameInFile(name, store.text(path) ?? '');
  if (written === undefined) {
    return {
      refusedBecause: `${relativePath(path)} has no "displayName", so the folder’s name counts. Add "displayName": "${name}" to its properties, and rename again.`,
    };
  }
  const { path: projectFile } = service.settings;
  const key = projectFile === undefined ? undefined : findJsonKey(store.text(projectFile) ?? '', 'namedValues', name);
  const inProjectFile =
    projectFile === undefined || key === undefined || projectFile === path
      ? []
      : [{ path: projectFile, span: key, newText: newName }];
  return { edits: [{ path, span: written, newText: newName }, ...inProjectFile, ...uses] };
}

function renameFolder(
  { kind, name }: Definition,
  path: string,
  { service }: NamedThing,
  uses: readonly RenameEdit[],
  newName: string,
  { store, relativePath }: RenameSurroundings,
): Renaming {
  const folder = parentFolder(path) as string;
  const to = joinPath(parentFolder(folder) ?? '/', newName);
  const placed = service.layoutRoot?.place(joinPath(to, 'policy.xml'));
  const isNamedByFolder =
    sameId(baseName(folder), name) &&
    (kind !== 'fragment' || (placed?.kind === 'fragment' && placed.fragmentId === newName));
  if (!isNamedByFolder) {
    return {
      refusedBecause: `The id of ${kindNames[kind]} "${name}" does not come from a folder of its name (${relativePath(path)}). Change it where it is set, such as "scopes" in the project file, and then where it is used.`,
    };
  }
  if (!sameId(folder, to) && store.pathsBelow(to).length > 0) {
    return { refusedBecause: `There is a folder ${relativePath(to)} already. Choose another name.` };
  }
  const inside = store.pathsBelow(folder).flatMap((each): readonly RenameEdit[] => {
    // Some exports write the id into the information file, too.
    const id = /\.json$/i.test(each) ? findJsonString(store.text(each) ?? '', 'name') : undefined;
    return id !== undefined && sameId(id.value, name) ? [{ path: each, span: id.span, newText: newName }] : [];
  });
  const edits = [...uses, ...inside];
  return folder === to ? { edits } : { edits, moved: { from: folder, to } };
}
