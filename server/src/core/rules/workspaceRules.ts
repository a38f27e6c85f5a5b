import type { RuleMeta } from './rule';

/** A project file that does not say what its author meant. The check is in `workspace/projectFile.ts`. */
export const projectFileInvalid: RuleMeta = {
  id: 'project-file-invalid',
  summary: 'The project file has an unknown setting, a bad value or broken JSON.',
  category: 'project',
  defaultSeverity: 'error',
  fixable: false,
  since: '0.1.0',
  sources: ['docs/settings.md'],
};

/** A file of the service that the host could not read: what it holds is unknown. */
export const unreadableFile: RuleMeta = {
  id: 'unreadable-file',
  summary: 'A file of the service cannot be read, so what it holds counts as unknown.',
  category: 'project',
  defaultSeverity: 'warning',
  fixable: false,
  since: '0.1.0',
  sources: ['docs/scopes.md'],
};

/** A file beside the policies that does not say what it should, or two that claim one place. Checked while services are read. */
export const serviceFileInvalid: RuleMeta = {
  id: 'service-file-invalid',
  summary: 'A file that describes the service is broken, or claims a scope that another file holds.',
  category: 'project',
  defaultSeverity: 'warning',
  fixable: false,
  since: '0.1.0',
  sources: ['docs/scopes.md'],
};

/** A defect of ours: told where the user looks, so that silence is never taken for "no problem". */
export const internalError: RuleMeta = {
  id: 'internal-error',
  summary: 'A check of APIM Policy Lens itself failed, so its findings are missing here.',
  category: 'project',
  defaultSeverity: 'error',
  fixable: false,
  since: '0.1.0',
  sources: ['CONTRIBUTING.md'],
};
