import { NotUnderstood } from './csharpSyntax';

/** What an expression can be worked out to. */
export type Value =
  | string
  | number
  | boolean
  | null
  | readonly Value[]
  | { readonly character: string }
  /** `StringComparison.OrdinalIgnoreCase` and the like. */
  | { readonly option: string }
  | Lambda;

export type Lambda = (value: Value) => Value;

/** What a method is called on: a value, or the name of a type. */
type Receiver = Value | { readonly type: string };

/** Calls one of the methods that texts and lists of texts have. Throws NotUnderstood for others, and for odd parameters. */
export function callMethod(receiver: Receiver, name: string, values: readonly Value[]): Value {
  if (typeof receiver === 'string') return callOnText(receiver, name, values);
  if (Array.isArray(receiver)) return callOnList(receiver, name, values);
  if (typeof receiver === 'object' && receiver !== null && 'type' in receiver) {
    return callOnType(receiver.type, name, values);
  }
  throw new NotUnderstood();
}

function callOnType(type: string, name: string, values: readonly Value[]): Value {
  const [first, second] = values;
  if (type === 'string' || type === 'String') {
    if (name === 'IsNullOrEmpty') return first === null || textOf(first) === '';
    if (name === 'IsNullOrWhiteSpace') return first === null || textOf(first).trim() === '';
    if (name === 'Equals') return fold(textOf(first), values[2]) === fold(textOf(second), values[2]);
  }
  if (type === 'Array') {
    if (name === 'IndexOf') return callOnList(listOf(first), name, values.slice(1));
    if (name === 'Exists') return callOnList(listOf(first), 'Any', values.slice(1));
  }
  throw new NotUnderstood();
}

function callOnText(text: string, name: string, values: readonly Value[]): Value {
  const [first, second] = values;
  switch (name) {
    case 'ToLower':
    case 'ToLowerInvariant':
      return text.toLowerCase();
    case 'ToUpper':
    case 'ToUpperInvariant':
      return text.toUpperCase();
    case 'ToString':
      return text;
    case 'Trim':
      return values.length === 0 ? text.trim() : trimOf(text, values, true);
    case 'TrimEnd':
      return values.length === 0 ? text.trimEnd() : trimOf(text, values, false);
    case 'Equals':
      return fold(text, second) === fold(textOf(first), second);
    case 'Contains':
      return fold(text, second).includes(fold(textOf(first), second));
    case 'StartsWith':
      return fold(text, second).startsWith(fold(textOf(first), second));
    case 'EndsWith':
      return fold(text, second).endsWith(fold(textOf(first), second));
    case 'Replace':
      if (first === '') throw new NotUnderstood();
      return text.replaceAll(textOf(first), textOf(second));
    case 'Split':
      return splitOf(text, values);
    default:
      throw new NotUnderstood();
  }
}

function trimOf(text: string, characters: readonly Value[], atStart: boolean): string {
  const set = characters.flatMap(charactersOf);
  let start = 0;
  let end = text.length;
  while (end > start && set.includes(text.charAt(end - 1))) end--;
  while (atStart && start < end && set.includes(text.charAt(start))) start++;
  return text.slice(start, end);
}

/** At one character or several; `RemoveEmptyEntries` and `TrimEntries` come last. At a text where one is given. */
function splitOf(text: string, values: readonly Value[]): readonly string[] {
  const options = values.filter((value) => isOption(value)).map((value) => optionOf(value));
  const separators = values.filter((value) => !isOption(value));
  const [only] = separators;
  const parts =
    typeof only === 'string' && only !== '' && separators.length === 1
      ? text.split(only)
      : splitAt(text, separators.flatMap(charactersOf));
  const isTrimmed = options.includes('StringSplitOptions.TrimEntries');
  const trimmed = isTrimmed ? parts.map((part) => part.trim()) : parts;
  if (options.some((option) => !/^StringSplitOptions\.(None|RemoveEmptyEntries|TrimEntries)$/.test(option))) {
    throw new NotUnderstood();
  }
  return options.includes('StringSplitOptions.RemoveEmptyEntries') ? trimmed.filter((part) => part !== '') : trimmed;
}

function splitAt(text: string, separators: readonly string[]): string[] {
  if (separators.length === 0) throw new NotUnderstood();
  const parts = [''];
  for (const character of text) {
    if (separators.includes(character)) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

function callOnList(list: readonly Value[], name: string, values: readonly Value[]): Value {
  const [first, second] = values;
  const passing = (): readonly Value[] =>
    first === undefined ? list : list.filter((item) => isTrue(lambdaOf(first)(item)));
  switch (name) {
    case 'Contains':
      return list.some((item) => fold(textOf(item), second) === fold(textOf(first), second));
    case 'IndexOf':
      return list.findIndex((item) => textOf(item) === textOf(first));
    case 'Any':
    case 'Exists':
      return passing().length > 0;
    case 'Count':
      return passing().length;
    case 'Where':
      return passing();
    case 'First':
    case 'FirstOrDefault':
    case 'Find': {
      const found = passing()[0];
      if (found === undefined && name === 'First') throw new NotUnderstood();
      return found ?? null;
    }
    case 'Select':
      return list.map(lambdaOf(first));
    case 'ToList':
    case 'ToArray':
      return list;
    default:
      throw new NotUnderstood();
  }
}

function isOption(value: Value | undefined): value is { readonly option: string } {
  return typeof value === 'object' && value !== null && 'option' in value;
}

function optionOf(value: Value | undefined): string {
  if (!isOption(value)) throw new NotUnderstood();
  return value.option;
}

/** For a comparison: as it is, or in lower case where the option says so. Host names are ASCII, so cultures agree. */
function fold(text: string, option: Value | undefined): string {
  if (option === undefined) return text;
  return optionOf(option).endsWith('IgnoreCase') ? text.toLowerCase() : text;
}

function textOf(value: Value | undefined): string {
  if (typeof value !== 'string') throw new NotUnderstood();
  return value;
}

function listOf(value: Value | undefined): readonly Value[] {
  if (!Array.isArray(value)) throw new NotUnderstood();
  return value;
}

function charactersOf(value: Value): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(charactersOf);
  if (typeof value === 'object' && value !== null && 'character' in value) return [value.character];
  throw new NotUnderstood();
}

function lambdaOf(value: Value | undefined): Lambda {
  if (typeof value !== 'function') throw new NotUnderstood();
  return value;
}

function isTrue(value: Value): boolean {
  if (typeof value !== 'boolean') throw new NotUnderstood();
  return value;
}
