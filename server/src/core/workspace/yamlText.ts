import { Composer, type CST, Parser } from 'yaml';
import type { JsonReading } from './jsonText';

/** Deeper than any real specification. The library calls itself for each level, and its end would be ours. */
const maxDepth = 500;

/**
 * Reads one YAML document as plain values. Never throws.
 *
 * The same key twice is no error, as in JSON: comparing all keys takes quadratic time, and the last one counts.
 */
export function readYaml(text: string): JsonReading {
  const tokens = [...new Parser().parse(text)];
  if (!isDepthBelow(maxDepth, tokens)) return unreadable('nested too deeply', 0, 0);
  try {
    const composer = new Composer({ logLevel: 'silent', uniqueKeys: false });
    const [document, another] = [...composer.compose(tokens, true, text.length)];
    const [error] = document?.errors ?? [];
    if (error !== undefined) return unreadable(plainMessage(error.message), ...error.pos);
    if (another !== undefined) return unreadable('more than one document', 0, 0);
    return { value: document?.toJS({ maxAliasCount: 1000 }), problem: undefined };
  } catch (error) {
    // The library throws for aliases without a value, and for those that stand for more than memory holds.
    return unreadable(error instanceof Error ? plainMessage(error.message) : String(error), 0, 0);
  }
}

function unreadable(detail: string, start: number, end: number): JsonReading {
  return {
    value: undefined,
    problem: { span: { start, end }, because: `it is not valid YAML (${detail})` },
  };
}

/** The library's message as a clause: its first line without what leads on to the next. */
function plainMessage(message: string): string {
  const line = (message.split('\n', 1)[0] as string).replace(/[.:\s]+$/, '');
  return line.slice(0, 1).toLowerCase() + line.slice(1);
}

/** The parser keeps a stack of its own, so its tokens can be as deep as the text is long. */
function isDepthBelow(limit: number, tokens: readonly CST.Token[]): boolean {
  let level = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth >= limit) return false;
    level = level.flatMap(tokensInside);
  }
  return true;
}

function tokensInside(token: CST.Token): readonly CST.Token[] {
  if ('items' in token) {
    return token.items.flatMap(({ key, value }) =>
      [key, value].filter((inner) => inner !== undefined && inner !== null),
    );
  }
  return token.type === 'document' && token.value !== undefined ? [token.value] : [];
}
