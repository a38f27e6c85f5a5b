import type { CorsMapTerms } from './corsMap';

/** What every cell stands for: sentences for people, on every form of the map. */
export function describeCorsMapTerms({ product, method, headers, credentials, key }: CorsMapTerms): string {
  const parts = [
    `Each cell is one call by a page in a browser: ${method === null ? 'the operation’s own method' : `the method ${method}`}, Content-Type: application/json where it has a body, and the headers that the policies of its scopes check`,
    ...(headers.length === 0 ? [] : [`, with ${headers.join(', ')}`]),
    `; ${keyWords(key, product)}; credentials: ${credentials}.`,
    ' It is allowed only if the browser’s preflight request, where it sends one, and the call itself are both allowed.',
  ];
  return parts.join('');
}

function keyWords(key: CorsMapTerms['key'], product: string | null): string {
  const of = product === null ? 'a subscription key' : `a key of product ${product}`;
  if (key === 'none') return 'without a subscription key';
  if (key !== null) return `${of} ${key === 'header' ? 'in its header' : 'in the query string'}`;
  const whose = product === null ? ', of whichever product' : '';
  return `${of} in its header where the API requires one${whose}`;
}
