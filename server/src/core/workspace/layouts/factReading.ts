import { isRecord, readJson, type TextProblem } from '../jsonText';
import type { ApiFacts, FactProblem } from '../service';
import type { WorkspaceFiles } from './layout';

/** The files of one root, and what is found wrong with them on the way: one problem per file, the first. */
export interface FactReading {
  readonly root: string;
  readonly files: WorkspaceFiles;
  readonly problems: Map<string, FactProblem>;
}

type Properties = Readonly<Record<string, unknown>>;

/**
 * What an information file says; undefined where there is none, or none that can be read. `soUnknown` is the clause
 * that tells what is not known then: "so what it says of API orders counts as unknown".
 */
export function readProperties(
  path: string | undefined,
  soUnknown: string,
  reading: FactReading,
): Properties | undefined {
  const json = path === undefined ? undefined : reading.files.read(path, readJson);
  if (path === undefined || json === undefined) return undefined;
  const information = json.value;
  if (!isRecord(information)) {
    addProblem(path, json.problem ?? atStart('it holds no JSON object'), soUnknown, reading);
    return undefined;
  }
  const properties = information['properties'];
  // The snake_case generation writes the properties at the top level.
  return isRecord(properties) ? properties : information;
}

export function addProblem(path: string, problem: TextProblem, soUnknown: string, { problems }: FactReading): void {
  if (!problems.has(path)) problems.set(path, factProblem(path, problem, soUnknown));
}

/** `it is not valid JSON` becomes `This file is not valid JSON, so …` */
export function factProblem(path: string, { span, because }: TextProblem, soUnknown: string): FactProblem {
  const message = `${because.replace(/^it /, 'This file ')}, ${soUnknown}. Correct it, or extract it again.`;
  return { path, span, message };
}

/** A problem of the whole file. */
export function atStart(because: string): TextProblem {
  return { span: { start: 0, end: 0 }, because };
}

export function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function booleanOf(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined;
}

/** `versioningScheme` of a version set: `Segment`, `Query` or `Header`. */
export function versioningOf(scheme: unknown): ApiFacts['versioning'] {
  const plain = stringOf(scheme)?.toLowerCase();
  if (plain === 'segment') return 'path';
  return plain === 'query' || plain === 'header' ? plain : undefined;
}

/** That of the version set which an API may carry itself: `apiVersionSet` (REST reference, Api). */
export function versioningInside(versionSet: unknown): ApiFacts['versioning'] {
  return isRecord(versionSet) ? versioningOf(versionSet['versioningScheme']) : undefined;
}
