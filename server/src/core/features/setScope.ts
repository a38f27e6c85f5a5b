import { modify, type ParseError, parse } from 'jsonc-parser';
import { baseName, joinPath, parentFolder, relativeTo } from '../text/paths';
import type { Span } from '../text/span';
import type { SpanEdit } from '../text/textEdits';
import type { ProjectSettings, ScopeMapping } from '../workspace/projectSettings';
import { idsOfScope } from '../workspace/scopeIds';
import { compileScopeMapping } from '../workspace/scopeMapping';
import { projectFileName } from '../workspace/workspaceHost';

/** What somebody says that a policy file is for: the ids in the words of the project file, a revision behind its API's. */
export type ScopeChoice = Omit<ScopeMapping, 'glob' | 'revision'>;

/** How to write a choice down: what to change in one text, or the text of a file that does not exist yet. */
export type ScopeWriting =
  | { readonly path: string; readonly edits: readonly SpanEdit[]; readonly newFile: undefined }
  | { readonly path: string; readonly edits: readonly []; readonly newFile: string };

/** A choice that cannot be written as asked. A sentence or two for people. */
export interface ScopeRefusal {
  readonly because: string;
}

/** Why a choice says nothing; undefined where it is whole. */
export function refuseChoice(choice: ScopeChoice): ScopeRefusal | undefined {
  const missing = idsOfScope[choice.scope].find((name) => (choice[name] ?? '').trim() === '');
  return missing === undefined
    ? undefined
    : { because: `A policy of scope ${choice.scope} needs the id of its ${missing}.` };
}

/**
 * Writes the choice as an entry of `scopes` for exactly this file: over an entry for it that is there, else before all
 * others, since the first that matches counts. Comments and formatting stay.
 */
export function writeToProjectFile(
  choice: ScopeChoice,
  path: string,
  projectFile: { readonly folder: string; readonly text: string | undefined },
): ScopeWriting | ScopeRefusal {
  const projectPath = joinPath(projectFile.folder, projectFileName);
  const relative = relativeTo(projectFile.folder, path);
  if (relative === undefined) return { because: `${baseName(path)} is not in the folder of ${projectFileName}.` };
  const entry: ScopeMapping = { glob: globFor(relative), ...plainChoice(choice) };
  const { text } = projectFile;
  if (text === undefined || text.trim() === '') {
    const newText = `${JSON.stringify({ scopes: [entry] }, undefined, 2)}\n`;
    if (text === undefined) return { path: projectPath, edits: [], newFile: newText };
    return { path: projectPath, edits: [{ span: { start: 0, end: text.length }, newText }], newFile: undefined };
  }
  const errors: ParseError[] = [];
  const root: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isSettings(root)) {
    return { because: `${projectFileName} cannot be read as JSON, so nothing is written into it. Mend it first.` };
  }
  const index = (root.scopes ?? []).findIndex((each) => each?.glob === entry.glob);
  const place = root.scopes === undefined ? ['scopes'] : ['scopes', Math.max(index, 0)];
  const changes = modify(text, place, root.scopes === undefined ? [entry] : entry, {
    isArrayInsertion: root.scopes !== undefined && index < 0,
    formattingOptions: formattingOf(text),
  });
  const edits = changes.map(({ offset, length, content }) => ({
    span: { start: offset, end: offset + length },
    newText: content,
  }));
  return { path: projectPath, edits, newFile: undefined };
}

/** The glob of an entry that is about more files than this one and matches it: it comes before a comment in the file. */
export function broaderMapping(path: string, { path: projectFile, scopes }: ProjectSettings): string | undefined {
  const folder = projectFile === undefined ? undefined : parentFolder(projectFile);
  const relative = folder === undefined ? undefined : relativeTo(folder, path);
  if (relative === undefined) return undefined;
  const own = globFor(relative);
  return scopes.find((mapping) => mapping.glob !== own && compileScopeMapping(mapping)(relative) !== undefined)?.glob;
}

/** Takes the entry for exactly this file out of `scopes`, so that a comment in the file counts. None: there is nothing to do. */
export function removeFromProjectFile(path: string, folder: string, text: string): readonly SpanEdit[] {
  const errors: ParseError[] = [];
  const root: unknown = parse(text, errors, { allowTrailingComma: true });
  const relative = relativeTo(folder, path);
  if (errors.length > 0 || !isSettings(root) || relative === undefined) return [];
  const index = (root.scopes ?? []).findIndex((each) => each?.glob === globFor(relative));
  if (index < 0) return [];
  return modify(text, ['scopes', index], undefined, { formattingOptions: formattingOf(text) }).map(
    ({ offset, length, content }) => ({ span: { start: offset, end: offset + length }, newText: content }),
  );
}

/** Writes the choice as a comment before the first element: over one that is there, else at the beginning of the text. */
export function writeAsComment(choice: ScopeChoice, path: string, text: string): ScopeWriting | ScopeRefusal {
  const { scope, ...ids } = plainChoice(choice);
  const values = Object.values(ids);
  if (values.some((value) => value.includes('"') || value.includes('--') || /[\r\n]/.test(value))) {
    return { because: 'An id with a quotation mark or with -- cannot stand in a comment. Use the project file.' };
  }
  const words = Object.entries(ids).map(
    ([name, value]) => ` ${name}=${/^[^\s="']+$/.test(value) ? value : `"${value}"`}`,
  );
  const comment = `<!-- apim: scope=${scope}${words.join('')} -->`;
  const place = commentPlace(text);
  const isNew = place.start === place.end;
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const isInLine = isNew && place.start > 0 && !/[\r\n\uFEFF]/.test(text.charAt(place.start - 1));
  const newText = isNew ? `${isInLine ? lineEnd : ''}${comment}${isInLine ? '' : lineEnd}` : comment;
  return { path, edits: [{ span: place, newText }], newFile: undefined };
}

/** Where such a comment stands, or belongs: an XML declaration must come first. Looks no further than the layouts do. */
function commentPlace(text: string): Span {
  const prologue = /[\s\uFEFF]+|<!--([\s\S]*?)-->|<\?[\s\S]*?\?>/y;
  const beginning = text.slice(0, 8192);
  for (let match = prologue.exec(beginning); match !== null; match = prologue.exec(beginning)) {
    const body = /^\s*apim:([\s\S]*)$/i.exec(match[1] ?? '')?.[1];
    if (body !== undefined && /(?:^|\s)scope\s*=/i.test(body)) return { start: match.index, end: prologue.lastIndex };
  }
  const declaration = /^\uFEFF?\s*<\?xml[\s\S]*?\?>(?:[ \t]*(?:\r\n|\n|\r))?/.exec(beginning)?.[0] ?? '';
  const start = declaration === '' && text.startsWith('\uFEFF') ? 1 : declaration.length;
  return { start, end: start };
}

/** A glob that matches this one path. Names in braces would be taken for ids. */
function globFor(relativePath: string): string {
  // In brackets a character stands for itself; the few that cannot stand there are any character.
  return relativePath.replace(/[\\*?[\]{}()!+@|^$]/g, (special) => (/[\\\]!^]/.test(special) ? '?' : `[${special}]`));
}

/** In the order in which people read it, and without what the scope does not take. */
function plainChoice(choice: ScopeChoice): ScopeChoice & Readonly<Record<string, string>> {
  const { scope, workspace } = choice;
  const takesWorkspace = scope !== 'global' && scope !== 'workspace' && (workspace ?? '').trim() !== '';
  const names = [...(takesWorkspace ? (['workspace'] as const) : []), ...idsOfScope[scope]];
  const ids = names.map((name) => [name, (choice[name] ?? '').trim()] as const);
  return { scope, ...Object.fromEntries(ids) };
}

function isSettings(value: unknown): value is { readonly scopes?: readonly ({ readonly glob?: unknown } | null)[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !('scopes' in value) || Array.isArray(value.scopes);
}

/** How JSON text is indented: as the text does it, so that a new entry looks like its neighbours. */
export function formattingOf(text: string): { tabSize: number; insertSpaces: boolean; eol: string } {
  const indentation = /^([ \t]+)\S/m.exec(text)?.[1] ?? '  ';
  return {
    insertSpaces: !indentation.startsWith('\t'),
    tabSize: indentation.startsWith('\t') ? 1 : indentation.length,
    eol: /\r\n|\n|\r/.exec(text)?.[0] ?? '\n',
  };
}
