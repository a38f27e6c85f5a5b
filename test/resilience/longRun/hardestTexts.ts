import type { PolicyDocument } from '../../../server/src/core/syntax/policyTree';
import type { CorpusFile } from '../../support/corpus';
import { parse } from '../../support/syntax';

export const largestHardText = 10_000;

/** The files up to that size with the most of what scanners stumble over: expressions, entities, and depth. Each text once. */
export function hardestTexts(files: readonly CorpusFile[], count: number): readonly CorpusFile[] {
  return distinct(files)
    .filter(({ text }) => text.length <= largestHardText)
    .map((file) => ({ file, difficulty: difficultyOf(parse(file.text)) }))
    .sort((one, other) => other.difficulty - one.difficulty)
    .slice(0, count)
    .map(({ file }) => file);
}

/** The files beyond that size. Each text once. */
export function largerTexts(files: readonly CorpusFile[]): readonly CorpusFile[] {
  return distinct(files).filter(({ text }) => text.length > largestHardText);
}

function distinct(files: readonly CorpusFile[]): readonly CorpusFile[] {
  return [...new Map(files.map((file) => [file.text, file])).values()];
}

function difficultyOf(document: PolicyDocument): number {
  const entities = document.text.match(/&[#\w]+;/g)?.length ?? 0;
  return document.expressions.length + entities + depthOf(document);
}

function depthOf({ nodes }: PolicyDocument): number {
  let depth = 0;
  for (let level = nodes; level.length > 0; depth++) {
    level = level.flatMap((node) => (node.kind === 'element' ? node.children : []));
  }
  return depth;
}
