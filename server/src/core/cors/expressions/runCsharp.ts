import { callMethod, type Lambda, type Value } from './csharpMethods';
import { type Expression, NotUnderstood, type Statement } from './csharpSyntax';

/** What the code can ask of the request. `origin` undefined: no such header. */
export interface RequestContext {
  origin(): string | undefined;
}

/** More than any real expression needs. */
const maxSteps = 10_000;

/** What the code returns. Throws NotUnderstood for everything that is not certain. */
export function runCsharp(code: Expression | Statement, context: RequestContext): Value {
  const run: Run = { context, names: new Map(), stepsLeft: maxSteps };
  if (!isStatement(code)) return evaluate(run, code);
  const result = execute(run, code);
  if (result === undefined) throw new NotUnderstood();
  return result.value;
}

interface Run {
  readonly context: RequestContext;
  readonly names: ReadonlyMap<string, Value>;
  stepsLeft: number;
}

function isStatement(code: Expression | Statement): code is Statement {
  return ['set', 'if', 'each', 'block', 'return'].includes(code.kind);
}

/** Undefined: it went on without `return`. Names live to the end: C# refuses code where that makes a difference. */
function execute(run: Run, statement: Statement): { readonly value: Value } | undefined {
  countStep(run);
  switch (statement.kind) {
    case 'return':
      return { value: evaluate(run, statement.value) };
    case 'set':
      (run.names as Map<string, Value>).set(statement.name, evaluate(run, statement.value));
      return undefined;
    case 'block':
      for (const each of statement.statements) {
        const result = execute(run, each);
        if (result !== undefined) return result;
      }
      return undefined;
    case 'if': {
      const next = truthOf(evaluate(run, statement.test)) ? statement.yes : statement.no;
      return next && execute(run, next);
    }
    case 'each': {
      const list = evaluate(run, statement.list);
      if (!Array.isArray(list)) throw new NotUnderstood();
      for (const item of list) {
        (run.names as Map<string, Value>).set(statement.name, item as Value);
        const result = execute(run, statement.body);
        if (result !== undefined) return result;
      }
      return undefined;
    }
  }
}

function evaluate(run: Run, expression: Expression): Value {
  countStep(run);
  switch (expression.kind) {
    case 'text':
    case 'number':
      return expression.value;
    case 'character':
      return { character: expression.value };
    case 'name':
      return valueOfName(run, expression.name);
    case 'list':
      return expression.items.map((item) => evaluate(run, item));
    case 'lambda':
      return lambdaOf(run, expression);
    case 'not':
      return !truthOf(evaluate(run, expression.operand));
    case 'choice':
      return evaluate(run, truthOf(evaluate(run, expression.test)) ? expression.yes : expression.no);
    case 'binary':
      return evaluateBinary(run, expression);
    case 'member':
      return evaluateMember(run, expression);
    case 'index':
      return evaluateIndex(run, expression);
    case 'call':
      return evaluateCall(run, expression);
  }
}

function countStep(run: Run): void {
  if (--run.stepsLeft < 0) throw new NotUnderstood();
}

function truthOf(value: Value): boolean {
  if (typeof value !== 'boolean') throw new NotUnderstood();
  return value;
}

function valueOfName({ names }: Run, name: string): Value {
  if (name === 'true' || name === 'false') return name === 'true';
  if (name === 'null') return null;
  const value = names.get(name);
  if (value === undefined) throw new NotUnderstood();
  return value;
}

function lambdaOf(run: Run, { parameter, body }: Extract<Expression, { kind: 'lambda' }>): Lambda {
  return (value) => {
    countStep(run);
    const inner: Run = {
      context: run.context,
      names: new Map(run.names).set(parameter, value),
      stepsLeft: run.stepsLeft,
    };
    const result = evaluate(inner, body);
    run.stepsLeft = inner.stepsLeft;
    return result;
  };
}

function evaluateBinary(run: Run, { operator, left, right }: Extract<Expression, { kind: 'binary' }>): Value {
  const first = evaluate(run, left);
  if (operator === '??') return first ?? evaluate(run, right);
  if (operator === '&&') return truthOf(first) && truthOf(evaluate(run, right));
  if (operator === '||') return truthOf(first) || truthOf(evaluate(run, right));
  const second = evaluate(run, right);
  if (operator === '==' || operator === '!=') return isEqual(first, second) === (operator === '==');
  if (operator === '+' && typeof first === 'string' && typeof second === 'string') return first + second;
  if (typeof first !== 'number' || typeof second !== 'number') throw new NotUnderstood();
  switch (operator) {
    case '<':
      return first < second;
    case '>':
      return first > second;
    case '<=':
      return first <= second;
    case '>=':
      return first >= second;
    default:
      return first + second;
  }
}

/** `==` of texts, numbers and truth values; that of objects is another one. */
function isEqual(one: Value, other: Value): boolean {
  const isPlain = (value: Value): boolean => value === null || ['string', 'number', 'boolean'].includes(typeof value);
  const isComparable = one === null || other === null || typeof one === typeof other;
  if (!isPlain(one) || !isPlain(other) || !isComparable) throw new NotUnderstood();
  return one === other;
}

/** `context.Request.Headers`, written out. */
function isHeaders(expression: Expression): boolean {
  return pathOf(expression) === 'context.Request.Headers';
}

function pathOf(expression: Expression): string | undefined {
  if (expression.kind === 'name') return expression.name;
  if (expression.kind !== 'member' || expression.isConditional) return undefined;
  const before = pathOf(expression.object);
  return before === undefined ? undefined : `${before}.${expression.name}`;
}

function evaluateMember(run: Run, expression: Extract<Expression, { kind: 'member' }>): Value {
  const path = pathOf(expression);
  if (path === 'string.Empty' || path === 'String.Empty') return '';
  if (path !== undefined && /^String(Comparison|Comparer|SplitOptions)\.\w+$/.test(path)) return { option: path };
  const object = evaluate(run, expression.object);
  if (object === null && expression.isConditional) return null;
  const isLength = expression.name === 'Length' || (expression.name === 'Count' && Array.isArray(object));
  if (isLength && (typeof object === 'string' || Array.isArray(object))) return object.length;
  throw new NotUnderstood();
}

function evaluateIndex(run: Run, { object, index }: Extract<Expression, { kind: 'index' }>): Value {
  if (isHeaders(object)) {
    const origin = isOriginName(evaluate(run, index)) ? run.context.origin() : undefined;
    if (origin === undefined) throw new NotUnderstood();
    return [origin];
  }
  const list = evaluate(run, object);
  const position = evaluate(run, index);
  const item = Array.isArray(list) && typeof position === 'number' ? (list[position] as Value | undefined) : undefined;
  if (item === undefined) throw new NotUnderstood();
  return item;
}

function isOriginName(value: Value | undefined): boolean {
  return typeof value === 'string' && value.toLowerCase() === 'origin';
}

function evaluateCall(run: Run, { called, parameters }: Extract<Expression, { kind: 'call' }>): Value {
  if (called.kind !== 'member') throw new NotUnderstood();
  const { object, name, isConditional } = called;
  const values = (): readonly Value[] => parameters.map((parameter) => evaluate(run, parameter));
  if (isHeaders(object)) return askHeaders(run, name, values());
  const type = object.kind === 'name' && !run.names.has(object.name) ? object.name : undefined;
  if (type !== undefined) return callMethod({ type }, name, values());
  const receiver = evaluate(run, object);
  if (receiver === null && isConditional) return null;
  return callMethod(receiver, name, values());
}

function askHeaders(run: Run, method: string, [name, otherwise]: readonly Value[]): Value {
  if (!isOriginName(name)) throw new NotUnderstood();
  const origin = run.context.origin();
  if (method === 'ContainsKey') return origin !== undefined;
  if (method !== 'GetValueOrDefault') throw new NotUnderstood();
  if (origin !== undefined) return origin;
  if (otherwise === undefined) throw new NotUnderstood();
  return otherwise;
}
