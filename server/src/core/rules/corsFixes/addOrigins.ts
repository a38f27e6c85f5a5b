import { sameNames } from '../../cors/corsChain';
import { matchesAllowedOrigin, missingGrants } from '../../cors/corsGrants';
import { type CorsPolicy, defaultMethods } from '../../cors/corsPolicy';
import type { CorsConflict } from '../corsConflicts';
import type { CorsInChain } from '../corsInChains';
import { counted, listSome } from '../corsMessages';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { addToList, type ListEntries } from './corsLists';
import { describeReach } from './describeReach';

/**
 * Adds the origins of the own `cors` to the inherited one that comes first (cors-semantics 6.4, C), with the methods
 * and headers that they need: without those the own `cors` would be shadowed instead of refused.
 *
 * Not offered for a star, an expression, or a named value of another workspace, nor where it would turn on credentials
 * for everybody else.
 */
export function addOrigins({ decider, victim }: CorsConflict, context: EffectiveContext): Fix | undefined {
  const { document, element } = decider.statement;
  if (victim === undefined || document.isEmbedded) return undefined;
  const inherited = decider.cors;
  const origins = lackingOrigins(decider, victim);
  const missing = missingGrants(inherited, victim.cors);
  const names = [...missing.methods, ...missing.headers, ...missing.exposedHeaders];
  if (origins === undefined || missing.credentials || !names.every(isName)) return undefined;

  const lists: readonly ListEntries[] = [
    { listName: 'allowed-origins', entryName: 'origin', values: origins },
    { listName: 'allowed-methods', entryName: 'method', values: withDefaults(inherited, missing.methods) },
    { listName: 'allowed-headers', entryName: 'header', values: missing.headers },
    { listName: 'expose-headers', entryName: 'header', values: missing.exposedHeaders },
  ];
  const wanted = lists.filter(({ values }) => values.length > 0);
  const edits = wanted.flatMap((entries) => addToList(document, element, entries) ?? []);
  if (edits.length < wanted.length) return undefined;

  const what = [
    listSome(origins, 3),
    ...counted('method', missing.methods),
    ...counted('header', missing.headers),
    ...counted('exposed header', missing.exposedHeaders),
  ].join(', ');
  const reach = describeReach([decider.statement]);
  return {
    id: 'add-origins',
    title: `Add ${what} to the inherited cors, for ${reach} (${context.relativePath(document.path)})`,
    edits,
  };
}

/** As written, each once; undefined where there are none or one of them cannot stand in the other list. */
function lackingOrigins(decider: CorsInChain, victim: CorsInChain): readonly string[] | undefined {
  const isSameNaming = sameNames(decider, victim);
  const lacking = victim.cors.origins.filter(
    (origin) => matchesAllowedOrigin(decider.cors, origin, isSameNaming) !== 'yes',
  );
  const canBeListed = lacking.every(
    ({ written }) =>
      written !== '*' && written !== '' && !/^@[({]/.test(written) && (isSameNaming || !written.includes('{{')),
  );
  return lacking.length > 0 && canBeListed ? [...new Set(lacking.map(({ written }) => written))] : undefined;
}

/** What only a run can tell stands in parentheses among the missing grants. */
function isName(name: string): boolean {
  return !name.startsWith('(');
}

/** Without the element the default methods are allowed; writing it must not take them away. */
function withDefaults(cors: CorsPolicy, methods: readonly string[]): readonly string[] {
  if (methods.length === 0 || cors.methods !== undefined) return methods;
  return [...new Set([...defaultMethods, ...methods])];
}
