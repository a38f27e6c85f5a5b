import type { Span } from '../text/span';
import { cursorOver } from './forwardSearch';
import type { Placeholder, PolicyExpression } from './policyTree';

/**
 * Tokens of deployment tools outside comments and expressions, in the order of the text: `${name}` and `%{ if … }` of
 * Terraform, `#name#` and `#{name}#` of replace steps, `$(name)` of Azure DevOps, `__NAME__` (repository-layouts, section
 * 14). In C# the same characters mean something else: `$"{name}"` is a string with a hole.
 */
export function scanPlaceholders(
  text: string,
  expressions: readonly PolicyExpression[],
  comments: readonly Span[],
): readonly Placeholder[] {
  const found: Placeholder[] = [];
  const isInExpression = cursorOver(expressions.map(({ span }) => span));
  const isInComment = cursorOver(comments);
  for (const { index, 0: written } of text.matchAll(placeholderPattern)) {
    if (isInExpression(index) || isInComment(index)) continue;
    found.push({ span: { start: index, end: index + written.length } });
  }
  return found;
}

/** Limits keep a line of openings from taking quadratic time. */
const placeholderPattern =
  /[$%]\{[^{}<>\r\n]{1,200}\}|\$\([\w.-]{1,100}\)|#\{[\w.-]{1,100}\}#|#[A-Za-z][\w.-]{0,99}#|\b__[A-Z][A-Z0-9_]{0,98}__\b/g;

/** The first placeholder in a text; undefined where there is none. For values that were taken out of their document. */
export function findPlaceholder(text: string): string | undefined {
  return text.match(placeholderPattern)?.[0];
}

/** True where a text holds placeholders and nothing else: a template may have them where XML allows no text. */
export function isOnlyPlaceholders(text: string): boolean {
  return text.replace(placeholderPattern, '').trim() === '';
}

/** True where a value is nothing but `{name}`, which templates write where a number or `true` is due. */
export function isBracedToken(value: string): boolean {
  return /^\{[a-zA-Z][\w.-]{0,99}\}$/.test(value);
}
