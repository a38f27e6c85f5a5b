import { findExpressionEnd } from '../syntax/expressionScanner';
import type { PolicyDocument, SyntaxProblem } from '../syntax/policyTree';
import { decodeEntities, forbiddenCharacter, hasEntity } from '../syntax/xmlEntities';
import type { Span } from '../text/span';
import type { SpanEdit } from '../text/textEdits';
import { csharpParts } from './csharpParts';
import { expressionFormatOf, hasEntityInCode, type PlacedExpression, placedExpressions, touches } from './policyFormat';

/** The form that a document is converted to: C# as it is (`rawxml`), or well-formed XML with entities (`xml`). */
export type ConversionTarget = 'rawxml' | 'xml';

/** What it takes to write a document in the other format. */
export interface FormatConversion {
  /** In the order of the text; only expressions are touched. */
  readonly edits: readonly SpanEdit[];
  /** Expressions that are not in the wanted form and stay as they are, because changing them could lose something. */
  readonly kept: readonly KeptExpression[];
  /**
   * What is wrong outside expressions, in the whole document: with it no XML reader accepts the text, however its
   * expressions are written.
   */
  readonly malformed: readonly SyntaxProblem[];
}

export interface KeptExpression {
  readonly span: Span;
  /** Why, and what to do. */
  readonly message: string;
}

/**
 * Writes the expressions of a document, or those that `within` touches, raw or escaped. Everything else stays as it is.
 *
 * From raw to escaped and back gives the same text. From escaped to raw and back gives the same code; the same text,
 * too, where it was escaped the way this function does it. An expression that could not be brought back is kept.
 */
export function convertFormat(document: PolicyDocument, to: ConversionTarget, within?: Span): FormatConversion {
  const edits: SpanEdit[] = [];
  const kept: KeptExpression[] = [];
  for (const placed of placedExpressions(document)) {
    if (within !== undefined && !touches(placed, within)) continue;
    const { span } = placed.expression;
    const converted = to === 'rawxml' ? toRaw(placed) : toEscaped(placed);
    if (converted.message !== undefined) kept.push({ span, message: converted.message });
    else if (converted.text !== placed.written) edits.push({ span, newText: converted.text });
  }
  return { edits, kept, malformed: problemsOutsideExpressions(document) };
}

function problemsOutsideExpressions({ problems, expressions }: PolicyDocument): readonly SyntaxProblem[] {
  let next = 0;
  return problems.filter(({ ruleId, span, variant }) => {
    // An excerpt is well-formed, and so is what XML allows though nobody means it.
    if (ruleId === 'not-a-policy' || variant === 'legal') return false;
    for (let end = expressions[next]?.span.end; end !== undefined && end <= span.start; ) {
      end = expressions[++next]?.span.end;
    }
    const expression = expressions[next];
    return expression === undefined || span.start < expression.span.start;
  });
}

type Converted = { readonly text: string; readonly message?: undefined } | { readonly message: string };

function toRaw(placed: PlacedExpression): Converted {
  const { written } = placed;
  if (!hasEntity(written)) return { text: written };
  if (!placed.isSound) return { message: brokenMessage };
  if (expressionFormatOf(placed) === 'unclear') return { message: unclearMessage };
  const code = decodeEntities(written);
  if (hasEntity(code)) return { message: hasEntityInCode(code) ? escapedTwiceMessage : entityTextMessage };
  if (losesLineBreak(placed, code)) return { message: lineBreakMessage };
  return readBack(placed, code);
}

function toEscaped(placed: PlacedExpression): Converted {
  const { written } = placed;
  const format = expressionFormatOf(placed);
  // Well-formed already, and perhaps in another spelling than ours.
  if (format === 'escaped') return isEscapedTwice(placed) ? { message: escapedTwiceMessage } : { text: written };
  const code = format === 'mixed' ? decodeEntities(written) : written;
  const text = escapeExpression(code, placed.quote);
  if (text === written) return { text };
  if (!placed.isSound) return { message: brokenMessage };
  if (format === 'unclear') return { message: unclearMessage };
  if (hasEntity(code)) return { message: hasEntityInCode(code) ? escapedTwiceMessage : unclearMessage };
  return readBack(placed, text);
}

function isEscapedTwice({ written, isSound }: PlacedExpression): boolean {
  const code = decodeEntities(written);
  return isSound && hasEntity(code) && hasEntityInCode(code);
}

/**
 * True where an escaped expression has a line break or a tab that XML readers make a blank of, and its code is another
 * with the blank: where this file would write an entity. Raw, the line break would count.
 */
function losesLineBreak(placed: PlacedExpression, code: string): boolean {
  const { written, quote } = placed;
  if (quote === undefined || expressionFormatOf(placed) !== 'escaped' || !/[\n\r\t]/.test(written)) return false;
  const value = readAttributeValue(written);
  const meant = readAttributeValue(escapeExpression(code, quote));
  for (let index = 0; index < meant.length; index++) {
    if (/[\n\r\t]/.test(meant[index] as string) && value[index] === ' ') return true;
  }
  return false;
}

/** As XML readers read it, but that both characters of a Windows line end become blanks, so that offsets stay. */
function readAttributeValue(written: string): string {
  return decodeEntities(written.replace(/[\n\r\t]/g, ' '));
}

/** The new text, where it is read as one expression again, and has no character that XML forbids in either form. */
function readBack({ quote }: PlacedExpression, text: string): Converted {
  if (forbiddenCharacter.test(decodeEntities(text))) return { message: forbiddenMessage };
  const found = findExpressionEnd(text, 0, quote);
  return found.isTerminated && found.end === text.length ? { text } : { message: unreadableMessage };
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '\n': '&#xA;',
  '\r': '&#xD;',
  '\t': '&#x9;',
};

function escapeExpression(code: string, quote: '"' | "'" | undefined): string {
  const markup = quote === '"' ? /[&<>"]/g : quote === "'" ? /[&<>']/g : /[&<>]/g;
  const replace = (text: string, characters: RegExp): string =>
    text.replace(characters, (character) => escapes[character] ?? character);
  if (quote === undefined || !/[\n\r\t]/.test(code)) return replace(code, markup);

  // An XML reader turns a line break in an attribute into a blank. To C# that is the same everywhere but here: in a
  // string, behind a comment that ends with its line, and before a line of the preprocessor that is not the first.
  let text = '';
  let end = 0;
  for (const { kind, span } of csharpParts(code)) {
    const isBlockComment = code.startsWith('/*', span.start);
    const partEnd = kind === 'comment' && !isBlockComment ? skipLineBreak(code, span.end) : span.end;
    const part = replace(code.slice(span.start, partEnd), markup);
    const before = replace(code.slice(end, span.start), markup);
    text += code[span.start] === '#' && !/^@\{\s*$/.test(before) ? replace(before, lastLineBreak) : before;
    text += isBlockComment ? part : replace(part, kind === 'comment' ? /[\n\r]/g : /[\n\r\t]/g);
    end = partEnd;
  }
  return text + replace(code.slice(end), markup);
}

/** That before the indentation at the end. */
const lastLineBreak = /\r(?=\n?[ \t]*$)|\n(?=[ \t]*$)/g;

function skipLineBreak(text: string, offset: number): number {
  if (text.startsWith('\r\n', offset)) return offset + 2;
  return offset < text.length ? offset + 1 : offset;
}

const brokenMessage =
  'This expression is broken or not the whole value, so where it ends is a guess. Correct it, and convert again.';
const unclearMessage =
  'This raw expression has entities such as &amp; in its strings or comments. Whether the service decodes them is not documented, so either reading could change the code. Write the character itself, or build the text from parts such as "&" + "amp;".';
const entityTextMessage =
  'The code of this expression has the text of an entity, such as &amp;, in a string or a comment. Written raw, it could be taken for the character. Build the text from parts such as "&" + "amp;", or leave the expression escaped.';
const escapedTwiceMessage =
  'This expression is escaped twice: decoded once, its code still has entities such as &quot;. Some tool has escaped a policy that was escaped already. Replace &amp;quot; by &quot;, and so on, and convert again.';
const lineBreakMessage =
  'This escaped expression has a line break or a tab in a string, or a line break behind a // comment or at a preprocessor line, that is not written as an entity. XML readers make a blank of it, so written raw, the code would be another. Write &#xA; (a tab as &#x9;) or a blank, whichever is meant, and convert again.';
const forbiddenMessage =
  'This expression has a character that XML does not allow, not even as an entity. Write it as an escape of C#, such as \\u0001, and convert again.';
const unreadableMessage =
  'Written in the other form, this expression could not be read back as it is. Simplify its strings or comments, and convert again.';
