import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';

/** The layers of the core from left to right: each may import itself and everything to its left (ARCHITECTURE.md). */
const coreLayers = [
  'catalog',
  'text',
  'syntax',
  'workspace',
  'effective',
  'cors',
  'rules',
  'features',
  'languageService',
  'index',
];

/** Packages with one place each. */
const packageHomes: readonly (readonly [name: RegExp, home: RegExp])[] = [
  [/^vscode$/, /^client\/src\//],
  [/^vscode-languageclient(\/|$)/, /^client\/src\//],
  [/^vscode-languageserver(-textdocument)?(\/|$)/, /^server\/src\/lsp\//],
  [/^sax$/, /^server\/src\/core\/syntax\/saxReader\.ts$/],
  [/^node:/, /^(server\/src\/(hosts\/nodeHost\.ts|lsp\/main\.node\.ts|cli\/)|client\/src\/extension\.node\.ts)/],
];

interface ImportEdge {
  readonly from: string;
  readonly to: string;
}

describe('layers', () => {
  const edges = ['server/src', 'client/src', 'client/webview'].flatMap(sourceFiles).flatMap(importsOf);

  it('has edges to look at', () => assert.ok(edges.length > 200, `${edges.length} imports`));
  it('hold inside the core', () => assertNone(edges.filter(breaksCoreLayers)));
  it('let hosts into the core by its door alone, and never the other way', () => assertNone(edges.filter(breaksDoors)));
  it('keep what is only data apart', () => assertNone(edges.filter(breaksCatalog)));
  it('keep each package in its place', () => assertNone(edges.filter(breaksPackageHome)));
  it('let the page of a webview run nothing of the server or the client', () =>
    assertNone(edges.filter(breaksWebview)));
  it('have no circle of files', () => assert.deepEqual(findCircle(edges), []));
});

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map((path) => posix.join(folder, path.toString().replace(/\\/g, '/')))
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts'));
}

function importsOf(path: string): readonly ImportEdge[] {
  const text = readFileSync(path, 'utf8');
  const specifiers = [
    ...text.matchAll(/^(?:import|export)\b[^'";]*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm),
  ];
  return specifiers.map((match) => {
    const specifier = match[1] ?? match[2] ?? match[3] ?? '';
    return { from: path, to: specifier.startsWith('.') ? resolveRelative(path, specifier) : specifier };
  });
}

function resolveRelative(from: string, specifier: string): string {
  const target = posix.normalize(join(dirname(from), specifier).replace(/\\/g, '/'));
  return target === 'server/src/core' ? 'server/src/core/index' : target;
}

function coreLayerOf(path: string): number {
  const match = /^server\/src\/core\/([^/.]+)/.exec(path);
  return match === null ? -1 : coreLayers.indexOf(match[1] as string);
}

function breaksCoreLayers({ from, to }: ImportEdge): boolean {
  const [one, other] = [coreLayerOf(from), coreLayerOf(to)];
  return one >= 0 && other >= 0 && other > one;
}

/** The catalogue imports nothing but its own data, and neither texts nor syntax know it. */
function breaksCatalog({ from, to }: ImportEdge): boolean {
  const isCatalog = (path: string) => path.startsWith('server/src/core/catalog/');
  if (isCatalog(from)) return !isCatalog(to);
  return isCatalog(to) && /^server\/src\/core\/(text|syntax)\//.test(from);
}

function breaksDoors({ from, to }: ImportEdge): boolean {
  const isCore = (path: string) => path.startsWith('server/src/core/');
  if (isCore(from)) return to.startsWith('server/src/') && !isCore(to);
  if (from.startsWith('client/')) return to.startsWith('server/') && to !== 'server/src/lsp/protocol';
  return isCore(to) && to !== 'server/src/core/index';
}

/** A page in a webview is a program of its own: it shares the shapes of messages with the others, which vanish. */
function breaksWebview({ from, to }: ImportEdge): boolean {
  const isPage = (path: string) => path.startsWith('client/webview/');
  if (isPage(from)) return !isPage(to) && !(to === 'server/src/lsp/protocol' && isTypeOnly(from, to));
  return isPage(to) && !(to === 'client/webview/messages' && isTypeOnly(from, to));
}

function breaksPackageHome({ from, to }: ImportEdge): boolean {
  return packageHomes.some(([name, home]) => name.test(to) && !home.test(from));
}

function assertNone(edges: readonly ImportEdge[]): void {
  assert.deepEqual(
    edges.map(({ from, to }) => `${from} → ${to}`),
    [],
  );
}

/** The files of one circle of value imports; type-only imports vanish and may go round. */
function findCircle(edges: readonly ImportEdge[]): readonly string[] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of edges) {
    if (!to.startsWith('server/') && !to.startsWith('client/')) continue;
    if (isTypeOnly(from, to)) continue;
    const key = from.replace(/\.ts$/, '');
    targets.set(key, [...(targets.get(key) ?? []), to]);
  }
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return [];
    for (const next of targets.get(file) ?? []) {
      const circle = visit(next, [...path, file]);
      if (circle.length > 0) return circle;
    }
    done.add(file);
    return [];
  };
  for (const file of targets.keys()) {
    const circle = visit(file, []);
    if (circle.length > 0) return circle;
  }
  return [];
}

function isTypeOnly(from: string, to: string): boolean {
  const statements = [...readFileSync(from, 'utf8').matchAll(/^(?:import|export)\b([^'";]*?)from\s+'([^']+)'/gm)];
  const own = statements.filter(
    ([, , specifier = '']) => specifier.startsWith('.') && resolveRelative(from, specifier) === to,
  );
  return (
    own.length > 0 &&
    own.every(([, clause = '']) => /^\s*type\b/.test(clause) || /^\s*\{(\s*type\s[^,}]*,?)*\s*\}\s*$/.test(clause))
  );
}
