import { type ContextMember, contextMembers, memberOf } from '../catalog/contextMembers';
import { type CsharpLexeme, csharpLexemes } from '../syntax/csharpLexemes';
import type { PolicyDocument } from '../syntax/policyTree';
import { textOf } from '../syntax/treeQueries';
import type { Span } from '../text/span';

/** One use of the `context` variable in C#: `context.Variables["name"]`. */
export interface ContextAccess {
  readonly contextSpan: Span;
  /** The documented members behind it, as far as they are known. */
  readonly members: readonly { readonly span: Span; readonly kind: 'property' | 'method' }[];
  /** The policy variable that is asked for: what stands between the quotes. */
  readonly variable: { readonly name: string; readonly span: Span } | undefined;
}

/** Every use of `context` in the document's expressions, in order. */
export function contextAccesses(document: PolicyDocument): readonly ContextAccess[] {
  return document.expressions.flatMap(({ span }) => {
    const lexemes = csharpLexemes(textOf(document, span), span.start);
    return lexemes.flatMap(({ kind, text }, index) =>
      kind === 'name' && text === 'context' && !isSign(lexemes[index - 1], '.') ? [accessFrom(lexemes, index)] : [],
    );
  });
}

function accessFrom(lexemes: readonly CsharpLexeme[], start: number): ContextAccess {
  const { span: contextSpan } = lexemes[start] as CsharpLexeme;
  const members: { span: Span; kind: 'property' | 'method' }[] = [];
  let member: ContextMember = contextMembers;
  let isVariables = false;
  let index = start + 1;
  for (;;) {
    if (isSign(lexemes[index], '?') || isSign(lexemes[index], '!')) index++;
    const name = lexemes[index + 1];
    const next = isSign(lexemes[index], '.') && name?.kind === 'name' ? memberOf(member, name.text) : undefined;
    if (name === undefined || next === undefined) break;
    members.push({ span: name.span, kind: next === 'method' ? 'method' : 'property' });
    if (member === contextMembers) isVariables = name.text === 'Variables';
    member = next;
    index += 2;
  }
  const name = isVariables ? variableName(lexemes, index) : undefined;
  return { contextSpan, members, variable: name && { name: name.text, span: name.span } };
}

/** In lexemes. Without a limit, a row of `<` would be read again and again. */
const longestType = 40;

/** The string in `["name"]`, `("name", …)` and `<T>("name", …)`. */
function variableName(lexemes: readonly CsharpLexeme[], start: number): CsharpLexeme | undefined {
  let index = start;
  if (isSign(lexemes[index], '<')) {
    while (index - start < longestType && !isSign(lexemes[index], '(')) index++;
  }
  if (!isSign(lexemes[index], '[') && !isSign(lexemes[index], '(')) return undefined;
  const name = lexemes[index + 1];
  // `["a" + n]` is another name than `a`.
  const isWhole = [']', ')', ','].some((sign) => isSign(lexemes[index + 2], sign));
  return name?.kind === 'string' && isWhole && isPlainName(name.text) ? name : undefined;
}

/** Neither empty nor made of something else: a named value, an entity, an escape, a second line. */
export function isPlainName(text: string): boolean {
  return /^[^{}&\\\r\n]+$/.test(text);
}

function isSign(lexeme: CsharpLexeme | undefined, sign: string): boolean {
  return lexeme?.kind === 'sign' && lexeme.text === sign;
}
