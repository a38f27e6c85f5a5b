import type { Span } from '../text/span';
import { Char, isSpace, skipSpace } from './characters';
import type { EndTagToken } from './markupTokens';
import type { ScanState } from './scanState';
import { at, problemAt, withFix } from './syntaxProblems';
import { scanTagName } from './tagNameScanner';

/** `</name>`. An end tag without `>` ends behind its name, and the next tag is read as usual. */
export function scanEndTag(state: ScanState, start: number): EndTagToken {
  const { text, problems, repairs } = state;
  const nameSpan = scanTagName(state, start + 2);
  const name = text.slice(nameSpan.start, nameSpan.end);
  const behind = skipSpace(text, nameSpan.end);
  if (text.charCodeAt(behind) === Char.greater) return createEndTag(start, behind + 1, name, nameSpan, 'present');

  let junkEnd = behind;
  while (junkEnd < text.length && !endsEndTag(text.charCodeAt(junkEnd))) junkEnd++;
  if (text.charCodeAt(junkEnd) === Char.greater) {
    const junk = { start: behind, end: junkEnd };
    const problem = problemAt(
      junk,
      `An end tag has a name and nothing else. Remove what follows the name in </${name}>.`,
    );
    const junkWithSpace = { start: nameSpan.end, end: junkEnd };
    problems.push(withFix(problem, 'remove', `Write </${name}>`, junkWithSpace, ''));
    repairs.push({ ...junk, filler: ' ' });
    return createEndTag(start, junkEnd + 1, name, nameSpan, 'present');
  }
  const mark = isSpace(text.charCodeAt(nameSpan.end)) ? 'missing' : 'missingWithoutRoom';
  const token = createEndTag(start, nameSpan.end, name, nameSpan, mark);
  const problem = problemAt(token.span, `The end tag </${name} has no >. Add it.`, 'syntax-incomplete-tag');
  problems.push(withFix(problem, 'add', 'Add >', at(nameSpan.end), '>'));
  return token;
}

/** Spreading common parts into the object instead costs a tenth of the whole reading. */
function createEndTag(
  start: number,
  end: number,
  name: string,
  nameSpan: Span,
  mark: EndTagToken['mark'],
): EndTagToken {
  return { kind: 'endTag', span: { start, end }, name, nameSpan, mark };
}

function endsEndTag(code: number): boolean {
  return code === Char.greater || code === Char.less || code === Char.lineFeed || code === Char.carriageReturn;
}
