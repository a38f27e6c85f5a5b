import type { DocumentStore } from '../workspace/documentStore';
import type { WorkspaceModel } from '../workspace/workspaceModel';
import type { Finding } from './rule';
import { findingOf, severityOf } from './runRules';
import { projectFileInvalid, serviceFileInvalid, unreadableFile } from './workspaceRules';

/**
 * Findings that belong to no policy text: on project files, on files that describe a service, and on files that could
 * not be read.
 */
export function workspaceFindings(model: WorkspaceModel, store: DocumentStore): readonly Finding[] {
  const findings: Finding[] = [];
  for (const { settings, problems } of model.projectFiles) {
    const severity = severityOf(projectFileInvalid, undefined, settings);
    if (severity === undefined) continue;
    for (const problem of problems) {
      findings.push(findingOf(projectFileInvalid.id, severity, settings.path as string, problem));
    }
  }
  findings.push(...serviceFileFindings(model.factProblems, model));
  for (const { path, because } of store.unreadablePaths()) {
    const severity = severityOf(unreadableFile, undefined, model.settingsFor(path));
    const message = `This file cannot be read (${because}), so what it holds counts as unknown. Make it readable, or remove it.`;
    if (severity !== undefined) {
      findings.push(findingOf(unreadableFile.id, severity, path, { span: { start: 0, end: 0 }, message }));
    }
  }
  return findings;
}

/** Findings on specifications, which only this reads without being asked for their operations. */
export function specificationFindings(model: WorkspaceModel): readonly Finding[] {
  return serviceFileFindings(model.specificationProblems(), model);
}

function serviceFileFindings(
  problems: WorkspaceModel['factProblems'],
  model: Pick<WorkspaceModel, 'settingsFor'>,
): readonly Finding[] {
  return problems.flatMap(({ path, span, message }) => {
    const severity = severityOf(serviceFileInvalid, undefined, model.settingsFor(path));
    return severity === undefined ? [] : [findingOf(serviceFileInvalid.id, severity, path, { span, message })];
  });
}
