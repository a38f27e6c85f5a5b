import { strict as assert } from 'node:assert';
import type { PolicyDocument } from '../../../server/src/core/syntax/policyTree';
import { readCorpus } from '../../support/corpus';
import { createRandom, type Random } from '../../support/random';
import { parse } from '../../support/syntax';
import type { Damage, DamageKind } from './damage';

/** Which files are damaged, and where: always the same ones, and another kind of damage does not change those of the others. */

export const filesPerKind = 10;
const filesToChooseFrom = 150;

/** The files without problems that have the most expressions. Each text once: the corpus has copies. */
export function soundDocuments(folder: string): readonly PolicyDocument[] {
  const byText = new Map(readCorpus(folder).map(({ path, text }) => [text, path]));
  return [...byText]
    .map(([text, path]) => ({ ...parse(text), path }))
    .filter(({ problems }) => problems.length === 0)
    .sort((one, other) => other.expressions.length - one.expressions.length)
    .slice(0, filesToChooseFrom);
}

/** Other files for each kind of damage; fewer than ten where fewer have a place for it. */
export function chooseFiles(
  documents: readonly PolicyDocument[],
  name: string,
  kind: DamageKind,
): readonly PolicyDocument[] {
  const chosen: PolicyDocument[] = [];
  for (const document of shuffle(documents, createRandom(seedOf(name)))) {
    if (chosen.length === filesPerKind) break;
    if (kind(document).length > 0) chosen.push(document);
  }
  return chosen;
}

/** One of the places for this kind of damage in this file. Throws where it has none. */
export function chooseDamage(document: PolicyDocument, name: string, kind: DamageKind): Damage {
  const places = kind(document);
  assert.ok(places.length > 0, `${document.path} has no place for it`);
  return createRandom(seedOf(name + document.path)).oneOf(places);
}

/** FNV-1a. */
function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

function shuffle<T>(values: readonly T[], random: Random): readonly T[] {
  const left = [...values];
  return values.map(() => left.splice(random.below(left.length), 1)[0] as T);
}
