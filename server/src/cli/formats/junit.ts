import type { ReadCase } from '../caseFile';
import type { Places } from '../places';
import { type CaseResult, countResults, explainResult } from './caseResults';

/**
 * `cors-test --format junit`: what build servers read. A suite a file, a test case a case; one that expects nothing is
 * skipped, and one that could not be judged is an error. Valid against the schema that build servers check with
 * (junit-10.xsd of Jenkins' xUnit plugin).
 */
export function caseResultsJunit(results: readonly CaseResult[], places: Places): string {
  const files = new Map<string, CaseResult[]>();
  for (const result of results) {
    const { written } = result.read.file;
    files.set(written, [...(files.get(written) ?? []), result]);
  }
  const suites = [...files].flatMap(([file, ofFile]) => [
    `  <testsuite ${attributes({ name: file, ...countsOf(ofFile), skipped: countResults(ofFile).computed, file })}>`,
    ...ofFile.flatMap((result) => testCase(result, places)),
    '  </testsuite>',
  ]);
  const head = `<testsuites ${attributes({ name: 'apim-policy cors-test', ...countsOf(results) })}>`;
  return ['<?xml version="1.0" encoding="UTF-8"?>', head, ...suites, '</testsuites>', ''].join('\n');
}

function countsOf(results: readonly CaseResult[]): Readonly<Record<string, number>> {
  const errors = results.filter(({ error }) => error !== undefined).length;
  return { tests: results.length, failures: countResults(results).failed - errors, errors };
}

function testCase(result: CaseResult, places: Places): readonly string[] {
  const { read } = result;
  const start = `    <testcase ${attributes({ name: nameOf(read), classname: classNameOf(read) })}`;
  const content = contentOf(result, places);
  return content === undefined ? [`${start}/>`] : [`${start}>`, `      ${content}`, '    </testcase>'];
}

function contentOf({ read, run, error }: CaseResult, places: Places): string | undefined {
  const where = `${read.file.written}:${read.line}`;
  if (run === undefined) return element('error', { message: error.message, type: 'error' }, where);
  switch (run.verdict) {
    case 'passed':
      return undefined;
    case 'computed':
      return `<skipped ${attributes({ message: `It expects nothing. Computed: ${run.decision.outcome}, browser: ${run.decision.browser}` })}/>`;
    case 'failed': {
      const differences = run.differences.map(({ text }) => text);
      const text = [...differences, ...explainResult(read, run, places), where].join('\n');
      return element('failure', { message: differences.join('; '), type: 'failure' }, text);
    }
  }
}

function nameOf({ case: { id, title } }: ReadCase): string {
  return title === undefined ? id : `${id}: ${title}`;
}

/** Build servers cut class names at dots to build a tree. */
function classNameOf({ file }: ReadCase): string {
  return file.written
    .replace(/\.json$/, '')
    .replaceAll('.', '_')
    .replaceAll('/', '.');
}

function element(name: string, attributesOf: Readonly<Record<string, string | number>>, text: string): string {
  return `<${name} ${attributes(attributesOf)}>${escaped(text)}</${name}>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(
      ([name, value]) =>
        `${name}="${escaped(String(value)).replace(/[\n\r\t]/g, (found) => `&#${found.charCodeAt(0)};`)}"`,
    )
    .join(' ');
}

/** XML 1.0 has no way at all to write most control characters and halves of surrogate pairs. */
const notInXml = /[\x00-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]|\p{Surrogate}/gu;

function escaped(text: string): string {
  return text
    .replace(notInXml, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
