/** Every quick fix of the main case, each applied to a new copy of the sample, saved, and checked again. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { type CodeAction, CodeActionKind, commands, type Uri, workspace } from 'vscode';
import { findingOf, noFindingOf, openInEditor, portalCorsRule, warningRules } from './support/extension';
import { freshSample, openedSample, type SampleService } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

/** The files of case (a) on disk, after a fix. */
interface SavedFiles {
  readonly globalPolicy: string;
  readonly ordersPolicy: string;
}

interface ExpectedFix {
  /** How its title begins; in the order in which they are offered, best first. */
  readonly title: string;
  readonly changes: keyof SavedFiles;
  readonly check: (after: SavedFiles, before: SavedFiles) => void;
}

const expectedFixes: readonly ExpectedFix[] = [
  {
    title: 'Set terminate-unmatched-request="false"',
    changes: 'globalPolicy',
    check: ({ globalPolicy }) => assert.match(globalPolicy, /<cors\b[^>]* terminate-unmatched-request="false"/),
  },
  {
    title: 'Add ',
    changes: 'globalPolicy',
    check: ({ globalPolicy, ordersPolicy }, before) => {
      const own = origins(ordersPolicy);
      assert.ok(own.length > 0, 'the API lists origins of its own');
      assert.deepEqual(origins(globalPolicy).sort(), [...new Set([...origins(before.globalPolicy), ...own])].sort());
    },
  },
  {
    title: 'Move ',
    changes: 'ordersPolicy',
    check: ({ ordersPolicy }) => {
      const inbound = inboundSection(ordersPolicy);
      assert.match(inbound, /<cors\b[^>]* terminate-unmatched-request="false"/);
      assert.ok(inbound.indexOf('<cors') < inbound.indexOf('<base'), `the own cors does not come first:\n${inbound}`);
    },
  },
  {
    title: 'Remove <base />',
    changes: 'ordersPolicy',
    check: ({ ordersPolicy }, before) => assert.deepEqual(statements(ordersPolicy), ownStatements(before.ordersPolicy)),
  },
  {
    title: 'Replace <base />',
    changes: 'ordersPolicy',
    check: ({ ordersPolicy }, before) => {
      const inherited = statements(before.globalPolicy).filter((name) => name !== 'cors');
      const [cors, ...rest] = ownStatements(before.ordersPolicy);
      // The own cors first: pages could not read what the copied rate limit rejects.
      assert.deepEqual(statements(ordersPolicy), [cors, ...inherited, ...rest]);
    },
  },
];

describe('quick fixes', () => {
  it('are all offered on the warning, best first, and one is preferred', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    const fixes = await offeredFixes(ordersPolicy);
    assert.equal(fixes.length, expectedFixes.length, titles(fixes));
    expectedFixes.forEach(({ title }, index) => {
      assert.ok(fixes[index]?.title.startsWith(title), `"${title}…" is not number ${index + 1} of:\n${titles(fixes)}`);
    });
    assert.deepEqual(
      fixes.map(({ isPreferred }) => isPreferred === true),
      [true, false, false, false, false],
    );
  });

  expectedFixes.forEach(({ title, changes, check }, index) => {
    it(`"${title.trim()} …" ends the warning and is on disk after saving`, async () => {
      const sample = await freshSample(`fix-${index + 1}`);
      const before = await savedFiles(sample);
      await openInEditor(sample.ordersPolicy);
      const fixes = await offeredFixes(sample.ordersPolicy);
      const otherWarnings = warningRules(sample.ordersPolicy).filter((rule) => rule !== portalCorsRule);
      const fix = fixes.find((candidate) => candidate.title.startsWith(title));
      assert.ok(fix, `no fix begins with "${title}":\n${titles(fixes)}`);

      assert.ok(fix.edit, `"${fix.title}" carries no edit`);
      assert.equal(await workspace.applyEdit(fix.edit), true, 'VS Code took the edit');
      await saveAllChanged();

      await noFindingOf(sample.ordersPolicy, portalCorsRule);
      assert.deepEqual(warningRules(sample.ordersPolicy), otherWarnings, 'no other warning comes or goes');
      const after = await savedFiles(sample);
      check(after, before);
      const untouched = changes === 'ordersPolicy' ? 'globalPolicy' : 'ordersPolicy';
      assert.notEqual(after[changes], before[changes]);
      assert.equal(after[untouched], before[untouched]);
    });
  });
});

/** The quick fixes that VS Code offers where the warning stands, with their edits. */
async function offeredFixes(uri: Uri): Promise<CodeAction[]> {
  const { range } = await findingOf(uri, portalCorsRule);
  const kind = CodeActionKind.QuickFix.value;
  const resolveAll = 100;
  return untilDeadline(
    'quick fixes for the warning',
    () => commands.executeCommand<CodeAction[]>('vscode.executeCodeActionProvider', uri, range, kind, resolveAll),
    (fixes) => fixes.length > 0,
  );
}

/** Saves every changed document. VS Code's saveAll would leave out one that a fix changed and that has no tab yet. */
async function saveAllChanged(): Promise<void> {
  for (const document of workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    assert.equal(await document.save(), true, `VS Code saved ${document.fileName}`);
  }
}

async function savedFiles({ globalPolicy, ordersPolicy }: SampleService): Promise<SavedFiles> {
  const read = (uri: Uri) => readFile(uri.fsPath, 'utf8');
  return { globalPolicy: await read(globalPolicy), ordersPolicy: await read(ordersPolicy) };
}

function titles(fixes: readonly CodeAction[]): string {
  return fixes.map(({ title }) => title).join('\n');
}

function origins(policy: string): string[] {
  return [...policy.matchAll(/<origin>\s*([^<\s]+)\s*<\/origin>/g)].map(([, origin]) => origin as string);
}

function inboundSection(policy: string): string {
  return /<inbound>([\s\S]*?)<\/inbound>/.exec(policy)?.[1] ?? '';
}

/** What stands in the inbound section beside `<base />`, which the sample has in front. */
function ownStatements(policy: string): string[] {
  const [first, ...own] = statements(policy);
  assert.equal(first, 'base');
  return own;
}

/** The names of the statements that stand directly in the inbound section, comments left out. */
function statements(policy: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const [, slash, name, empty] of inboundSection(policy)
    .replaceAll(/<!--[\s\S]*?-->/g, '')
    .matchAll(/<(\/?)([\w-]+)[^>]*?(\/?)>/g)) {
    if (slash) depth -= 1;
    else {
      if (depth === 0) names.push(name as string);
      if (!empty) depth += 1;
    }
  }
  return names;
}
