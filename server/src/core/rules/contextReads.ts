/** What an expression may read, and what sets it: neither a policy variable nor a caller's key is there on a preflight. */
const absentOnPreflight = ['Variables', 'Subscription', 'User', 'Product'] as const;

/**
 * The members of `context` in C# that a preflight request may lack: `context.Variables` and the like, each once. On a
 * preflight only `cors` is evaluated, so no `set-variable` has run (cors-policy reference, usage notes), and browsers send
 * no key with it (Fetch, "CORS-preflight fetch").
 */
export function readsOf(code: string): readonly string[] {
  return absentOnPreflight.map((member) => `context.${member}`).filter((read) => code.includes(read));
}
