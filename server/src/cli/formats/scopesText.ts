import {
  capital,
  describeId,
  describeReason,
  describeScope,
  type EffectivePolicy,
  type PlacedDocument,
  type ScopeLink,
} from '../../core';
import type { CommandLineIo } from '../io';
import type { Places } from '../places';
import { paletteFor, table } from './text';

/** A document and the chains that it stands at the beginning of. */
export interface ScopeRow {
  readonly document: PlacedDocument;
  readonly policies: readonly EffectivePolicy[];
}

/** One row a document, its parents below each other: one line without a product, one for each product. */
export function scopesText(rows: readonly ScopeRow[], places: Places, io: CommandLineIo): string {
  const body = rows.map(({ document, policies }) => [
    places.file(document.path),
    nameOf(document),
    document.placement.confidence,
    describeReason(document.placement),
    policies.map(parentsOf).join('\n'),
  ]);
  const [head = '', ...lines] = table([['FILE', 'SCOPE', 'CONFIDENCE', 'WHY', 'PARENTS'], ...body]).split('\n');
  const reasons = missingReasons(rows.flatMap(({ policies }) => policies));
  return `${[paletteFor(io).bold(head), ...lines].join('\n')}${reasons}`;
}

function nameOf({ placement }: PlacedDocument): string {
  if (placement.kind === 'definition') return describeScope(placement.scope);
  if (placement.kind === 'resolver') return 'GraphQL resolver';
  return `fragment ${describeId(placement.fragmentId)}`;
}

/** "with product starter: product starter, global scope (absent)"; a scope without a word is present. */
function parentsOf({ chain }: EffectivePolicy): string {
  const parents = chain.links.slice(1);
  if (parents.length === 0) return 'none';
  const text = parents.map((link) => `${parentName(link)}: ${link.state}`).join(', ');
  return chain.product === undefined || parents.every(({ scope }) => scope.kind !== 'product')
    ? text
    : `in ${chain.product}: ${text}`;
}

/** A parent without a known scope stands for all that may be between the file and the next one. */
function parentName({ scope }: ScopeLink): string {
  return scope.kind === 'unknown' ? 'what is in between' : describeScope(scope);
}

/** Why scopes are absent or unknown, once each. */
function missingReasons(policies: readonly EffectivePolicy[]): string {
  const reasons = new Set<string>();
  for (const { chain } of policies) {
    for (const link of chain.links) {
      if (link.state !== 'present') reasons.add(`${capital(parentName(link))} is ${link.state}: ${link.because}.`);
    }
  }
  return reasons.size === 0 ? '' : `\n${[...reasons].join('\n')}\n`;
}
