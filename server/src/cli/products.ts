import { describeId, describeScope, type EffectivePolicy, joinNames, type PolicyScope } from '../core';
import { badUsage, type CommandError } from './commandError';
import type { NamedDocument } from './document';

/** Throws for a product that the API is not known to be in. */
export function policyOfProduct(
  product: string,
  policies: readonly EffectivePolicy[],
  { placed }: NamedDocument,
): EffectivePolicy {
  const policy = policies.find(({ chain }) => chain.product?.toLowerCase() === product.toLowerCase());
  if (policy !== undefined) return policy;
  const known = policies.flatMap(({ chain }) => chain.product ?? []);
  throw noSuchProduct(product, placed.placement.kind === 'definition' ? placed.placement.scope : undefined, known);
}

/** For a product that the API of the scope is not known to be in; it is in `known`. */
export function noSuchProduct(product: string, scope: PolicyScope | undefined, known: readonly string[]): CommandError {
  if (scope === undefined || (scope.kind !== 'api' && scope.kind !== 'operation')) {
    return badUsage(
      `--product ${product}: only an API or an operation is in products, and ${scope === undefined ? 'this file' : describeScope(scope)} is neither.`,
    );
  }
  return badUsage(
    known.length === 0
      ? `API ${describeId(scope.api)} is not known to be in product ${product}, nor in any other. Add it to "products" in apim-policy.config.json.`
      : `API ${describeId(scope.api)} is not known to be in product ${product}. It is in ${joinNames(known)}.`,
  );
}
