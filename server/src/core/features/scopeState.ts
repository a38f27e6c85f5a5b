import type { Finding } from '../rules/rule';
import { type PolicyDocument, type SectionName, sectionNames } from '../syntax/policyTree';
import { childElements, sectionElements } from '../syntax/treeQueries';
import { type Severity, severities } from '../workspace/severity';

/** What a policy document does to what it could inherit, and what is said of it. */
export interface ScopeState {
  /** Sections in which nothing is inherited: without `<base />`, or not written. None for global scope and fragments. */
  readonly dropsBase: readonly SectionName[];
  /** True where every section holds `<base />` and nothing else: the policy changes nothing. */
  readonly inheritsOnly: boolean;
  readonly findingCount: number;
  /** Of the findings; undefined where there are none. */
  readonly worst: Severity | undefined;
}

export function scopeStateOf(document: PolicyDocument, findings: readonly Finding[], mayInherit: boolean): ScopeState {
  const sections = sectionNames.map((name) => ({
    name,
    children: sectionElements(document, name).flatMap(childElements),
  }));
  const dropsBase = sections.filter(({ children }) => children.every(({ name }) => name !== 'base'));
  const isReadable = document.kind === 'definition' && mayInherit;
  return {
    dropsBase: isReadable ? dropsBase.map(({ name }) => name) : [],
    inheritsOnly:
      isReadable &&
      dropsBase.length === 0 &&
      sections.every(({ children }) => children.every((c) => c.name === 'base')),
    findingCount: findings.length,
    worst: severities.find((severity) => findings.some((finding) => finding.severity === severity)),
  };
}
