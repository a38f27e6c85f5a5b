import type { EffectiveStatement } from '../../effective/effectivePolicy';

/**
 * Whom a change of inherited statements concerns, for a fix's title: "every API that inherits it". Other documents may
 * get findings by it that this one cannot show.
 */
export function describeReach(statements: readonly EffectiveStatement[]): string {
  const reaches = new Set(statements.map(reachOf));
  const [reach] = reaches;
  if (reach === 'fragment' && reaches.size === 1) return 'every policy that includes its fragment';
  const what = reach === undefined || reaches.size > 1 || reach === 'fragment' ? 'every policy' : `every ${reach}`;
  return `${what} that inherits ${statements.length === 1 ? 'it' : 'them'}`;
}

function reachOf({ scope, via }: EffectiveStatement): 'API' | 'operation' | 'policy' | 'fragment' {
  if (via.some(({ kind }) => kind === 'fragment')) return 'fragment';
  if (scope.kind === 'api') return 'operation';
  return scope.kind === 'unknown' || scope.kind === 'operation' ? 'policy' : 'API';
}
