import { sniffPolicy } from '../syntax/sniffPolicy';
import type { DocumentStore } from './documentStore';
import { guessByName, guessFragmentId } from './layouts/nameHints';
import { seemsGlobal, seemsOfProduct } from './placeSigns';
import type { Placement } from './service';

/**
 * What a policy file is that neither the project file, nor a comment, nor a layout places: by its first element, its
 * name, and at last its text. Never more than a guess where a scope is concerned, and so no parent of other files.
 */
export function guessPlace(path: string, store: DocumentStore): Placement {
  switch (store.read(path, sniffPolicy)) {
    case 'fragment':
      return {
        kind: 'fragment',
        fragmentId: guessFragmentId(path),
        confidence: 'guessed',
        why: 'its first element; the id is the file’s name',
      };
    case 'resolver':
      return { kind: 'resolver', confidence: 'certain', why: 'its first element' };
    default:
      return guessByName(path, store) ?? store.read(path, guessByText) ?? unknownPlace;
  }
}

function guessByText(text: string): Placement | undefined {
  const how = { kind: 'definition', confidence: 'guessed' } as const;
  if (seemsOfProduct(text)) {
    return { ...how, scope: { kind: 'product' }, why: 'it has a quota, which only products take' };
  }
  if (seemsGlobal(text)) {
    return { ...how, scope: { kind: 'global' }, why: 'it forwards the call and inherits nothing' };
  }
  return undefined;
}

const unknownPlace: Placement = {
  kind: 'definition',
  scope: { kind: 'unknown' },
  confidence: 'guessed',
  why: 'no known folder layout; name its scope in apim-policy.config.json',
};
