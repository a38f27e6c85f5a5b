import { getNodeValue, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type CorsCase, createLineIndex, readCorsCase, reasonOf } from '../core';
import { badUsage, cannotAnalyse } from './commandError';
import type { CommandLineIo } from './io';
import type { Target } from './targets';

/** A case, and where it came from. */
export interface ReadCase {
  readonly case: CorsCase;
  /** As it is written in the file, for results. */
  readonly expected: unknown;
  readonly file: Target;
}

/** Reads a file of `cors-test`. Throws where it cannot be read, and where it is malformed, with every place that is. */
export async function readCaseFile(file: Target, io: CommandLineIo): Promise<readonly ReadCase[]> {
  const text = await io.host.readText(file.path).catch((error: unknown) => {
    throw cannotAnalyse(`cannot read ${file.written}: ${reasonOf(error)}.`);
  });
  const index = createLineIndex(text);
  const problemAt = (offset: number, what: string): string => {
    const { line, character } = index.positionAt(offset);
    return `${file.written}:${line + 1}:${character + 1}: ${what}`;
  };
  const errors: ParseError[] = [];
  // A BOM is no JSON, but editors write it; a blank keeps every offset.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { disallowComments: true, allowTrailingComma: false });
  const [broken] = errors;
  if (broken !== undefined) throw badUsage(problemAt(broken.offset, `this is not valid JSON (${words(broken)}).`));
  if (tree?.type !== 'array') throw badUsage(problemAt(tree?.offset ?? 0, 'the file must hold a JSON array of cases.'));

  const problems: string[] = [];
  const cases: ReadCase[] = [];
  const ids = new Set<string>();
  for (const [number, node] of (tree.children ?? []).entries()) {
    const value: unknown = getNodeValue(node);
    const reading = readCorsCase(value, number);
    problems.push(...reading.problems.map((problem) => problemAt(node.offset, problem)));
    if (reading.case === undefined) continue;
    if (ids.has(reading.id)) problems.push(problemAt(node.offset, `there is another case ${reading.id} in this file.`));
    ids.add(reading.id);
    cases.push({ case: reading.case, expected: expectedOf(node), file });
  }
  if (problems.length > 0) throw badUsage(problems.join('\n'));
  return cases;
}

function expectedOf(node: Node): unknown {
  const property = node.children?.find(({ children }) => children?.[0]?.value === 'expected');
  const value = property?.children?.[1];
  return value === undefined ? null : getNodeValue(value);
}

/** `CommaExpected` → "comma expected" */
function words({ error }: ParseError): string {
  return printParseErrorCode(error)
    .replace(/(?!^)([A-Z])/g, ' $1')
    .toLowerCase();
}
