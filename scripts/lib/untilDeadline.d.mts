/** For tests in TypeScript. */
export function untilDeadline<T>(
  what: string,
  look: () => T | undefined | Promise<T | undefined>,
  options?: { readonly timeoutMs?: number; readonly seen?: () => string | Promise<string> },
): Promise<T>;
