import { strict as assert } from 'node:assert';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import type { PolicyDocument, PolicyElement, PolicyNode } from '../../server/src/core/syntax/policyTree';
import { readMarkers } from './markers';

/** What the tests of the syntax layer say about a document. */
export function parse(text: string): PolicyDocument {
  return parsePolicyDocument(text, '/policy.xml', 1);
}

/** Compares the complete list of problems with the marked spans: their rule ids, in the order of the text. */
export function assertProblems(fixture: string, ...ruleIds: readonly string[]): PolicyDocument {
  const { text, spans } = readMarkers(fixture);
  const document = parse(text);
  const seen = document.problems.map(({ ruleId, span }) => describeSpan(text, ruleId, span));
  const expected = ruleIds.map((ruleId, index) => {
    const span = spans[index];
    if (span === undefined) throw new Error(`${ruleId} has no «» in: ${fixture}`);
    return describeSpan(text, ruleId, span);
  });
  assert.deepEqual(seen, expected);
  return document;
}

function describeSpan(text: string, ruleId: string, { start, end }: { start: number; end: number }): string {
  return `${ruleId} ${start}-${end} ${text.slice(start, end)}`;
}

/** The tree in one line: `a[x=1 @](text comment b!)`, where `!` is an implied end and `@` an expression. */
export function outline(document: PolicyDocument): string {
  return outlineNodes(document, document.nodes);
}

function outlineNodes(document: PolicyDocument, nodes: readonly PolicyNode[]): string {
  return nodes
    .map((node) => outlineNode(document, node))
    .filter((part) => part !== '')
    .join(' ');
}

function outlineNode(document: PolicyDocument, node: PolicyNode): string {
  const written = document.text.slice(node.span.start, node.span.end);
  if (node.kind === 'text') {
    if (node.expression !== undefined) return node.expression.isTerminated ? '@' : '@!';
    return written.trim() === '' ? '' : JSON.stringify(written.trim());
  }
  if (node.kind === 'skipped') return `skipped:${JSON.stringify(written)}`;
  return node.kind === 'element' ? outlineElement(document, node) : node.kind;
}

function outlineElement(document: PolicyDocument, element: PolicyElement): string {
  const attributes = element.attributes.map(({ name, value, expression }) => {
    if (expression === undefined) return `${name}=${value}`;
    return expression.isTerminated ? `${name}=@` : `${name}=@!`;
  });
  const children = outlineNodes(document, element.children);
  return [
    element.name,
    element.closing === 'implied' ? '!' : '',
    attributes.length > 0 ? `[${attributes.join(' ')}]` : '',
    children === '' ? '' : `(${children})`,
  ].join('');
}
