import type { Span } from '../text/span';
import { isLineEnd } from './characters';
import type { SyntaxProblem } from './policyTree';
import { problemAt } from './syntaxProblems';
import { forbiddenCharacter } from './xmlEntities';

/** What is wrong with the text as such, whatever markup it stands in. */
export function textProblems(text: string): readonly SyntaxProblem[] {
  return [...conflictMarkers(text), ...invalidCharacters(text)];
}

/** Behind the `<<<<<<<` that Git writes at a line's start; undefined where it is something else. */
export function conflictMarkerEnd(text: string, start: number): number | undefined {
  if (!text.startsWith('<<<<<<<', start) || (start > 0 && !isLineEnd(text.charCodeAt(start - 1)))) return undefined;
  return start + '<<<<<<<'.length;
}

/** One finding for each conflict that a merge has left. */
function conflictMarkers(text: string): readonly SyntaxProblem[] {
  if (!text.includes('<<<<<<<')) return [];
  const problems: SyntaxProblem[] = [];
  let places: { readonly span: Span; readonly message: string }[] = [];
  for (const { index, 0: line, 1: mark } of text.matchAll(/^(<{7}|={7}|>{7})(?: [^\r\n]*)?$/gm)) {
    const span = { start: index, end: index + line.length };
    if (mark === '<<<<<<<') {
      places = [];
      const message =
        'A merge has left a conflict here: both versions are in the text. Keep one of them, and remove the lines that ' +
        'begin with <<<<<<<, ======= and >>>>>>>.';
      problems.push({ ...problemAt(span, message, 'syntax-conflict-marker'), related: places });
    } else {
      places.push({ span, message: mark === '=======' ? 'The other version begins here.' : 'The conflict ends here.' });
    }
  }
  return problems;
}

/** Characters that no XML may hold, however written, and halves of surrogate pairs. One finding, since they come in numbers where they come at all. */
function invalidCharacters(text: string): readonly SyntaxProblem[] {
  const first = text.search(forbiddenCharacter);
  if (first < 0) return [];
  const span = { start: first, end: first + 1 };
  const name = `U+${text.charCodeAt(first).toString(16).toUpperCase().padStart(4, '0')}`;
  const message = `This invisible character, ${name}, is not allowed in XML, and XML readers stop at it. Remove it.`;
  const edits = () =>
    [...text.matchAll(new RegExp(forbiddenCharacter, 'gu'))].map(({ index }) => ({
      span: { start: index, end: index + 1 },
      newText: '',
    }));
  const fixes = () => [{ id: 'remove', title: 'Remove every character that XML does not allow', edits: edits() }];
  return [{ ...problemAt(span, message, 'syntax-invalid-character'), fixes }];
}
