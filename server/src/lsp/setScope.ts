import { type CancellationToken, CreateFile, TextDocumentEdit, type WorkspaceEdit } from 'vscode-languageserver';
import {
  broaderMapping,
  foldersAbove,
  joinPath,
  projectFileName,
  refuseChoice,
  removeFromProjectFile,
  type ScopeRefusal,
  type ScopeWriting,
  type SpanEdit,
  writeAsComment,
  writeToProjectFile,
} from '../core';
import { contentModified, unlessCancelled } from './answering';
import { toWorkspaceEdit } from './convert';
import { folderAndName, isInFolder, isUnsaved, pathOfDocument } from './documentPaths';
import type { ScopeSuggestion, ScopeSuggestionsParams, SetScopeAnswer, SetScopeParams } from './protocol';
import { type Session, settle } from './session';

export async function provideScopeSuggestions(
  { service, workspace }: Session,
  { uri, ...query }: ScopeSuggestionsParams,
  token: CancellationToken,
): Promise<ScopeSuggestion[]> {
  await unlessCancelled(workspace.settled(), token);
  const path = pathOfDocument({ uri }) ?? '';
  const found = service.scopeTree().suggestions(path, query);
  return found.map(({ id, detail }) => ({ id, detail: detail ?? null }));
}

/** The edit is made from the texts as they are now, on the disk where they are not open with us. */
export async function provideSetScope(
  session: Session,
  { uri, choice, where }: SetScopeParams,
  token: CancellationToken,
): Promise<SetScopeAnswer> {
  const path = pathOfDocument({ uri });
  if (path === undefined) return refusal({ because: 'This document is no file of its own.' });
  const incomplete = refuseChoice(choice);
  if (incomplete !== undefined) return refusal(incomplete);
  await settle(session, path, token);
  const { service, documents, workspace } = session;
  const version = documents.version(path);
  // A project file may have come a moment ago: writing a second one over it would lose what it says.
  const read = [path, ...projectFilesAbove(path, session)].filter((each) => !documents.has(each) && !isUnsaved(each));
  await workspace.rereadFiles(read);
  if (documents.version(path) !== version) throw contentModified();
  if (!isUnsaved(path) && service.placed(path) === undefined) {
    return refusal({ because: 'This file is not analysed as a policy, so it has no scope.' });
  }
  const settings = service.settings(path);
  const projectFile = settings.path;

  if (where === 'projectFile') {
    if (isUnsaved(path)) return refusal({ because: 'This document is no file yet. Save it first.' });
    const folder = projectFile === undefined ? folderForProjectFile(path, session) : folderAndName(projectFile).folder;
    const text = projectFile === undefined ? undefined : service.store.text(projectFile);
    return toAnswer(writeToProjectFile(choice, path, { folder, text }), [], session);
  }
  const broader = broaderMapping(path, settings);
  if (broader !== undefined) {
    const because = `${projectFileName} names this file already ("${broader}"), and it comes before a comment. Choose the project file.`;
    return refusal({ because });
  }
  const text = service.store.text(path);
  if (text === undefined) return refusal({ because: 'This file is not analysed as a policy.' });
  const entryGone =
    projectFile === undefined
      ? []
      : removeFromProjectFile(path, folderAndName(projectFile).folder, service.store.text(projectFile) ?? '').map(
          (edit) => ({ path: projectFile, ...edit }),
        );
  return toAnswer(writeAsComment(choice, path, text), entryGone, session);
}

/** Where the nearest may be: in the folders from the file's own to the one that is open. */
function projectFilesAbove(path: string, { workspace, service }: Session): readonly string[] {
  const top = workspace.folders.find((folder) => isInFolder(folder, path));
  const known = service.settings(path).path;
  const paths = known === undefined ? [] : [known];
  if (top === undefined) return paths;
  for (const folder of foldersAbove(path)) {
    paths.push(joinPath(folder, projectFileName));
    if (folder === top) break;
  }
  return paths;
}

/** Where a new one belongs: the service's root, where a layout knows it; else the folder that is open. */
function folderForProjectFile(path: string, { service, workspace }: Session): string {
  const own = service.placed(path)?.service;
  if (own?.layoutRoot !== undefined) return own.root;
  return workspace.folders.find((folder) => isInFolder(folder, path)) ?? folderAndName(path).folder;
}

function toAnswer(
  writing: ScopeWriting | ScopeRefusal,
  alsoEdits: readonly ({ readonly path: string } & SpanEdit)[],
  session: Session,
): SetScopeAnswer {
  if ('because' in writing) return refusal(writing);
  const { path, newFile } = writing;
  const edits = [...alsoEdits, ...writing.edits.map((edit) => ({ path, ...edit }))];
  const edit = newFile === undefined ? toWorkspaceEdit(edits, session) : createFile(path, newFile, session);
  const changed = new Set([path, ...edits.map((each) => each.path)]);
  // Policies are told of as they are typed; everything else is read from the disk.
  const toSave = [...changed].filter((each) => each.endsWith(`/${projectFileName}`));
  return { edit, toSave: toSave.map((each) => session.documents.uri(each)), because: null };
}

function createFile(path: string, text: string, { client, documents }: Session): WorkspaceEdit {
  const uri = documents.uri(path);
  const insert = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: text };
  if (!client.createsFiles) return { changes: { [uri]: [insert] } };
  return {
    documentChanges: [
      CreateFile.create(uri, { ignoreIfExists: true }),
      TextDocumentEdit.create({ uri, version: null }, [insert]),
    ],
  };
}

function refusal({ because }: ScopeRefusal): SetScopeAnswer {
  return { edit: null, toSave: [], because };
}
