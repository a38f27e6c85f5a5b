import { findNodeAtLocation, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Span } from '../text/span';

/** A string of a JSON text. */
export interface JsonString {
  readonly value: string;
  /** Between its quotes. */
  readonly span: Span;
}

/** The string at a path of keys; undefined where the text has none there, or cannot be read. */
export function findJsonString(text: string, ...keys: readonly (string | number)[]): JsonString | undefined {
  const node = findNode(text, keys);
  if (node?.type !== 'string') return undefined;
  return { value: node.value as string, span: insideQuotes(node) };
}

/** Where a key of an object is written, between its quotes. */
export function findJsonKey(text: string, ...keys: readonly string[]): Span | undefined {
  const key = findNode(text, keys)?.parent?.children?.[0];
  return key === undefined ? undefined : insideQuotes(key);
}

function insideQuotes({ offset, length }: Node): Span {
  return { start: offset + 1, end: offset + length - 1 };
}

function findNode(text: string, keys: readonly (string | number)[]): Node | undefined {
  const errors: ParseError[] = [];
  try {
    const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
    const node = tree && findNodeAtLocation(tree, [...keys]);
    // A string with a broken escape has a value that nobody can find again in the text.
    const isBroken = errors.some(({ offset }) => node && node.offset <= offset && offset < node.offset + node.length);
    return isBroken ? undefined : node;
  } catch (error) {
    // The JSON reader calls itself for each level, so a text of brackets takes its stack away.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Turns offsets of a string's value into offsets of the text that it is written in. Asked in rising order. */
export function offsetsInJson(text: string, { span }: JsonString): (offset: number) => number {
  let at = span.start;
  let decoded = 0;
  return (offset) => {
    for (; decoded < offset && at < span.end; decoded++) {
      at += text[at] !== '\\' ? 1 : text[at + 1] === 'u' ? 6 : 2;
    }
    return at;
  };
}

/** Turns spans of a string's value into spans of the text that it is written in, in any order. Reads the string once. */
export function spansInJson(text: string, string: JsonString): (span: Span) => Span {
  let starts: Uint32Array | undefined;
  return ({ start, end }) => {
    starts ??= Uint32Array.from({ length: string.value.length + 1 }, (_, offset) => offset).map(
      offsetsInJson(text, string),
    );
    const last = starts.length - 1;
    return { start: starts[Math.min(start, last)] as number, end: starts[Math.min(end, last)] as number };
  };
}
