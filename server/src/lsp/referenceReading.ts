import type { LanguageService } from '../core';
import { letOthersRun, sliceMs } from './scheduling';

/**
 * Reads what answers about all files rest on, in slices between which other messages are handled. What has been read is
 * kept with the texts, so later only changed files take time. False where `goOn` has stopped it.
 */
export async function readReferences(service: LanguageService, goOn: () => boolean): Promise<boolean> {
  let sliceEnd = Date.now() + sliceMs;
  for (const _ of service.readingReferences()) {
    if (Date.now() < sliceEnd) continue;
    await letOthersRun();
    if (!goOn()) return false;
    sliceEnd = Date.now() + sliceMs;
  }
  return true;
}

/** For findings on fragments: whether one is used is known when all files are read. */
export function restsOnAllFiles(service: LanguageService, paths: readonly string[]): boolean {
  return paths.some((path) => service.placed(path)?.placement.kind === 'fragment');
}
