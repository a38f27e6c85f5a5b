import { type PolicyScope, sameId, workspaceOf } from '../workspace/policyScope';
import type { NamedValueFacts } from '../workspace/service';
import type { Service } from '../workspace/workspaceModel';
import { known, type Resolved, unknown } from './resolved';

/**
 * The value of a named value by its display name. Never echoes a secret.
 *
 * `scope` is the scope of the statement that holds the reference: a workspace has named values of its own, and a chain
 * goes through both. Without it, the scope is that of the document that the lookup was made for.
 */
export type NamedValueLookup = (name: string, scope?: PolicyScope) => Resolved<string>;

/** The lookup for a statement of the scope. */
export function namedValuesAt(scope: PolicyScope, namedValues: NamedValueLookup): NamedValueLookup {
  return (name, other = scope) => namedValues(name, other);
}

/**
 * Looks up the named values of a service for a document in `ownWorkspace` (undefined: the service's own documents).
 *
 * A policy of a workspace can use neither the service's named values nor those of another workspace
 * (workspaces-overview, resource references, June 2026). The project file knows no workspaces: its values come before
 * the service's, and after those that a workspace tells itself.
 */
export function lookUpNamedValues(
  { facts, settings }: Pick<Service, 'facts' | 'settings'>,
  ownWorkspace: string | undefined,
): NamedValueLookup {
  const written = Object.entries(settings.namedValues).map(([name, value]) => ({ name, value, isSecret: false }));
  return (name, scope) => {
    const workspace = scope === undefined ? ownWorkspace : workspaceOf(scope);
    const own = facts.namedValues.filter((candidate) => sameId(candidate.workspace, workspace));
    const found = [findByName(name, own), findByName(name, written)].filter((each) => each !== undefined);
    if (workspace === undefined) found.reverse();
    const withValue = found.find(({ value }) => value !== undefined);
    if (withValue?.value !== undefined) return known(withValue.value);
    return unknown(whyUnknown(name, found[0], workspace, facts.namedValues));
  };
}

type NamedValue = Omit<NamedValueFacts, 'workspace' | 'path'>;

/** As it is written, else without regard to case. */
function findByName(name: string, candidates: readonly NamedValue[]): NamedValue | undefined {
  const plain = name.toLowerCase();
  return (
    candidates.find((candidate) => candidate.name === name) ??
    candidates.find((candidate) => candidate.name.toLowerCase() === plain)
  );
}

function whyUnknown(
  name: string,
  found: NamedValue | undefined,
  workspace: string | undefined,
  all: readonly NamedValueFacts[],
): string {
  if (found?.isSecret) return `the named value {{${name}}} is a secret`;
  if (found !== undefined) return `the value of {{${name}}} is not in the workspace`;
  const ofService = all.filter((candidate) => candidate.workspace === undefined);
  if (workspace !== undefined && findByName(name, ofService) !== undefined) {
    return `the named value {{${name}}} is the service’s, which policies of workspace ${workspace} cannot use`;
  }
  return `the named value {{${name}}} is not in the workspace`;
}
