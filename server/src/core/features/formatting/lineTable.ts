/** The lines of one text, by offset: what stands before them, and how they end. */
export interface LineTable {
  /** The line that holds the offset; a line end belongs to the line that it ends. */
  lineAt(offset: number): number;
  startOf(line: number): number;
  /** Behind the last character of the line that is no line end. */
  contentEndOf(line: number): number;
  /** The blanks and tabs that the line begins with. */
  indentationOf(line: number): string;
  /** The line end in use around the line: its own, else that of the line before, else `\n`. */
  lineEndNear(line: number): string;
}

export function createLineTable(text: string): LineTable {
  const starts: number[] = [0];
  const lineEnds: string[] = [];
  const lineEnd = /\r\n|\n|\r/g;
  for (let match = lineEnd.exec(text); match !== null; match = lineEnd.exec(text)) {
    starts.push(lineEnd.lastIndex);
    lineEnds.push(match[0]);
  }
  // A line may hold many tags, and each asks for the line's indentation.
  const indentations: string[] = [];
  const startOf = (line: number): number => starts[line] ?? text.length;
  return {
    startOf,
    lineAt(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if (startOf(middle) <= offset) low = middle;
        else high = middle - 1;
      }
      return low;
    },
    contentEndOf: (line) => startOf(line + 1) - (lineEnds[line]?.length ?? 0),
    indentationOf(line) {
      indentations[line] ??= text.slice(startOf(line), blanksEnd(text, startOf(line)));
      return indentations[line];
    },
    lineEndNear: (line) => lineEnds[line] ?? lineEnds[line - 1] ?? '\n',
  };
}

/** Behind the blanks and tabs at an offset. */
export function blanksEnd(text: string, offset: number): number {
  let end = offset;
  while (text[end] === ' ' || text[end] === '\t') end++;
  return end;
}
