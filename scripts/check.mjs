/** Everything that is held without running the product: types, lint and layers, generated files. Exit code 1 if one fails. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

/** The library's own command file, so that no shell and no PATH is needed. */
function program(name, file) {
  return require.resolve(`${name}/package.json`).replace(/package\.json$/, file);
}

const checks = [
  ['types', [program('typescript', 'bin/tsc'), '-b']],
  ['lint, format and layers', [program('@biomejs/biome', 'bin/biome'), 'check', '--error-on-warnings', '.']],
  ['generated files', ['scripts/generate.mjs', '--check']],
];

let failed = 0;
for (const [title, [file, ...args]] of checks) {
  const { status, error } = spawnSync(process.execPath, [file, ...args], { stdio: 'inherit' });
  const isOk = status === 0;
  console.log(`${isOk ? 'ok    ' : 'FAILED'} ${title}${error ? `: ${error.message}` : ''}`);
  if (!isOk) failed++;
}
process.exitCode = failed === 0 ? 0 : 1;
