import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface LockEntry {
  readonly resolved?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

describe('lock files', () => {
  for (const file of ['package-lock.json', 'test/vscode-server/package-lock.json']) {
    const { packages } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Readonly<Record<string, LockEntry>> };

    it(`${file} holds every package that another one asks for, those of other platforms too`, () => {
      const missing = Object.entries(packages).flatMap(([path, entry]) =>
        Object.keys({ ...entry.dependencies, ...entry.optionalDependencies })
          .filter((name) => !isInstalled(path, name, packages))
          .map((name) => `${name} for ${path || 'the project'}`),
      );
      assert.deepEqual(missing, []);
    });
    it(`${file} names no download address`, () => {
      const addresses = Object.values(packages).flatMap(({ resolved }) =>
        resolved?.startsWith('http') ? [resolved] : [],
      );
      assert.deepEqual(addresses, []);
    });
  }
});

/** As Node looks for a package: in the asking one's folder, then in those above. */
function isInstalled(path: string, name: string, packages: Readonly<Record<string, LockEntry>>): boolean {
  for (let folder = path; ; folder = folder.slice(0, Math.max(folder.lastIndexOf('/node_modules/'), 0))) {
    if (packages[folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}
