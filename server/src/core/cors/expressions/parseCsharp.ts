import { type Expression, NotUnderstood, readTokens, type Statement, type Token } from './csharpSyntax';

/** Deeper than anybody writes; it keeps a text of brackets from exhausting the stack. */
const maxDepth = 50;
/** Longer code is not about an origin. */
const maxLength = 4000;

/** The statements of `@{ … }`. Throws NotUnderstood. */
export function parseStatements(code: string): Statement {
  const reader = createReader(code);
  const statements: Statement[] = [];
  while (reader.peek().kind !== 'end') statements.push(readStatement(reader));
  return { kind: 'block', statements };
}

/** The expression of `@( … )`. Throws NotUnderstood. */
export function parseExpression(code: string): Expression {
  const reader = createReader(code);
  const expression = readExpression(reader);
  if (reader.peek().kind !== 'end') throw new NotUnderstood();
  return expression;
}

interface Reader {
  peek(ahead?: number): Token;
  take(): Token;
  takeIf(sign: string): boolean;
  expect(sign: string): void;
  nested<T>(read: () => T): T;
}

const end: Token = { kind: 'end', text: '' };

function createReader(code: string): Reader {
  if (code.length > maxLength) throw new NotUnderstood();
  const tokens = readTokens(code);
  let position = 0;
  let depth = 0;
  const reader: Reader = {
    peek: (ahead = 0) => tokens[position + ahead] ?? end,
    take: () => tokens[position++] ?? end,
    takeIf(sign) {
      const isThere = isSign(reader.peek(), sign);
      if (isThere) position++;
      return isThere;
    },
    expect(sign) {
      if (!reader.takeIf(sign)) throw new NotUnderstood();
    },
    nested(read) {
      if (++depth > maxDepth) throw new NotUnderstood();
      const result = read();
      depth--;
      return result;
    },
  };
  return reader;
}

function isSign(token: Token, ...signs: readonly string[]): boolean {
  return token.kind === 'sign' && signs.includes(token.text);
}

function isWord(token: Token, word: string): boolean {
  return token.kind === 'name' && token.text === word;
}

function readStatement(reader: Reader): Statement {
  return reader.nested(() => {
    if (reader.takeIf('{')) {
      const statements: Statement[] = [];
      while (!reader.takeIf('}')) statements.push(readStatement(reader));
      return { kind: 'block', statements };
    }
    if (isWord(reader.peek(), 'return')) {
      reader.take();
      const value = readExpression(reader);
      reader.expect(';');
      return { kind: 'return', value };
    }
    if (isWord(reader.peek(), 'if')) return readIf(reader);
    if (isWord(reader.peek(), 'foreach')) return readEach(reader);
    return readSet(reader);
  });
}

function readIf(reader: Reader): Statement {
  reader.take();
  reader.expect('(');
  const test = readExpression(reader);
  reader.expect(')');
  const yes = readStatement(reader);
  if (!isWord(reader.peek(), 'else')) return { kind: 'if', test, yes, no: undefined };
  reader.take();
  return { kind: 'if', test, yes, no: readStatement(reader) };
}

function readEach(reader: Reader): Statement {
  reader.take();
  reader.expect('(');
  readType(reader);
  const name = readName(reader);
  if (!isWord(reader.take(), 'in')) throw new NotUnderstood();
  const list = readExpression(reader);
  reader.expect(')');
  return { kind: 'each', name, list, body: readStatement(reader) };
}

/** `var origins = …;` and `found = …;` */
function readSet(reader: Reader): Statement {
  const isNew = !isSign(reader.peek(1), '=');
  if (isNew) readType(reader);
  const name = readName(reader);
  reader.expect('=');
  const value = readExpression(reader);
  reader.expect(';');
  return { kind: 'set', name, value, isNew };
}

/** `var`, `string[]`, `List<string>`: which one it is does not matter here. */
function readType(reader: Reader): void {
  readName(reader);
  while (reader.takeIf('.')) readName(reader);
  if (reader.takeIf('<')) {
    readType(reader);
    reader.expect('>');
  }
  if (reader.takeIf('[')) reader.expect(']');
}

function readName(reader: Reader): string {
  const token = reader.take();
  if (token.kind !== 'name') throw new NotUnderstood();
  return token.text;
}

function readExpression(reader: Reader): Expression {
  return reader.nested(() => {
    if (reader.peek().kind === 'name' && isSign(reader.peek(1), '=>')) {
      const parameter = readName(reader);
      reader.expect('=>');
      return { kind: 'lambda', parameter, body: readExpression(reader) };
    }
    if (isSign(reader.peek(), '(') && isSign(reader.peek(2), ')') && isSign(reader.peek(3), '=>')) {
      reader.expect('(');
      const parameter = readName(reader);
      reader.expect(')');
      reader.expect('=>');
      return { kind: 'lambda', parameter, body: readExpression(reader) };
    }
    const test = readBinary(reader, 0);
    if (!reader.takeIf('?')) return test;
    const yes = readExpression(reader);
    reader.expect(':');
    return { kind: 'choice', test, yes, no: readExpression(reader) };
  });
}

/** Loosest first (C# reference, "Operator precedence"). */
const operators: readonly (readonly string[])[] = [['??'], ['||'], ['&&'], ['==', '!='], ['<', '>', '<=', '>='], ['+']];

function readBinary(reader: Reader, level: number): Expression {
  const signs = operators[level];
  if (signs === undefined) return readUnary(reader);
  let left = readBinary(reader, level + 1);
  while (isSign(reader.peek(), ...signs)) {
    const operator = reader.take().text;
    // ?? is the one that binds to the right; the others to the left.
    const right = readBinary(reader, operator === '??' ? level : level + 1);
    left = { kind: 'binary', operator, left, right };
  }
  return left;
}

function readUnary(reader: Reader): Expression {
  if (reader.takeIf('!')) return reader.nested(() => ({ kind: 'not', operand: readUnary(reader) }));
  if (reader.takeIf('-')) {
    const token = reader.take();
    if (token.kind !== 'number') throw new NotUnderstood();
    return { kind: 'number', value: -Number(token.text) };
  }
  // A cast of what is a text anyway.
  if (isSign(reader.peek(), '(') && isWord(reader.peek(1), 'string') && isSign(reader.peek(2), ')')) {
    for (let count = 0; count < 3; count++) reader.take();
    return reader.nested(() => readUnary(reader));
  }
  return readPostfix(reader);
}

function readPostfix(reader: Reader): Expression {
  let expression = readPrimary(reader);
  for (;;) {
    if (isSign(reader.peek(), '.', '?.')) {
      const isConditional = reader.take().text === '?.';
      expression = { kind: 'member', object: expression, name: readName(reader), isConditional };
      if (isSign(reader.peek(), '<')) skipTypeParameters(reader);
    } else if (reader.takeIf('(')) {
      expression = { kind: 'call', called: expression, parameters: readList(reader, ')') };
    } else if (reader.takeIf('[')) {
      const index = readExpression(reader);
      reader.expect(']');
      expression = { kind: 'index', object: expression, index };
    } else return expression;
  }
}

/** `.Contains<string>(`; any other `<` is a comparison, and stays. */
function skipTypeParameters(reader: Reader): void {
  const isTyped = reader.peek(1).kind === 'name' && isSign(reader.peek(2), '>') && isSign(reader.peek(3), '(');
  if (isTyped) for (let count = 0; count < 3; count++) reader.take();
}

function readList(reader: Reader, closing: string): readonly Expression[] {
  const items: Expression[] = [];
  while (!reader.takeIf(closing)) {
    items.push(readExpression(reader));
    if (!reader.takeIf(',') && !isSign(reader.peek(), closing)) throw new NotUnderstood();
  }
  return items;
}

function readPrimary(reader: Reader): Expression {
  if (isWord(reader.peek(), 'new')) return readNew(reader);
  const token = reader.take();
  if (token.kind === 'text' || token.kind === 'character') return { kind: token.kind, value: token.text };
  if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
  if (token.kind === 'name') return { kind: 'name', name: token.text };
  if (!isSign(token, '(')) throw new NotUnderstood();
  const inside = readExpression(reader);
  reader.expect(')');
  return inside;
}

/** `new[] { … }`, `new string[] { … }`, `new List<string> { … }`, with `()` or without. A set with a comparer is another matter. */
function readNew(reader: Reader): Expression {
  reader.take();
  if (reader.takeIf('[')) reader.expect(']');
  else readType(reader);
  if (reader.takeIf('(')) reader.expect(')');
  reader.expect('{');
  return { kind: 'list', items: readList(reader, '}') };
}
