import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

const folder = 'test/vscode/suite';

describe('the suite for a real VS Code', () => {
  it('runs every test file beside its index, each once', () => {
    const index = readFileSync(`${folder}/index.ts`, 'utf8');
    const imported = [...index.matchAll(/^ {2}await import\('\.\/([^']+)'\);$/gm)].map(([, name]) => `${name}.ts`);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
      file.endsWith('.test.ts'),
    );
    assert.ok(files.length > 0, `no tests in ${folder}`);
    assert.deepEqual(imported.sort(), files.map((file) => file.replaceAll('\\', '/')).sort());
  });
});
