import picomatch from 'picomatch';
import type { PolicyScope } from './policyScope';
import type { ScopeMapping } from './projectSettings';
import type { Placement } from './service';

/** Turns a mapping into a test of paths relative to the project file's folder. Undefined: the glob does not match. */
export function compileScopeMapping(mapping: ScopeMapping): (relativePath: string) => Placement | undefined {
  const names: (string | undefined)[] = [];
  // Each `{name}` becomes a star, so that the glob library does the matching; the other stars capture too, so they are counted.
  const glob = mapping.glob.replace(/\{([A-Za-z]\w*)\}|\*+/g, (written, name: string | undefined) => {
    names.push(name);
    return name === undefined ? written : '*';
  });
  const pattern = picomatch.makeRe(glob, { capture: true, dot: true, nocase: false });

  return (relativePath) => {
    const match = pattern.exec(relativePath);
    if (match === null) return undefined;
    const values = new Map<string, string>();
    names.forEach((name, index) => {
      if (name !== undefined) values.set(name, match[index + 1] ?? '');
    });
    return placeFrom(mapping, values);
  };
}

function placeFrom(mapping: ScopeMapping, values: ReadonlyMap<string, string>): Placement | undefined {
  const fill = (template: string | undefined, name: string): string | undefined =>
    template === undefined || template === ''
      ? values.get(name)
      : template.replace(/\{(\w+)\}/g, (written, key: string) => values.get(key) ?? written);

  const api = fill(mapping.api, 'api');
  const operation = fill(mapping.operation, 'operation');
  const product = fill(mapping.product, 'product');
  const revision = fill(mapping.revision?.toString(), 'revision');
  const workspace = fill(mapping.workspace, 'workspace');
  const fragmentId = fill(mapping.fragment, 'fragment');
  const inWorkspace = workspace === undefined ? {} : { workspace };
  const ofRevision = revision === undefined ? {} : { revision };
  const how = { confidence: 'certain', why: `scopes in the project file (${mapping.glob})` } as const;
  const definition = (scope: PolicyScope): Placement => ({ kind: 'definition', scope, ...how });

  switch (mapping.scope) {
    case 'global':
      return definition({ kind: 'global' });
    case 'workspace':
      return workspace === undefined ? undefined : definition({ kind: 'workspace', workspace });
    case 'product':
      return product === undefined ? undefined : definition({ kind: 'product', product, ...inWorkspace });
    case 'api':
      return api === undefined ? undefined : definition({ kind: 'api', api, ...ofRevision, ...inWorkspace });
    case 'operation':
      return api === undefined || operation === undefined
        ? undefined
        : definition({ kind: 'operation', api, operation, ...ofRevision, ...inWorkspace });
    case 'fragment':
      return fragmentId === undefined ? undefined : { kind: 'fragment', fragmentId, ...inWorkspace, ...how };
  }
}
