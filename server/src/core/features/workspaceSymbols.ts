import { baseName } from '../text/paths';
import type { Span } from '../text/span';
import { describeDefinition, spanOfDefinition } from '../workspace/definitions';
import type { DocumentStore } from '../workspace/documentStore';
import { describeScope } from '../workspace/policyScope';
import type { References } from '../workspace/references';
import type { Service, WorkspaceModel } from '../workspace/workspaceModel';

/** Something of a service that people look for by name. */
export interface WorkspaceSymbol {
  /** "API orders", "named value orders-url" */
  readonly name: string;
  readonly kind: 'scope' | 'fragment' | 'namedValue' | 'resource';
  readonly path: string;
  /** The display name of a named value; the beginning of other files. */
  readonly span: Span;
  /** The name of the service's folder. */
  readonly container: string;
}

/** What stands in a policy is no concern of the list, so no policy is read for it. */
const fileStart: Span = { start: 0, end: 0 };

/** More help nobody; editors ask again with every letter. */
const mostSymbols = 1000;

/**
 * Policy definitions by their scopes, fragments, named values, backends and loggers whose names have the letters of the
 * query in their order, as editors look for symbols. Sorted by name.
 */
export function workspaceSymbols(
  query: string,
  model: WorkspaceModel,
  references: References,
  store: DocumentStore,
): readonly WorkspaceSymbol[] {
  const matches = matcher(query);
  const symbols: WorkspaceSymbol[] = [];
  const services = new Set<Service>();
  for (const { path, placement, service } of model.documents.values()) {
    services.add(service);
    if (placement.kind !== 'definition' || placement.scope.kind === 'unknown') continue;
    const name = describeScope(placement.scope);
    if (!matches(name)) continue;
    symbols.push({ name, kind: 'scope', path, span: fileStart, container: baseName(service.root) });
  }
  for (const service of services) {
    for (const definition of references.definitionsIn(service).all) {
      const { kind, path } = definition;
      if (path === undefined || kind === 'api') continue;
      const name = describeDefinition(definition);
      if (!matches(name)) continue;
      symbols.push({
        name,
        kind: kind === 'fragment' || kind === 'namedValue' ? kind : 'resource',
        path,
        span: kind === 'namedValue' ? spanOfDefinition(definition, store) : fileStart,
        container: baseName(service.root),
      });
    }
  }
  return symbols.sort(byName).slice(0, mostSymbols);
}

function byName(one: WorkspaceSymbol, other: WorkspaceSymbol): number {
  if (one.name !== other.name) return one.name < other.name ? -1 : 1;
  return one.path < other.path ? -1 : 1;
}

function matcher(query: string): (name: string) => boolean {
  const wanted = query.toLowerCase().replace(/\s+/g, '');
  return (name) => {
    let next = 0;
    for (const letter of name.toLowerCase()) if (letter === wanted[next]) next++;
    return next >= wanted.length;
  };
}
