/** `orders;rev=2` → API orders, revision 2. An API without `;rev=` is the current revision, whatever its number. */
export function splitRevision(name: string): { readonly api: string; readonly revision?: string } {
  const match = /^(.*);rev=(\d+)$/i.exec(name);
  return match === null ? { api: name } : { api: match[1] as string, revision: match[2] as string };
}

/** An API's id as products list it: membership belongs to the API, whatever its revision. */
export function apiKey(name: string): string {
  return splitRevision(name).api.toLowerCase();
}
