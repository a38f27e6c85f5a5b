import { skipSpace } from '../syntax/characters';
import type { PolicyDocument, PolicyExpression } from '../syntax/policyTree';
import { allNodes } from '../syntax/treeQueries';
import { hasBareMarkup, hasEntity } from '../syntax/xmlEntities';
import type { Span } from '../text/span';
import { csharpParts } from './csharpParts';

/**
 * In which of the service's two formats a text is: `xml`, well-formed, with its expressions escaped by entities, or
 * `rawxml`, with C# as it is. `either` where nothing tells them apart, `mixed` where both occur.
 */
export type PolicyFormat = 'xml' | 'rawxml' | 'either' | 'mixed';

/**
 * How one expression is written. `either`: nothing in it needs to be escaped. `mixed`: escaped in part, as `&amp;&amp;`
 * beside a bare quote. `unclear`: no XML reader accepts it, and its only entities stand in strings or comments, so that
 * nobody can tell whether they are meant as entities or as the text of the code.
 */
export type ExpressionFormat = 'either' | 'raw' | 'escaped' | 'mixed' | 'unclear';

/** An expression with what decides how it must be escaped. */
export interface PlacedExpression {
  readonly expression: PolicyExpression;
  /** As written, from `@` to the closing bracket. */
  readonly written: string;
  /** The quote of the attribute that it is the value of; undefined in element text. */
  readonly quote: '"' | "'" | undefined;
  /** False where the expression, or the attribute around it, is broken, or other text stands beside it. */
  readonly isSound: boolean;
}

/** The expressions of a document in the order of the text, but those in CDATA, which are neither raw nor escaped. */
export function placedExpressions(document: PolicyDocument): readonly PlacedExpression[] {
  const { text } = document;
  const places = new Map<number, Pick<PlacedExpression, 'quote' | 'isSound'>>();
  for (const node of allNodes(document)) {
    if (node.kind === 'text') {
      places.set(skipSpace(text, node.span.start), { quote: undefined, isSound: node.expression !== undefined });
    }
    if (node.kind !== 'element') continue;
    for (const { expression, quote, valueSpan } of node.attributes) {
      const isQuoted = quote !== undefined && text[valueSpan.end] === quote;
      places.set(skipSpace(text, valueSpan.start), { quote, isSound: expression !== undefined && isQuoted });
    }
  }
  return document.expressions.flatMap((expression) => {
    const place = places.get(expression.span.start);
    // In CDATA nothing is ever escaped.
    if (place === undefined) return [];
    const { quote, isSound } = place;
    const written = text.slice(expression.span.start, expression.span.end);
    return [{ expression, written, quote, isSound: isSound && expression.isTerminated }];
  });
}

/** What can be said without knowing the rest of the document. */
export function expressionFormatOf({ written, quote }: PlacedExpression): ExpressionFormat {
  const isRaw = hasBareMarkup(written) || (quote !== undefined && written.includes(quote));
  if (!hasEntity(written)) return isRaw ? 'raw' : 'either';
  if (!isRaw) return 'escaped';
  return hasEntityInCode(written) ? 'mixed' : 'unclear';
}

/** True where an entity stands outside strings and comments: no C# has one there, so it can only be an escape. */
export function hasEntityInCode(written: string): boolean {
  let code = '';
  let end = 0;
  for (const { span } of csharpParts(written)) {
    code += `${written.slice(end, span.start)} `;
    end = span.end;
  }
  return hasEntity(code + written.slice(end));
}

/** What the expressions of a document say about its format; those that are broken say nothing. */
export function policyFormatOf(document: PolicyDocument): PolicyFormat {
  let isRaw = false;
  let isEscaped = false;
  for (const placed of placedExpressions(document)) {
    if (!placed.isSound) continue;
    const format = expressionFormatOf(placed);
    isRaw ||= format === 'raw' || format === 'mixed' || format === 'unclear';
    isEscaped ||= format === 'escaped' || format === 'mixed';
  }
  if (isRaw) return isEscaped ? 'mixed' : 'rawxml';
  return isEscaped ? 'xml' : 'either';
}

/** True where a cursor or a selection touches the expression. */
export function touches({ expression }: PlacedExpression, { start, end }: Span): boolean {
  return expression.span.start <= end && start <= expression.span.end;
}
