import type { LinkTo } from '../core';
import type { Session } from './session';

/** Addresses of places, in the form that VS Code opens at the place. */
export function linksOf({ documents, places }: Pick<Session, 'documents' | 'places'>): LinkTo {
  return (path, span) => {
    const { line, character } = places.rangeOf(path, span).start;
    return `${documents.uri(path)}#L${line + 1},${character + 1}`;
  };
}
