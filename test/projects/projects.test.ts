import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import {
  createLanguageService,
  DocumentStore,
  describeReason,
  describeScope,
  type EffectiveItem,
  type LanguageService,
  loadWorkspace,
  sectionNames,
} from '../../server/src/core';
import { createMemoryHost } from '../../server/src/hosts/memoryHost';

const projects = resolve(process.cwd(), 'test', 'projects');
const updates = process.env['APIM_POLICY_UPDATE_EXPECTED'] === '1';
const root = '/repo';

/**
 * Small repositories, one for each layout: `files` holds what is in them, the texts beside it what the core makes of
 * them. The texts are checked by hand; CONTRIBUTING.md tells how to write them anew.
 */
describe('fixture projects', () => {
  for (const name of readdirSync(projects).filter((entry) => existsSync(join(projects, entry, 'files')))) {
    describe(name, () => {
      it('has the expected scopes and chains', async () =>
        compare(name, 'expected.scopes.txt', scopesText(await open(name))));
      it('has the expected effective policies', async () =>
        compare(name, 'expected.effective.txt', effectiveText(await open(name))));
    });
  }
});

function compare(project: string, file: string, actual: string): void {
  const path = join(projects, project, file);
  if (updates) writeFileSync(path, actual);
  assert.equal(actual, existsSync(path) ? readFileSync(path, 'utf8').replaceAll('\r\n', '\n') : '');
}

/** Through the loader, as hosts do. */
async function open(project: string): Promise<LanguageService> {
  const folder = join(projects, project, 'files');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const texts = files.map((entry): [string, string] => {
    const path = join(entry.parentPath, entry.name);
    return [`${root}/${relative(folder, path).replaceAll('\\', '/')}`, readFileSync(path, 'utf8')];
  });
  const store = new DocumentStore();
  const host = createMemoryHost(Object.fromEntries(texts));
  assert.deepEqual(await loadWorkspace(host, store, [{ path: root, kind: 'folder' }], { isCancelled: false }), []);
  return createLanguageService(store, (what, error) => {
    throw new Error(`defect in ${what}`, { cause: error });
  });
}

function scopesText(service: LanguageService): string {
  const documents = [...service.model().documents.values()].map(({ path, placement }) => {
    const what =
      placement.kind === 'definition'
        ? describeScope(placement.scope)
        : placement.kind === 'fragment'
          ? `fragment ${placement.fragmentId}`
          : 'GraphQL resolver';
    const chains = service.effectivePolicies(path).map(({ chain }) => {
      const parents = chain.links
        .slice(1)
        .map((link) =>
          link.state === 'present'
            ? short(link.document.path)
            : `${describeScope(link.scope)} is ${link.state} (${link.because})`,
        );
      return `  ${inProduct(chain.product)}: ${parents.length === 0 ? 'no parent' : parents.join('; ')}\n`;
    });
    return `${short(path)}\n  ${what} (${placement.confidence}: ${describeReason(placement)})\n${chains.join('')}`;
  });
  const findings = service.workspaceFindings().map(({ path, message }) => `${short(path)}\n  ${message}\n`);
  return [...documents, ...(findings.length > 0 ? ['Findings\n', ...findings] : [])].join('\n');
}

function effectiveText(service: LanguageService): string {
  const chains = [...service.model().documents.keys()].flatMap((path) =>
    service.effectivePolicies(path).map(({ chain, sections }) => {
      const lines = sectionNames.flatMap((name) =>
        sections[name].map((item) => `  ${name.padEnd(8)}  ${itemText(item)}\n`),
      );
      return `${short(path)}, ${inProduct(chain.product)}\n${lines.join('')}`;
    }),
  );
  return chains.join('\n');
}

/** A statement, its file, and the fragment it comes from; or why nobody can tell what is there. */
function itemText(item: EffectiveItem): string {
  const fragments = item.via.flatMap((step) => (step.kind === 'fragment' ? [` in fragment ${step.fragmentId}`] : []));
  if (item.kind === 'unknown') return `unknown${fragments.join('')}: ${item.because}`;
  const { document, element, ifPassedOnBy } = item;
  const text = document.text.slice(element.span.start, element.span.end).replace(/\s+/g, ' ');
  const condition = ifPassedOnBy.map((scope) => `, if ${describeScope(scope)} passes it on`);
  return `${text}  from ${short(document.path)}${fragments.join('')}${condition.join('')}`;
}

function inProduct(product: string | undefined): string {
  return product === undefined ? 'without a product' : `in product ${product}`;
}

function short(path: string): string {
  return path.slice(root.length + 1);
}
