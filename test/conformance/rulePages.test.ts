import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { allRules } from '../../server/src/core';
import { openService, relative, type ServiceFiles } from '../support/service';

const sections = ['Avoid', 'Prefer', 'Why', 'When it stays silent', 'What it cannot see', 'Options', 'Sources'];
/** Rules about the machine or about us: nothing that a page could hold brings them about. */
const withoutExamples = new Set(['unreadable-file', 'internal-error']);
/** Found by the reader of the text and by the workspace: their tests are where those are tested. */
const isTestedElsewhere = (id: string): boolean => id.startsWith('syntax-') || !policyRuleIds.has(id);
const policyRuleIds = new Set(
  allRules
    .filter(({ category }) => category === 'cors' || category === 'scopes' || category === 'references')
    .map(({ id }) => id),
);

describe('rule pages', () => {
  it('exist for every rule and for nothing else', () => {
    const pages = readdirSync('docs/rules').filter((name) => name !== 'README.md');
    assert.deepEqual(pages.sort(), allRules.map(({ id }) => `${id}.md`).sort());
  });
  it('have a test of the same name where the rule has a file of its own', () => {
    const missing = allRules.filter(({ id }) => !isTestedElsewhere(id) && !existsSync(`test/rules/${id}.test.ts`));
    assert.deepEqual(
      missing.map(({ id }) => id),
      [],
    );
  });

  for (const { id } of allRules) {
    describe(id, () => {
      const page = readFileSync(`docs/rules/${id}.md`, 'utf8').replace(/\r\n/g, '\n');

      it('begins with its id and has every section', () => {
        assert.ok(page.startsWith(`# ${id}\n`));
        for (const section of sections) {
          if (withoutExamples.has(id) && (section === 'Avoid' || section === 'Prefer')) continue;
          assert.ok(textOf(page, section).length > 0, `section ${section}`);
        }
      });
      if (withoutExamples.has(id)) return;
      it('has one finding in Avoid', () => assert.deepEqual(findings(filesOf(textOf(page, 'Avoid'))), [id]));
      it('has no finding in Prefer', () => assert.deepEqual(findings(filesOf(textOf(page, 'Prefer'))), []));
    });
  }
});

function textOf(page: string, section: string): string {
  const start = page.indexOf(`\n## ${section}\n`);
  if (start < 0) return '';
  const end = page.indexOf('\n## ', start + 4);
  return page
    .slice(start, end < 0 ? undefined : end)
    .split('\n')
    .slice(2)
    .join('\n')
    .trim();
}

/** The fenced blocks that name a file. */
function filesOf(text: string): ServiceFiles {
  const blocks = [...text.matchAll(/^(`{3,})\w+ file=([^\n]+)\n([\s\S]*?)^\1$/gm)];
  assert.ok(blocks.length > 0, 'blocks with file=');
  return Object.fromEntries(blocks.map(([, , path = '', content = '']) => [path.trim(), content]));
}

function findings(files: ServiceFiles): readonly string[] {
  const service = openService(files);
  // The command line takes a file that is named for a policy whatever it holds; so does this.
  for (const [path, text] of Object.entries(files))
    if (path.endsWith('.xml')) service.store.setText(`/service/${path}`, text, 2, true);
  const ofDocuments = [...service.model().documents.keys()].flatMap((path) => service.findings(path));
  return [...ofDocuments, ...service.workspaceFindings()].map(({ ruleId, path }) => {
    assert.ok(files[relative(path)] !== undefined);
    return ruleId;
  });
}
