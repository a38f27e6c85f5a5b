import assert from 'node:assert/strict';
import {
  applyEdits,
  createLanguageService,
  DocumentStore,
  type Finding,
  type LanguageService,
  type TextEdit,
} from '../../server/src/core';

/** Texts of a service by path below its root, in APIOps layout unless a project file says otherwise. */
export type ServiceFiles = Readonly<Record<string, string>>;

const root = '/service';

/** A language service over texts in memory. A defect of ours fails the test that met it. */
export function openService(files: ServiceFiles): LanguageService {
  const store = new DocumentStore();
  for (const [path, text] of Object.entries(files)) store.setText(`${root}/${path}`, text, 1);
  return createLanguageService(store, (what, error) => {
    throw new Error(`defect in ${what}`, { cause: error });
  });
}

export function absolute(path: string): string {
  return `${root}/${path}`;
}

export function relative(path: string): string {
  return path.slice(root.length + 1);
}

/** Every finding of every policy document, each as `path: severity rule-id "marked text"`, long texts cut. */
export function lintAll(files: ServiceFiles): readonly string[] {
  const service = openService(files);
  return [...service.model().documents.keys()].sort().flatMap((path) => lintDocument(service, path));
}

/** The findings of one document, as `severity rule-id "marked text"`. */
export function lint(files: ServiceFiles, path: string): readonly string[] {
  return lintDocument(openService(files), absolute(path)).map((line) => line.slice(path.length + 2));
}

function lintDocument(service: LanguageService, path: string): readonly string[] {
  const text = service.store.text(path) ?? '';
  return service.findings(path).map(({ severity, ruleId, span }) => {
    const marked = text.slice(span.start, span.end).replace(/\s+/g, ' ');
    return `${relative(path)}: ${severity} ${ruleId} "${marked.length > 40 ? `${marked.slice(0, 40)}…` : marked}"`;
  });
}

/** The one finding of a rule in a document; fails where there is none or more than one. */
export function findingOf(files: ServiceFiles, path: string, ruleId: string): Finding {
  const found = openService(files)
    .findings(absolute(path))
    .filter((finding) => finding.ruleId === ruleId);
  assert.equal(found.length, 1, `findings of ${ruleId} in ${path}`);
  return found[0] as Finding;
}

/** The service after one fix of a finding. Fails where the fix is not offered, or an edit is for another version. */
export function applyFix(files: ServiceFiles, path: string, ruleId: string, fixId: string): ServiceFiles {
  const finding = findingOf(files, path, ruleId);
  const fix = finding.fixes.find(({ id }) => id === fixId);
  assert.ok(fix, `fix ${fixId} is offered; there are ${finding.fixes.map(({ id }) => id).join(', ')}`);
  const after: Record<string, string> = { ...files };
  for (const edited of new Set(fix.edits.map((edit) => edit.path))) {
    const edits: readonly TextEdit[] = fix.edits.filter((edit) => edit.path === edited);
    assert.deepEqual([...new Set(edits.map(({ version }) => version))], [1], 'the version that the edits are for');
    after[relative(edited)] = applyEdits(after[relative(edited)] ?? '', edits);
  }
  return after;
}
