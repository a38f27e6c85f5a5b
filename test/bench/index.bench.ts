import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLanguageService, DocumentStore, type LanguageService, loadWorkspace } from '../../server/src/core';
import { maskText } from '../../server/src/core/syntax/expressionMask';
import { scanMarkup } from '../../server/src/core/syntax/markupScanner';
import { readTags } from '../../server/src/core/syntax/saxReader';
import { createLimiter } from '../../server/src/core/workspace/limiter';
import { nodeHost } from '../../server/src/hosts/nodeHost';
import { apiPolicy, generatedService, writeService } from './generatedService';

const policyCounts = [500, 5_000, 50_000];

/** As many questions to the disk at once as the index asks. */
const readsAtOnce = 32;

/**
 * `npm run bench`, for whole services on the disk: the cold index and the findings of every file, beside reading the
 * same files once with one bare sax pass over the policies; what a keystroke costs then; and how much memory is kept.
 */
export async function benchIndex(print: (line: string) => void): Promise<void> {
  for (const policyCount of policyCounts) {
    const folder = mkdtempSync(join(tmpdir(), 'apim-policy-bench-'));
    try {
      const files = [...generatedService(policyCount)];
      writeService(folder, files);
      await benchService(folder, files, policyCount, print);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
}

async function benchService(
  folder: string,
  files: readonly (readonly [path: string, text: string])[],
  policyCount: number,
  print: (line: string) => void,
): Promise<void> {
  const paths = files.map(([path]) => join(folder, path));
  const masks = files.filter(([path]) => path.endsWith('.xml')).map(([, text]) => mask(text));
  const readAll = () => readOnce(paths, masks);
  // Small services often, so that the compiler has seen everything; the fastest round of each counts.
  const rounds = Math.max(3, Math.round(25_000 / policyCount));
  let reference = Number.POSITIVE_INFINITY;
  let measured = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    reference = Math.min(reference, await timed(readAll));
    measured = Math.min(measured, await timed(() => index(folder)));
  }
  const perFile = (milliseconds: number): string => `${((milliseconds * 1000) / policyCount).toFixed(0)} µs`;
  // The yardstick per file, too: where it grows, the disk and the memory have grown slower, whoever reads.
  print(
    `cold index and all findings (${policyCount} policy files): ${(measured / reference).toFixed(2)} × reading and sax (per file ${perFile(measured)} and ${perFile(reference)}; ${measured.toFixed(0)} ms and ${reference.toFixed(0)} ms)`,
  );

  masks.length = 0;
  const before = await heapUsed();
  const service = await index(folder);
  const kept = (await heapUsed()) - before;
  print(`  memory kept: ${(kept / policyCount / 1024).toFixed(1)} KB per policy file`);

  const api = join(folder, 'apis/api-00000/policy.xml');
  const global = join(folder, 'policy.xml');
  const text = service.store.text(global) ?? '';
  const keystroke = (path: string, before: string) => (version: number) => {
    service.store.setText(path, `${before}\n<!-- ${version} -->`, version, true);
    return service.findings(path).length + service.findings(api).length;
  };
  print(`  a keystroke in an API’s policy: ${fastest(keystroke(api, apiPolicy(0))).toFixed(2)} ms`);
  print(`  a keystroke in the global policy, with an API’s open: ${fastest(keystroke(global, text)).toFixed(2)} ms`);
}

async function index(folder: string): Promise<LanguageService> {
  const store = new DocumentStore();
  await loadWorkspace(nodeHost, store, [{ path: folder, kind: 'folder' }], { isCancelled: false });
  const service = createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  for (const path of service.model().documents.keys()) service.findings(path);
  return service;
}

async function readOnce(paths: readonly string[], masks: readonly string[]): Promise<void> {
  const limit = createLimiter(readsAtOnce);
  await Promise.all(paths.map((path) => limit(() => readFile(path, 'utf8'))));
  for (const text of masks) readTags(text);
}

function mask(text: string): string {
  return maskText(text, scanMarkup(text).repairs);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function fastest(step: (version: number) => unknown): number {
  let best = Number.POSITIVE_INFINITY;
  for (let version = 2; version < 22; version++) {
    const start = performance.now();
    step(version);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** After a collection. */
async function heapUsed(): Promise<number> {
  for (let turn = 0; turn < 3; turn++) {
    if (globalThis.gc === undefined) throw new Error('start this with --expose-gc: memory is measured');
    globalThis.gc();
    await new Promise((resolve) => setImmediate(resolve));
  }
  return process.memoryUsage().heapUsed;
}
