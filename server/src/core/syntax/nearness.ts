/**
 * True where two places are at most two lines apart, so that somebody who looks at one sees the other. False on a line too
 * long to be seen at once: the answer must not cost more than a glance at the text.
 */
export function isNear(text: string, start: number, end: number): boolean {
  if (end - start > longestNearness) return false;
  let lines = 0;
  for (let index = start; index < end; index++) if (text.charCodeAt(index) === 10 && ++lines > 2) return false;
  return true;
}

const longestNearness = 1000;
