import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { Span } from '../text/span';
import { type FileReferences, type Reference, readReferences } from './documentReferences';
import { findJsonString, type JsonString, offsetsInJson } from './jsonString';
import { mayHoldFragment } from './workspaceHost';

/**
 * What an information file names: `{{named values}}` of backends and loggers, the members of a backend pool, the logger of
 * a diagnostic, and all that a fragment names whose text it holds. Spans count in the file.
 */
export function readInformationReferences(text: string, path: string): FileReferences {
  const embedded = mayHoldFragment(path) ? embeddedText(text) : undefined;
  const inside = embedded === undefined ? noReferences : readEmbedded(text, path, embedded);
  const own = referencesOfJson(text).filter(({ span }) => !isInside(span, embedded?.span));
  const references = [...own, ...inside.references].sort((one, other) => one.span.start - other.span.start);
  return { references, openKinds: inside.openKinds };
}

const noReferences: FileReferences = { references: [], openKinds: [] };

function isInside(inner: Span, outer: Span | undefined): boolean {
  return outer !== undefined && outer.start <= inner.start && inner.end <= outer.end;
}

/** The text of a fragment that an information file holds; undefined where it holds none. */
export function embeddedText(text: string): JsonString | undefined {
  return findJsonString(text, 'properties', 'value') ?? findJsonString(text, 'value');
}

function readEmbedded(text: string, path: string, embedded: JsonString): FileReferences {
  const { references, openKinds } = readReferences(parsePolicyDocument(embedded.value, path, 0));
  const toFile = offsetsInJson(text, embedded);
  return {
    references: references.map((reference) => {
      const start = toFile(reference.span.start);
      return { ...reference, span: { start, end: toFile(reference.span.end) } };
    }),
    openKinds,
  };
}

const patterns = [
  { kind: 'namedValue', pattern: /\{\{([A-Za-z0-9_.-]{1,256})\}\}/g, behind: 2 },
  // "id": "/subscriptions/…/backends/orders": a member of a pool
  { kind: 'backend', pattern: /\/backends\/([^"/\\{}]{1,80})"/gi, behind: 1 },
  // "loggerId": "/loggers/azuremonitor"
  { kind: 'logger', pattern: /\/loggers\/([^"/\\{}]{1,256})"/gi, behind: 1 },
] as const;

function referencesOfJson(text: string): readonly Reference[] {
  return patterns.flatMap(({ kind, pattern, behind }) =>
    [...text.matchAll(pattern)].map(({ 0: written, 1: name = '', index }): Reference => {
      const end = index + written.length - behind;
      return { kind, name, span: { start: end - name.length, end }, isWritten: false };
    }),
  );
}
