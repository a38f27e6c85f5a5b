import { contentModified } from './answering';
import { pathOfDocument } from './documentPaths';
import type { ClosingTagAnswer, ClosingTagParams } from './protocol';
import type { Session } from './session';

/** Null where nothing is to be inserted. An error where the document is not the one that was typed into. */
export function provideClosingTag(
  { service, places, documents }: Session,
  { uri, version, position }: ClosingTagParams,
): ClosingTagAnswer | null {
  const path = pathOfDocument({ uri });
  if (path === undefined) return null;
  if (documents.version(path) !== version) throw contentModified();
  return service.closingTag(path, places.offsetAt(path, position)) ?? null;
}
