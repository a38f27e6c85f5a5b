import type { PolicyScope } from '../policyScope';

/** `orders;rev=2` → API orders, revision 2. An API without `;rev=` is the current revision, whatever its number. */
export function splitRevision(name: string): { readonly api: string; readonly revision?: string } {
  const match = /^(.*);rev=(\d+)$/i.exec(name);
  return match === null ? { api: name } : { api: match[1] as string, revision: match[2] as string };
}

/** An API's id as products list it: membership belongs to the API, whatever its revision. */
export function apiKey(name: string): string {
  return splitRevision(name).api.toLowerCase();
}

/** The same for an API's id that was written by hand or taken from a name: `api: "orders;rev=2"` is revision 2 of orders. */
export function splitRevisionOf(scope: PolicyScope): PolicyScope {
  if ((scope.kind !== 'api' && scope.kind !== 'operation') || scope.api === undefined) return scope;
  return scope.revision === undefined ? { ...scope, ...splitRevision(scope.api) } : scope;
}
