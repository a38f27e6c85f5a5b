import type { Call } from '../cors/corsCall';
import type { CorsTarget } from '../cors/corsTarget';
import { describeScope } from '../workspace/policyScope';

/** "PUT from https://shop.contoso.com to API orders, product starter" */
export function describeCall(
  { method, origin, client }: Call,
  { scope, operation, product }: Pick<CorsTarget, 'scope' | 'operation' | 'product'>,
): string {
  const from =
    client === 'server' ? `a server${origin === undefined ? '' : ` that sends the origin ${origin}`}` : origin;
  const isNamedByScope = operation === undefined || scope.kind === 'operation';
  const to = isNamedByScope ? describeScope(scope) : `operation ${operation.id} of ${describeScope(scope)}`;
  return `${method} from ${from} to ${to}${product === undefined ? '' : `, product ${product}`}`;
}
