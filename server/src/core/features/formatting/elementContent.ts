import { isSpace } from '../../syntax/characters';
import type { PolicyDocument, PolicyElement, PolicyExpression, PolicyNode } from '../../syntax/policyTree';
import type { Span } from '../../text/span';

/**
 * What the content of an element is to formatting.
 *
 * - `layout`: elements, comments and white space between them, which means nothing.
 * - `expression`: one policy expression, and the white space around it, which the service takes off: it knows an
 *   expression by its first character.
 * - `text`: anything else; its white space may be part of a value.
 */
export type ElementContent =
  | { readonly kind: 'layout' | 'text' }
  | { readonly kind: 'expression'; readonly expression: PolicyExpression };

/** Their content is a body or a style sheet, with rules of its own for white space. */
const elementsWithForeignContent = new Set(['set-body', 'xsl-transform']);

/** Takes time in proportion to the element's own texts. */
export function contentOf({ text }: PolicyDocument, { name, attributes, children }: PolicyElement): ElementContent {
  const [only] = children;
  const has = (attributeName: string): boolean => attributes.some((attribute) => attribute.name === attributeName);
  // In a template, @{ is what the template language takes it for.
  if (has('xml:space') || (name === 'set-body' && has('template'))) return { kind: 'text' };
  if (children.length === 1 && only?.kind === 'text' && only.expression?.isTerminated === true) {
    return { kind: 'expression', expression: only.expression };
  }
  if (elementsWithForeignContent.has(name)) return { kind: 'text' };
  // Blanks on one line may be a value, line breaks alone hardly are.
  const isBlankValue =
    children.length === 1 && only?.kind === 'text' && !/[\r\n]/.test(text.slice(only.span.start, only.span.end));
  return { kind: !isBlankValue && children.every((child) => isLayoutNode(text, child)) ? 'layout' : 'text' };
}

/** True for what stands on lines of its own or between such: not for text, CDATA and what cannot be read. */
export function isLayoutNode(text: string, { kind, span }: PolicyNode): boolean {
  if (kind === 'text') return isWhiteSpace(text, withoutMark(text, span));
  return kind !== 'cdata' && kind !== 'skipped';
}

/** True where nothing but XML's white space is in the span. */
export function isWhiteSpace(text: string, { start, end }: Span): boolean {
  for (let index = start; index < end; index++) if (!isSpace(text.charCodeAt(index))) return false;
  return true;
}

/** The span without the byte order mark that a text may begin with. */
export function withoutMark(text: string, { start, end }: Span): Span {
  return { start: start === 0 && text.startsWith('\uFEFF') ? 1 : start, end };
}
