import {
  capital,
  describeId,
  describeReason,
  describeScope,
  type EffectivePolicy,
  joinNames,
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
  const reasons = missingReasons(rows, places);
  return `${[paletteFor(io).bold(head), ...lines].join('\n')}${reasons}`;
}

function nameOf({ placement }: PlacedDocument): string {
  if (placement.kind === 'definition') return describeScope(placement.scope);
  if (placement.kind === 'resolver') return 'GraphQL resolver';
  return `fragment ${describeId(placement.fragmentId)}`;
}

/** "in starter: product starter: present, global scope: absent" */
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

/** Why scopes are absent or unknown, once each; with the services, where that is not the same in all of the table. */
function missingReasons(rows: readonly ScopeRow[], places: Places): string {
  const answers = new Map<string, Set<string>>();
  const reasons = new Map<string, { readonly link: ScopeLink; readonly roots: Set<string> }>();
  for (const { document, policies } of rows) {
    for (const link of policies.flatMap(({ chain }) => chain.links)) {
      const name = parentName(link);
      const answer = link.state === 'present' ? link.state : `${link.state}: ${link.because}`;
      answers.set(name, (answers.get(name) ?? new Set()).add(answer));
      if (link.state === 'present') continue;
      const reason = `${name} is ${answer}.`;
      const known = reasons.get(reason) ?? { link, roots: new Set() };
      reasons.set(reason, known);
      known.roots.add(document.service.root);
    }
  }
  const lines = [...reasons].map(([reason, { link, roots }]) =>
    answers.get(parentName(link))?.size === 1 ? capital(reason) : `In ${servicesText(roots, places)}, ${reason}`,
  );
  return lines.length === 0 ? '' : `\n${lines.join('\n')}\n`;
}

/** A repository of samples has a service in each of a hundred folders. */
const mostServices = 3;

function servicesText(roots: ReadonlySet<string>, places: Places): string {
  const folders = [...roots].slice(0, mostServices).map(places.file);
  const names = folders.map((folder) => (folder === '.' ? 'this folder' : folder));
  const others = roots.size - names.length;
  return joinNames(others === 0 ? names : [...names, `${others} ${others === 1 ? 'other' : 'others'}`]);
}
