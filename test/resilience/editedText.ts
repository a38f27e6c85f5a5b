import { createRandom, type Random } from '../support/random';

/** One of the texts with one to six random edits; always the same for a seed. */
export function editedText(texts: readonly string[], seed: number): string {
  const random = createRandom(seed);
  let text = random.oneOf(texts);
  const edits = 1 + random.below(6);
  for (let edit = 0; edit < edits; edit++) text = editAtRandom(text, random);
  return text;
}

const insertions = [
  ...[
    '<',
    '>',
    '"',
    "'",
    '/',
    '=',
    ' ',
    '\n',
    '\r',
    '&',
    '#',
    '\\',
    ':',
    '[',
    ']',
    '(',
    ')',
    '{',
    '}',
    '@',
    '$',
    '-',
    '!',
    '?',
  ],
  ...[
    '@(',
    '@{',
    '&quot;',
    '&#xA;',
    '<!--',
    '-->',
    '--',
    ']]>',
    '<![CDATA[',
    '<?',
    '?>',
    '</',
    '/>',
    '{{',
    '}}',
    '${',
    '<!a',
  ],
  ...[
    '$"',
    '@"',
    '"""',
    '//',
    '/*',
    '<a',
    '</a>',
    '<inbound>',
    '</inbound>',
    '<policies>',
    'é',
    '\u00A0',
    '\uFEFF',
    '\0',
  ],
];

function editAtRandom(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const kind = random.below(4);
  if (kind === 0) return text.slice(0, at) + random.oneOf(insertions) + text.slice(at);
  if (kind === 1) return text.slice(0, at) + text.slice(at + 1 + random.below(5));
  if (kind === 2) return text.slice(0, at) + random.oneOf(insertions) + text.slice(at + 1);
  const from = random.below(text.length + 1);
  return text.slice(0, at) + text.slice(from, from + random.below(60)) + text.slice(at);
}
