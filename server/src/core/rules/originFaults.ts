import type { AllowedOrigin } from '../cors/corsPolicy';
import { type OriginProblem, parseOrigin } from '../cors/origin';

/** What keeps an `<origin>` from admitting anybody, and whose finding that is: each origin has one at most. */
export type OriginFault =
  | {
      readonly ruleId: 'origin-list-in-one-element';
      /** What stands between the marks, in order. */
      readonly parts: readonly string[];
    }
  | { readonly ruleId: 'origin-pattern' }
  | { readonly ruleId: 'origin-not-an-origin'; readonly problem: Exclude<OriginProblem, 'several' | 'pattern'> };

/**
 * Judges an origin by its value, or by what its text says whatever its named values stand for: `https://*.{{domain}}` is
 * a pattern in any case. Undefined for an origin, and where nothing can be said.
 */
export function findOriginFault(origin: AllowedOrigin): OriginFault | undefined {
  const text = origin.value.known ? origin.value.value : textAroundNamedValues(origin);
  const parsed = text === undefined ? undefined : parseOrigin(text);
  if (text === undefined || parsed?.kind !== 'invalid') return undefined;
  const { problem } = parsed;
  const parts = text.split(/[,;\s]+/).filter((part) => part !== '');
  const isList = parts.length > 1 && parts.every(isOneOrMany);
  if (isList || problem === 'several') return { ruleId: 'origin-list-in-one-element', parts };
  return problem === 'pattern' ? { ruleId: 'origin-pattern' } : { ruleId: 'origin-not-an-origin', problem };
}

/** An origin, or a pattern of origins: in a list, patterns are the second mistake. */
function isOneOrMany(part: string): boolean {
  const parsed = parseOrigin(part);
  return parsed.kind !== 'invalid' || (parsed.problem === 'pattern' && part.includes('://'));
}

/**
 * The text with a digit, which may stand in a host and in a port, for each named value. Undefined where a named value may
 * be more than a part of the text: at the beginning, it may bring an expression or a scheme.
 */
function textAroundNamedValues({ written, repeatsRequestOrigin }: AllowedOrigin): string | undefined {
  if (repeatsRequestOrigin || !/^[a-z][a-z0-9+.-]*:\/\//i.test(written) || !written.includes('{{')) return undefined;
  const text = written.replace(/\{\{[^{}]*\}\}/g, '1');
  return /[{}$#]|__/.test(text) ? undefined : text;
}

/** The origin for a sentence: as written, and what its named values make of it. */
export function quoteOrigin({ written, value }: AllowedOrigin): string {
  return value.known && value.value !== written ? `"${written}", which stands for "${value.value}",` : `"${written}"`;
}
