import { Char, isNameStart } from './characters';
import { findNameEnd } from './nameEnd';
import type { PolicyDocumentKind } from './policyTree';

const resolverRoots: ReadonlySet<string> = new Set([
  'http-data-source',
  'sql-data-source',
  'cosmosdb-data-source',
  'graphql-data-source',
  'publish-event',
]);

/** What a document is whose first element has this name. */
export function documentKindOf(rootName: string | undefined): PolicyDocumentKind {
  if (rootName === 'policies') return 'definition';
  if (rootName === 'fragment') return 'fragment';
  return rootName !== undefined && resolverRoots.has(rootName) ? 'resolver' : 'unrecognised';
}

/**
 * What a text is by its first element, without parsing it. Only the beginning is looked at: of 1,340 real policy files,
 * the first element starts at character 2,885 at the latest (repository-layouts, section 2). Text before the first
 * element, and a comment that goes on beyond the beginning, make a file unrecognised.
 */
export function sniffPolicy(text: string): PolicyDocumentKind {
  const beginning = text.slice(0, 8192);
  // Each alternative ends at its own end mark, so nothing is looked at twice.
  const prologue = /[\s\uFEFF]+|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<![A-Za-z][^>[]*(?:\[[^\]]*\]\s*)?>/y;
  let index = 0;
  while (prologue.test(beginning)) {
    index = prologue.lastIndex;
  }
  if (beginning.charCodeAt(index) !== Char.less || !isNameStart(beginning.charCodeAt(index + 1))) return 'unrecognised';
  return documentKindOf(beginning.slice(index + 1, findNameEnd(beginning, index + 1)));
}
