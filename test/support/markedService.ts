import assert from 'node:assert/strict';
import type { LanguageService, Place } from '../../server/src/core';
import { readMarkers } from './markers';
import { absolute, openService, relative, type ServiceFiles } from './service';

/** A service of texts, in one of which a `¦` marks where somebody asks. */
export interface MarkedService {
  readonly service: LanguageService;
  readonly path: string;
  readonly offset: number;
  /** Without the marker. */
  readonly files: ServiceFiles;
}

export function openMarkedService(marked: ServiceFiles): MarkedService {
  const files: Record<string, string> = {};
  const found: { path: string; offset: number }[] = [];
  for (const [path, fixture] of Object.entries(marked)) {
    const { text, cursors } = readMarkers(fixture);
    files[path] = text;
    found.push(...cursors.map((offset) => ({ path: absolute(path), offset })));
  }
  const [cursor] = found;
  assert.ok(cursor && found.length === 1, 'exactly one ¦ in all texts');
  return { service: openService(files), files, ...cursor };
}

/** `path:line "text"`, the line counted from 1. */
export function describePlace({ path, span }: Place, { store }: LanguageService): string {
  const text = store.text(path) ?? '';
  const line = text.slice(0, span.start).split('\n').length;
  return `${relative(path)}:${line} "${text.slice(span.start, span.end)}"`;
}
