import { createLineIndex, type PolicyPlace, readCorsCaseFile, reasonOf, type Span, type WrittenCase } from '../core';
import { badUsage, cannotAnalyse } from './commandError';
import type { CommandLineIo } from './io';
import type { Target } from './targets';

/** A case, and where it came from. */
export interface ReadCase extends WrittenCase {
  readonly file: Target;
  /** Of the case in its file, from 1. */
  readonly line: number;
  /** `c.json:7:21` for a place in one of the case's own policies; undefined for places in other files. */
  shownInline(place: PolicyPlace): string | undefined;
}

/** Reads a file of `cors-test`. Throws where it cannot be read, and where it is malformed, with every place that is. */
export async function readCaseFile(file: Target, io: CommandLineIo): Promise<readonly ReadCase[]> {
  const text = await io.host.readText(file.path).catch((error: unknown) => {
    throw cannotAnalyse(`cannot read ${file.written}: ${reasonOf(error)}.`);
  });
  const { cases, problems } = readCorsCaseFile(text);
  const index = createLineIndex(text);
  const shown = ({ start }: Span): string => {
    const { line, character } = index.positionAt(start);
    return `${file.written}:${line + 1}:${character + 1}`;
  };
  if (problems.length > 0) {
    throw badUsage(problems.map(({ span, message }) => `${shown(span)}: ${message}`).join('\n'));
  }
  return cases.map((each) => ({
    ...each,
    file,
    line: index.positionAt(each.span.start).line + 1,
    shownInline(place) {
      const span = each.inlineSpan(place);
      return span && shown(span);
    },
  }));
}
