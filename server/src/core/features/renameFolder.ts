import { baseName, parentFolder } from '../text/paths';
import type { Definition } from '../workspace/definitions';
import type { Service } from '../workspace/workspaceModel';
import type { RenameEdit } from './rename';
import { type RenameSurroundings, renameThing } from './renameReferences';

/**
 * What to change in texts where a folder is about to get another name, so that what names the fragment, backend or logger
 * in it still does. Nothing for other folders, for one that goes elsewhere, and where the new name cannot be an id or is
 * taken: a user who renames folders is not to be stopped. The paths are those before the renaming.
 */
export function folderRenameEdits(
  from: string,
  to: string,
  services: Iterable<Service>,
  surroundings: RenameSurroundings,
): readonly RenameEdit[] {
  if (parentFolder(from) !== parentFolder(to)) return [];
  const isInFolder = ({ kind, path }: Definition): boolean =>
    path !== undefined && kind !== 'namedValue' && parentFolder(path) === from;
  for (const service of services) {
    const definition = surroundings.references.definitionsIn(service).all.find(isInFolder);
    if (definition?.path === undefined) continue;
    const { kind, name, workspace, path } = definition;
    const thing = { kind, name, workspace, service, span: { start: 0, end: 0 } };
    const renaming = renameThing(thing, path, baseName(to), surroundings);
    return renaming !== undefined && 'edits' in renaming && renaming.moved?.to === to ? renaming.edits : [];
  }
  return [];
}
