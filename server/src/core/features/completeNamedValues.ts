import type { CompletionItem, CompletionPlace } from './completion';

const longestValue = 60;

/** Behind `{{`: the named values that the document can use. Writes the closing braces, too. */
export function completeNamedValues(place: CompletionPlace): readonly CompletionItem[] | undefined {
  const { document, offset, owner, references, namedValues, relativePath } = place;
  const before = /\{\{([A-Za-z0-9_.-]*)$/.exec(document.text.slice(Math.max(0, offset - 260), offset));
  if (before === null) return undefined;
  const [behind = ''] = /^[A-Za-z0-9_.-]*\}{0,2}/.exec(document.text.slice(offset, offset + 260)) ?? [];
  const span = { start: offset - (before[1] as string).length, end: offset + behind.length };
  return references
    .definitionsIn(owner.service)
    .visible('namedValue', owner.workspace)
    .map(({ name, path }): CompletionItem => {
      const value = namedValues(name);
      const shown = value.known ? cut(value.value) : value.because;
      const where = path === undefined ? '' : ` · ${relativePath(path)}`;
      return { label: name, kind: 'namedValue', detail: `${shown}${where}`, span, newText: `${name}}}` };
    });
}

function cut(value: string): string {
  const flat = value.replace(/\s+/g, ' ').trim();
  return flat.length > longestValue ? `${flat.slice(0, longestValue - 1)}…` : flat;
}
