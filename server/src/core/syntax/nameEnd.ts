import { Char, isForeignSpace, isSpace } from './characters';

/** Behind the name of a tag or an attribute, whatever characters it has. */
export function findNameEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && !endsName(text.charCodeAt(end))) end++;
  return end;
}

function endsName(code: number): boolean {
  return (
    isSpace(code) ||
    isForeignSpace(code) ||
    code === Char.greater ||
    code === Char.slash ||
    code === Char.less ||
    code === Char.equals ||
    code === Char.quote ||
    code === Char.apostrophe
  );
}
