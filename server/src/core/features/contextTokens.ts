import { type ContextMember, contextMembers, memberOf } from '../catalog/contextMembers';
import type { PolicyDocument } from '../syntax/policyTree';
import { textOf } from '../syntax/treeQueries';
import { type CsharpLexeme, csharpLexemes } from './csharpLexemes';
import type { SemanticToken } from './semanticTokens';

/** The `context` variable in the document's expressions, its documented members, and policy variables read through it. */
export function contextTokens(document: PolicyDocument): readonly SemanticToken[] {
  return document.expressions.flatMap(({ span }) => {
    const lexemes = csharpLexemes(textOf(document, span), span.start);
    return lexemes.flatMap(({ kind, text }, index) =>
      kind === 'name' && text === 'context' && !isSign(lexemes[index - 1], '.') ? tokensFrom(lexemes, index) : [],
    );
  });
}

/** The tokens of `context.Request.Url` and its kind, as far as the members are known. */
function tokensFrom(lexemes: readonly CsharpLexeme[], start: number): readonly SemanticToken[] {
  const context = lexemes[start] as CsharpLexeme;
  const tokens: SemanticToken[] = [{ span: context.span, type: 'variable', modifiers: ['readonly', 'defaultLibrary'] }];
  let member: ContextMember = contextMembers;
  let isVariables = false;
  let index = start + 1;
  for (;;) {
    if (isSign(lexemes[index], '?') || isSign(lexemes[index], '!')) index++;
    const name = lexemes[index + 1];
    const next = isSign(lexemes[index], '.') && name?.kind === 'name' ? memberOf(member, name.text) : undefined;
    if (name === undefined || next === undefined) break;
    tokens.push({
      span: name.span,
      type: next === 'method' ? 'method' : 'property',
      modifiers: next === 'method' ? ['defaultLibrary'] : ['readonly', 'defaultLibrary'],
    });
    if (member === contextMembers) isVariables = name.text === 'Variables';
    member = next;
    index += 2;
  }
  const variable = isVariables ? variableName(lexemes, index) : undefined;
  if (variable !== undefined) tokens.push({ span: variable.span, type: 'variable', modifiers: [] });
  return tokens;
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
  return name?.kind === 'string' && isPlainName(name.text) ? name : undefined;
}

/** Neither empty nor made of something else: a named value, an entity, an escape, a second line. */
export function isPlainName(text: string): boolean {
  return /^[^{}&\\\r\n]+$/.test(text);
}

function isSign(lexeme: CsharpLexeme | undefined, sign: string): boolean {
  return lexeme?.kind === 'sign' && lexeme.text === sign;
}
