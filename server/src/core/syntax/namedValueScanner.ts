import type { Span } from '../text/span';
import type { NamedValueReference } from './policyTree';

/** A part of the text where double braces do not, or not only, mean named values. */
export interface NamedValueStretch {
  readonly kind: 'comment' | 'liquid';
  readonly span: Span;
}

/**
 * Every `{{name}}` outside comments, in the order of the text. The service replaces them before anything else reads the
 * text, so tags, attributes, text and C# may contain them.
 *
 * Liquid templates have double braces of their own. There, a name with a dot (`{{body.id}}`) or one that the template
 * declares itself is Liquid's; the others are named values, as the templates of real files show.
 */
export function scanNamedValues(text: string, stretches: readonly NamedValueStretch[]): readonly NamedValueReference[] {
  const found: NamedValueReference[] = [];
  // The names that the service accepts; anything else in double braces is C# or text.
  const pattern = /\{\{([A-Za-z0-9_.-]{1,256})\}\}/g;
  let next = 0;
  let declared: ReadonlySet<string> | undefined;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    const name = match[1] ?? '';
    const span = { start: match.index, end: pattern.lastIndex };
    while ((stretches[next]?.span.end ?? Number.POSITIVE_INFINITY) <= span.start) {
      next++;
      declared = undefined;
    }
    const stretch = stretches[next];
    if (stretch !== undefined && stretch.span.start <= span.start) {
      if (stretch.kind === 'comment' || name.includes('.')) continue;
      declared ??= liquidVariables(text.slice(stretch.span.start, stretch.span.end));
      if (declared.has(name)) continue;
    }
    found.push({ name, span });
  }
  return found;
}

function liquidVariables(template: string): ReadonlySet<string> {
  const declarations = template.matchAll(
    /\{%-?\s{0,9}(?:assign|capture|for|tablerow|increment|decrement)\s{1,9}([\w-]{1,256})/g,
  );
  return new Set([...declarations].flatMap(([, name]) => name ?? []));
}
