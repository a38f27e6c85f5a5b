import { attributeDamage } from './attributeDamage';
import type { DamageKind } from './damage';
import { documentDamage } from './documentDamage';
import { expressionDamage } from './expressionDamage';
import { tagDamage } from './tagDamage';
import { textDamage } from './textDamage';

/** Every kind of damage by its name, which says what has happened to the text. */
export const allDamage: Readonly<Record<string, DamageKind>> = {
  ...attributeDamage,
  ...tagDamage,
  ...expressionDamage,
  ...textDamage,
  ...documentDamage,
};
