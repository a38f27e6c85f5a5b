import type { PolicyDocument } from '../../../server/src/core/syntax/policyTree';

/** One change that makes a sound text unreadable: what is between two offsets, and what is written there instead. */
export interface Damage {
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/** All places of a sound document where a damage of one kind can be done so that somebody who reads the text can see it. */
export type DamageKind = (document: PolicyDocument) => readonly Damage[];

export function remove(start: number, end: number): Damage {
  return { start, end, replacement: '' };
}

export function insert(offset: number, replacement: string): Damage {
  return { start: offset, end: offset, replacement };
}

export function replace(start: number, end: number, replacement: string): Damage {
  return { start, end, replacement };
}

/** The file as it is when its last part never arrived. */
export function cutAt({ text }: PolicyDocument, offset: number): Damage {
  return remove(offset, text.length);
}

export function applyDamage(text: string, { start, end, replacement }: Damage): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
