/**
 * Writes the files that follow from the code: the JSON schemas of the project file and of files of CORS tests, the head of
 * each rule page and the table of rules. `--check` writes nothing and fails where a file is not up to date.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import esbuild from 'esbuild';

const isCheck = process.argv.includes('--check');
const bundle = resolve('dist/generate-core.cjs');
await esbuild.build({
  entryPoints: ['server/src/core/index.ts'],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  mainFields: ['module', 'main'],
  outfile: bundle,
  logLevel: 'warning',
});
const { allRules, corsTestsSchema, settingsSchema } = createRequire(import.meta.url)(bundle);
await rm(bundle);

const stale = [];
await mkdir('server/schemas', { recursive: true });
await keep('server/schemas/apim-policy.config.schema.json', `${JSON.stringify(settingsSchema(), undefined, 2)}\n`);
await keep('server/schemas/apim-policy.cors-tests.schema.json', `${JSON.stringify(corsTestsSchema(), undefined, 2)}\n`);
for (const rule of allRules) await keepBetweenMarkers(`docs/rules/${rule.id}.md`, 'meta', ruleHead(rule));
await keepBetweenMarkers('docs/rules/README.md', 'table', ruleTable(allRules));
if (stale.length > 0) {
  console.error(`not up to date: ${stale.join(', ')}\nrun: node scripts/generate.mjs`);
  process.exitCode = 1;
}

function ruleHead(rule) {
  const variants = Object.entries(rule.variants ?? {}).map(([, severity]) => severity);
  const severity = [rule.defaultSeverity, ...variants].join(', in lesser cases ');
  return [
    '| | |',
    '| --- | --- |',
    `| Category | ${rule.category} |`,
    `| Default severity | ${severity} |`,
    `| Quick fixes | ${rule.fixable ? 'yes' : 'no'} |`,
    `| Since | ${rule.since} |`,
  ].join('\n');
}

function ruleTable(rules) {
  return [
    '| Rule | Severity | Fixes | What it finds |',
    '| --- | --- | --- | --- |',
    ...rules.map(
      ({ id, defaultSeverity, fixable, summary }) =>
        `| [${id}](${id}.md) | ${defaultSeverity} | ${fixable ? 'yes' : ''} | ${summary.replace(/[<>]/g, '\\$&')} |`,
    ),
  ].join('\n');
}

async function keep(path, text) {
  const before = await readIfThere(path);
  if (before === text) return;
  stale.push(path);
  if (!isCheck) {
    await writeFile(path, text);
    stale.pop();
  }
}

async function keepBetweenMarkers(path, name, text) {
  const before = await readIfThere(path);
  const pattern = new RegExp(`<!-- ${name}:start -->[\\s\\S]*?<!-- ${name}:end -->`);
  if (before === undefined || !pattern.test(before)) {
    console.error(`${path}: missing, or without the markers <!-- ${name}:start --> and <!-- ${name}:end -->`);
    process.exitCode = 1;
    return;
  }
  await keep(
    path,
    before.replace(pattern, () => `<!-- ${name}:start -->\n${text}\n<!-- ${name}:end -->`),
  );
}

/** Undefined where there is no such file; a file that cannot be read is a failure. */
async function readIfThere(path) {
  return readFile(path, 'utf8').catch((error) => {
    if (error.code !== 'ENOENT') throw error;
    return undefined;
  });
}
