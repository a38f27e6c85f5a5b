import { sameId } from '../workspace/policyScope';
import type { Operation } from '../workspace/service';
import type { EffectiveContext } from './effectiveContext';

/**
 * The operations whose requests run the document: all of an API's, or the one of an operation's document. Undefined
 * where no specification tells.
 */
export function operationsOf({ apiFacts, scope }: EffectiveContext): readonly Operation[] | undefined {
  if (scope.kind !== 'operation') return apiFacts?.operations;
  const own = apiFacts?.operations?.filter(({ id }) => sameId(id, scope.operation));
  return own === undefined || own.length === 0 ? undefined : own;
}

/** The operations of the document's API with the method OPTIONS, as far as they are known. */
export function optionsOperations({ apiFacts }: EffectiveContext): readonly Operation[] {
  return apiFacts?.operations?.filter(({ method }) => method === 'OPTIONS') ?? [];
}

/** "OPTIONS /orders and OPTIONS /orders/{id}", at most three by name. */
export function describeOperations(operations: readonly Operation[]): string {
  const names = operations.map(({ method, urlTemplate }) => `${method} ${urlTemplate}`);
  const shown = names.slice(0, names.length > 3 ? 2 : 3);
  const rest = names.length - shown.length;
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}
