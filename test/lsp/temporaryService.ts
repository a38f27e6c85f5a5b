import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Position, Range } from 'vscode-languageserver';
import { createLineIndex } from '../../server/src/core';
import { definition, globalDefinition, portalGlobal, serviceArtifact, shopCors } from '../support/policies';

/** A small service on the disk, in a folder of its own. */
export interface TemporaryService {
  readonly folder: string;
  /** The absolute path of a file in it. */
  path(relative: string): string;
  write(relative: string, text: string): string;
}

/** Makes services for the tests of a block, and removes them at its end. */
export function temporaryServices(): { create(files: Readonly<Record<string, string>>): TemporaryService } {
  const folders: string[] = [];
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });
  return {
    create(files) {
      const folder = realpathSync(mkdtempSync(join(tmpdir(), 'apim-policy-lsp-')));
      folders.push(folder);
      const path = (relative: string): string => join(folder, relative);
      const write = (relative: string, text: string): string => {
        mkdirSync(dirname(path(relative)), { recursive: true });
        writeFileSync(path(relative), text);
        return path(relative);
      };
      for (const [relative, text] of Object.entries(files)) write(relative, text);
      return { folder, path, write };
    },
  };
}

export const ordersPolicy = definition(`    <base />\n${shopCors}`);

/** The main case: an API with its own cors behind the developer portal's. */
export const mainCase: Readonly<Record<string, string>> = {
  ...serviceArtifact,
  'policy.xml': portalGlobal(),
  'apis/orders/policy.xml': ordersPolicy,
};

/** Nothing that comes before a cors of an API, or fails. */
export const globalWithoutCors = globalDefinition('    <set-variable name="gateway" value="contoso" />');

export const portalRule = 'base-inherits-portal-cors';

/** The place of the first occurrence of a piece of text. Throws where there is none. */
export function rangeOf(text: string, piece: string): Range {
  const start = text.indexOf(piece);
  if (start < 0) throw new Error(`There is no ${piece} in:\n${text}`);
  return createLineIndex(text).rangeOf({ start, end: start + piece.length });
}

export function positionIn(text: string, piece: string): Position {
  const { start } = rangeOf(text, piece);
  return { line: start.line, character: start.character + 1 };
}

export function codes(diagnostics: readonly { readonly code?: unknown }[]): readonly unknown[] {
  return diagnostics.map(({ code }) => code);
}
