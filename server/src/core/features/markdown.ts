/** Inline code that no text can break out of. VS Code drops bare tags in Markdown, so whatever looks like one goes here. */
export function code(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  const longestRun = Math.max(0, ...(flat.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  const padding = flat.startsWith('`') || flat.endsWith('`') || flat === '' ? ' ' : '';
  return `${fence}${padding}${flat}${padding}${fence}`;
}

/** Plain text with the characters that Markdown or HTML would take for its own made literal. */
export function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|~]/g, (character) => `\\${character}`);
}

/** "`cors`", "2 × `set-header`": each name once, in the order of their first places. */
export function countedNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? code(name) : `${count} × ${code(name)}`));
}
