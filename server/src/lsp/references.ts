import {
  type CancellationToken,
  type Definition,
  type DefinitionLink,
  type DefinitionParams,
  type DocumentLink,
  type DocumentLinkParams,
  type Location,
  type ReferenceParams,
  type SymbolInformation,
  SymbolKind,
  type WorkspaceSymbolParams,
} from 'vscode-languageserver';
import type { Place, WorkspaceSymbol } from '../core';
import { contentModified, unlessCancelled } from './answering';
import { pathOfDocument } from './documentPaths';
import { linksOf } from './links';
import { type Session, settle, settleReferences } from './session';

/** Several places where a name is defined in several: a variable, or the `<base />` of an API in two products. */
export async function provideDefinition(
  session: Session,
  { textDocument, position }: DefinitionParams,
  token: CancellationToken,
): Promise<Definition | DefinitionLink[] | null> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return null;
  await settle(session, path, token);
  const { client, documents, places, service } = session;
  const isVariable = service.nameKindAt(path, places.offsetAt(path, position)) === 'variable';
  if (isVariable) await settleReferences(session, path, token);
  const find = () => service.definition(path, places.offsetAt(path, position));
  // The way leads to files that may have gone, and no client is sure to have told.
  const version = documents.version(path);
  const closed = new Set(find()?.places.flatMap((place) => (documents.has(place.path) ? [] : [place.path])));
  if (await unlessCancelled(session.workspace.rereadFiles([...closed]), token)) {
    if (isVariable) await settleReferences(session, path, token);
  }
  if (documents.version(path) !== version) throw contentModified();
  const found = find();
  if (found === undefined) return null;
  if (!client.takesDefinitionLinks) return found.places.map((place) => toLocation(place, session));
  const originSelectionRange = places.rangeOf(path, found.span);
  return found.places.map((place): DefinitionLink => {
    const range = places.rangeOf(place.path, place.span);
    return {
      originSelectionRange,
      targetUri: documents.uri(place.path),
      targetRange: range,
      targetSelectionRange: range,
    };
  });
}

export async function provideReferences(
  session: Session,
  { textDocument, position, context }: ReferenceParams,
  token: CancellationToken,
): Promise<Location[] | null> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return null;
  await settleReferences(session, path, token);
  const { places, service } = session;
  const uses = service.usesAt(path, places.offsetAt(path, position), context.includeDeclaration);
  return uses?.map((use) => toLocation(use, session)) ?? null;
}

export async function provideDocumentLinks(
  session: Session,
  { textDocument }: DocumentLinkParams,
  token: CancellationToken,
): Promise<DocumentLink[]> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return [];
  await settle(session, path, token);
  const linkTo = linksOf(session);
  return session.service.documentLinks(path).map(({ span, target, title }) => ({
    range: session.places.rangeOf(path, span),
    target: linkTo(target.path, target.span),
    tooltip: title,
  }));
}

const symbolKinds: Readonly<Record<WorkspaceSymbol['kind'], SymbolKind>> = {
  scope: SymbolKind.Module,
  fragment: SymbolKind.Function,
  namedValue: SymbolKind.Constant,
  resource: SymbolKind.Interface,
};

export async function provideWorkspaceSymbols(
  session: Session,
  { query }: WorkspaceSymbolParams,
  token: CancellationToken,
): Promise<SymbolInformation[]> {
  await unlessCancelled(session.workspace.settled(), token);
  return session.service.workspaceSymbols(query).map(({ name, kind, container, ...place }) => ({
    name,
    kind: symbolKinds[kind],
    containerName: container,
    location: toLocation(place, session),
  }));
}

function toLocation({ path, span }: Place, { documents, places }: Session): Location {
  return { uri: documents.uri(path), range: places.rangeOf(path, span) };
}
