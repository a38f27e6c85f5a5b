import { type CancellationToken, LSPErrorCodes, type Range, ResponseError } from 'vscode-languageserver';
import {
  type CorsTarget,
  compareWithExpected,
  createLineIndex,
  describeTargetProblem,
  explainCaseRun,
  type LineIndex,
  type PolicyPlace,
  questionOfCase,
  readCorsCaseFile,
  reasonOf,
  runCorsCase,
  type Span,
  type WrittenCase,
} from '../core';
import { throwIfCancelled, unlessCancelled } from './answering';
import { findTargetPath } from './corsTestTargets';
import { isInFolder, pathOfDocument } from './documentPaths';
import type { CorsTestFile, CorsTestResult, CorsTestRun, CorsTestsParams, RunCorsTestsParams } from './protocol';
import { letOthersRun } from './scheduling';
import type { Session } from './session';

/** What a file of CORS tests holds. Needs no workspace. */
export async function provideCorsTests(
  session: Session,
  params: CorsTestsParams,
  token: CancellationToken,
): Promise<CorsTestFile> {
  return (await openTestFile(session, params, token)).content;
}

/** Runs cases. Policies count as they stand in editors. */
export async function provideCorsTestRun(
  session: Session,
  params: RunCorsTestsParams,
  token: CancellationToken,
): Promise<CorsTestRun> {
  const file = await openTestFile(session, params, token);
  await unlessCancelled(session.workspace.settled(), token);
  const { ids } = params;
  const wanted = file.cases.filter(({ case: { id } }) => ids === null || ids.includes(id));
  const results: CorsTestResult[] = [];
  for (const [index, written] of wanted.entries()) {
    results.push(runCase(written, file, session));
    if (index % casesAtOnce !== casesAtOnce - 1) continue;
    await letOthersRun();
    throwIfCancelled(token);
  }
  return { ...file.content, results };
}

/** A decision takes far less than a millisecond. */
const casesAtOnce = 50;

/** A file of tests, read once for an answer. */
interface TestFile {
  readonly uri: string;
  readonly path: string;
  readonly lines: LineIndex;
  readonly cases: readonly WrittenCase[];
  readonly content: CorsTestFile;
}

async function openTestFile(
  session: Session,
  { uri, text: unsaved }: CorsTestsParams,
  token: CancellationToken,
): Promise<TestFile> {
  const path = pathOfDocument({ uri });
  if (path === undefined) throw new ResponseError(LSPErrorCodes.RequestFailed, `${uri} is no file of its own.`);
  const text = unsaved ?? (await unlessCancelled(readStored(session, path), token));
  const lines = createLineIndex(text);
  const { cases, problems } = readCorsCaseFile(text);
  return {
    uri,
    path,
    lines,
    cases,
    content: {
      cases: cases.map(({ case: { id, title }, span }) => ({ id, title: title ?? null, range: lines.rangeOf(span) })),
      problems: problems.map(({ span, message }) => ({ range: lines.rangeOf(span), message })),
    },
  };
}

/** That it cannot be read is no defect of ours. */
async function readStored({ readText }: Session, path: string): Promise<string> {
  try {
    return await readText(path);
  } catch (error) {
    throw new ResponseError(LSPErrorCodes.RequestFailed, `Cannot read ${path}: ${reasonOf(error)}.`);
  }
}

function runCase(written: WrittenCase, file: TestFile, session: Session): CorsTestResult {
  const { id, target: named, expected } = written.case;
  const target = named && findTarget(written, named.file, file, session);
  if (typeof target === 'string') {
    const range = file.lines.rangeOf(written.partSpan(['target']) ?? written.span);
    return { id, verdict: 'error', message: target, because: [], comparison: null, range, deciding: null };
  }
  const run = runCorsCase(written.case, target);
  const { verdict, differences, decision } = run;
  const [first] = differences;
  const span = (first && written.partSpan(['expected', ...first.path])) ?? written.span;
  const texts = differences.map(({ text }) => text);
  return {
    id,
    verdict,
    message: verdict === 'computed' ? `It expects nothing. Computed: ${decision.outcome}.` : texts.join('\n'),
    because: explainCaseRun(run, (place) => showPlace(place, written, file, session)),
    comparison: verdict === 'failed' && expected !== undefined ? compareWithExpected(expected, decision) : null,
    range: file.lines.rangeOf(span),
    deciding: decision.deciding === undefined ? null : locate(decision.deciding, written, file, session),
  };
}

/** What the repository tells of the case's target; a sentence where there is no such target. */
function findTarget(
  { case: corsCase }: WrittenCase,
  name: string,
  file: TestFile,
  session: Session,
): CorsTarget | string {
  const path = findTargetPath(name, file.path, session);
  if (path === undefined) {
    return `There is no policy ${name}. It is looked for beside the file of tests, and in the folders of the workspace.`;
  }
  const reading = session.service.corsTarget(path, questionOfCase(corsCase));
  if (reading === undefined) return `${name} is no policy document.`;
  return reading.problem === undefined ? reading.target : describeTargetProblem(reading.problem);
}

function locate(
  place: PolicyPlace,
  written: WrittenCase,
  { uri, lines }: TestFile,
  { places, documents }: Session,
): { readonly uri: string; readonly range: Range } {
  const inline = written.inlineSpan(place);
  if (inline !== undefined) return { uri, range: lines.rangeOf(inline) };
  const { path, isEmbedded } = place.document;
  const span: Span = isEmbedded === true ? { start: 0, end: 0 } : place.span;
  return { uri: documents.uri(path), range: places.rangeOf(path, span) };
}

/** `policy.xml:3:5`, as far below the workspace's folder as it is. */
function showPlace(place: PolicyPlace, written: WrittenCase, file: TestFile, session: Session): string {
  const { uri, range } = locate(place, written, file, session);
  const path = pathOfDocument({ uri }) ?? uri;
  const folder = session.workspace.folders.find((each) => isInFolder(each, path));
  const shown = folder === undefined ? path : path.slice(folder.length).replace(/^\//, '');
  return `${shown}:${range.start.line + 1}:${range.start.character + 1}`;
}
