/** The part of C# that expressions about origins are written in, as a tree. */
export type Expression =
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'character'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string; readonly isConditional: boolean }
  | { readonly kind: 'call'; readonly called: Expression; readonly parameters: readonly Expression[] }
  | { readonly kind: 'index'; readonly object: Expression; readonly index: Expression }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  | { readonly kind: 'lambda'; readonly parameter: string; readonly body: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'choice'; readonly test: Expression; readonly yes: Expression; readonly no: Expression };

export type Statement =
  | { readonly kind: 'set'; readonly name: string; readonly value: Expression; readonly isNew: boolean }
  | { readonly kind: 'if'; readonly test: Expression; readonly yes: Statement; readonly no: Statement | undefined }
  | { readonly kind: 'each'; readonly name: string; readonly list: Expression; readonly body: Statement }
  | { readonly kind: 'block'; readonly statements: readonly Statement[] }
  | { readonly kind: 'return'; readonly value: Expression };

/** Thrown inside this folder for code beyond the part of C# that is understood; never leaves it. */
export class NotUnderstood extends Error {}

export type Token =
  | { readonly kind: 'text' | 'character' | 'number' | 'name' | 'sign'; readonly text: string }
  | { readonly kind: 'end'; readonly text: '' };

const tokenPattern =
  /\s+|\/\/[^\r\n]*|\/\*[\s\S]*?\*\/|@"((?:[^"]|"")*)"|"((?:[^"\\\r\n]|\\.)*)"|'((?:[^'\\\r\n]|\\.))'|(\d+)(?![\w.])|([\p{L}_][\p{L}\p{N}_]*)|(=>|\?\?|\?\.|&&|\|\||==|!=|<=|>=|[-+!?:;,.(){}[\]=<>])/uy;

/** The tokens of a text without comments. Throws NotUnderstood. */
export function readTokens(code: string): readonly Token[] {
  const tokens: Token[] = [];
  tokenPattern.lastIndex = 0;
  while (tokenPattern.lastIndex < code.length) {
    const match = tokenPattern.exec(code);
    if (match === null) throw new NotUnderstood();
    const [, verbatim, text, character, number, name, sign] = match;
    if (verbatim !== undefined) tokens.push({ kind: 'text', text: verbatim.replaceAll('""', '"') });
    else if (text !== undefined) tokens.push({ kind: 'text', text: unescapeText(text) });
    else if (character !== undefined) tokens.push({ kind: 'character', text: unescapeText(character) });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (sign !== undefined) tokens.push({ kind: 'sign', text: sign });
  }
  return tokens;
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  '0': '\0',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

function unescapeText(text: string): string {
  return text.replace(/\\(.)/g, (_, character: string) => {
    const value = Object.hasOwn(escapes, character) ? escapes[character] : undefined;
    if (value === undefined) throw new NotUnderstood();
    return value;
  });
}
