import { describeId, describeScope, type EffectivePolicy, joinNames, type KeyPlace, type ProductFacts } from '../core';
import { badUsage } from './commandError';
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
  const scope = placed.placement.kind === 'definition' ? placed.placement.scope : undefined;
  if (scope === undefined || (scope.kind !== 'api' && scope.kind !== 'operation')) {
    throw badUsage(
      `--product ${product}: only an API or an operation is in products, and ${scope === undefined ? 'this file' : describeScope(scope)} is neither.`,
    );
  }
  throw badUsage(
    known.length === 0
      ? `API ${describeId(scope.api)} is not known to be in product ${product}, nor in any other. Add it to "products" in apim-policy.config.json.`
      : `API ${describeId(scope.api)} is not known to be in product ${product}. It is in ${joinNames(known)}.`,
  );
}

/** The product that a request runs in, as far as its key tells. */
export interface ProductChoice {
  readonly policy: EffectivePolicy | undefined;
  readonly facts: ProductFacts | undefined;
  readonly notes: readonly string[];
}

/** The product that is named, or the open one that a request without a key runs in (cors-semantics 1.5). */
export function readProduct(
  { product, key }: { readonly product: string | undefined; readonly key: KeyPlace },
  products: readonly ProductFacts[],
  chains: readonly EffectivePolicy[],
  named: NamedDocument,
): ProductChoice {
  const factsOf = (policy: EffectivePolicy): ProductFacts | undefined =>
    products.find(({ id }) => id === policy.chain.product);
  if (product !== undefined) {
    const policy = policyOfProduct(product, chains, named);
    return { policy, facts: factsOf(policy), notes: [] };
  }
  const open = products.filter(({ subscriptionRequired }) => subscriptionRequired === false);
  const [onlyOpen] = open;
  if (key === 'none' && onlyOpen !== undefined && open.length === 1) {
    const notes = [`Product ${onlyOpen.id} is open and the call has no key, so it runs in that product.`];
    return { policy: chains.find(({ chain }) => chain.product === onlyOpen.id), facts: onlyOpen, notes };
  }
  if (products.length === 0) return { policy: undefined, facts: undefined, notes: [] };
  const names = joinNames(products.map(({ id }) => id));
  return {
    policy: undefined,
    facts: undefined,
    notes: [
      `The API is also in ${products.length === 1 ? 'product' : 'the products'} ${names}: --product shows calls with a key of it.`,
    ],
  };
}
