import type { CancellationToken } from 'vscode-languageserver';
import { createLineIndex, type LinkedPlace, type RequestJourney } from '../core';
import { unlessCancelled } from './answering';
import { toWorkspaceEdit } from './convert';
import { pathOfDocument } from './documentPaths';
import type {
  CorsChoicesAnswer,
  CorsChoicesParams,
  CorsRepairAnswer,
  CorsRepairParams,
  ExplainCorsAnswer,
  ExplainCorsParams,
  FilePlace,
  WriteCorsTestAnswer,
  WriteCorsTestParams,
} from './protocol';
import type { Session } from './session';

/** Null for what is not analysed as a policy. */
export async function provideCorsExplanation(
  session: Session,
  { uri, request }: ExplainCorsParams,
  token: CancellationToken,
): Promise<ExplainCorsAnswer | null> {
  const path = pathOfDocument({ uri });
  if (path === undefined) return null;
  await unlessCancelled(session.workspace.settled(), token);
  const answer = session.service.explainCorsRequest(path, request);
  if (answer === undefined) return null;
  const { explanation, problems } = answer;
  if (explanation === undefined) return { explanation, problems };
  const place = placing(session);
  const journey = (of: RequestJourney | undefined): RequestJourney<FilePlace> | undefined =>
    of && { ...of, stations: of.stations.map((station) => ({ ...station, place: place(station.place) })) };
  return {
    problems,
    explanation: {
      ...explanation,
      decidedAt: place(explanation.decidedAt),
      scopes: explanation.scopes.map((scope) => ({ ...scope, place: place(scope.place) })),
      preflight: journey(explanation.preflight),
      actual: journey(explanation.actual),
    },
  };
}

/** Null where the repair is not offered for the texts as they are now, on the disk where they are not open with us. */
export async function provideCorsRepair(
  session: Session,
  { uri, request, repair }: CorsRepairParams,
  token: CancellationToken,
): Promise<CorsRepairAnswer | null> {
  const path = pathOfDocument({ uri });
  if (path === undefined) return null;
  const { service, workspace, documents } = session;
  await unlessCancelled(workspace.settled(), token);
  const find = () => service.corsRepair(path, request, repair);
  const closed = find()?.edits.flatMap((edit) => (documents.has(edit.path) ? [] : edit.path)) ?? [];
  // Edits of closed files carry no version that a client could check, so their text is read once more.
  await unlessCancelled(workspace.rereadFiles([...new Set(closed)]), token);
  const found = find();
  return found === undefined ? null : { edit: toWorkspaceEdit(found.edits, session) };
}

/** Null for what is not analysed as a policy. */
export async function provideCorsTest(
  { service, workspace }: Session,
  { uri, request, expect, file, text }: WriteCorsTestParams,
  token: CancellationToken,
): Promise<WriteCorsTestAnswer | null> {
  const path = pathOfDocument({ uri });
  const filePath = pathOfDocument({ uri: file });
  if (path === undefined || filePath === undefined) return null;
  await unlessCancelled(workspace.settled(), token);
  const written = service.writeCorsTest(path, request, expect, { path: filePath, text: text ?? undefined });
  if (written === undefined) return null;
  if ('because' in written) return { edits: [], ids: [], because: written.because };
  const lines = createLineIndex(text ?? '');
  const edits = written.edits.map(({ span, newText }) => ({ range: lines.rangeOf(span), newText }));
  return { edits, ids: written.ids, because: null };
}

/** Null for what is not analysed as a policy. */
export async function provideCorsChoices(
  session: Session,
  { uri, position }: CorsChoicesParams,
  token: CancellationToken,
): Promise<CorsChoicesAnswer | null> {
  const path = pathOfDocument({ uri });
  if (path === undefined) return null;
  const { service, workspace, places, documents } = session;
  // A position of a text that has changed meanwhile is no reason for no answer: it only says what comes first.
  await unlessCancelled(workspace.settled(), token);
  const offset = position && places.offsetAt(path, position);
  const choices = service.corsChoices(path, offset);
  return choices === undefined
    ? null
    : {
        ...choices,
        documents: choices.documents.map((document) => ({ uri: documents.uri(document.path), title: document.title })),
      };
}

function placing({ documents, places }: Session): (place: LinkedPlace | undefined) => FilePlace | undefined {
  return (place) =>
    place && { uri: documents.uri(place.path), range: places.rangeOf(place.path, place.span), file: place.file };
}
