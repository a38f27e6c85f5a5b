import { baseName, parentFolder, relativeTo } from '../../text/paths';
import type { PolicyScope } from '../policyScope';
import { noServiceFacts, type Placement } from '../service';
import type { PolicyLayout } from './layout';

/**
 * The scope as the last part of the file's name: `global.xml`, `orders.api.cshtml`, `orders.get-order.operation.xml`
 * (repository-layouts, section 12). A service is a folder of such files, with those in folders such as `apis` below it.
 */
export const scopeSuffixLayout: PolicyLayout = {
  id: 'scope-suffix',
  isNamingOnly: true,
  possibleRoots(path) {
    const folder = parentFolder(path);
    if (folder === undefined || !/\.(xml|cshtml)$/i.test(path)) return [];
    const outer = isCollection(baseName(folder)) ? parentFolder(folder) : undefined;
    return [outer ?? folder];
  },
  rootsToLoad: (path) => (placeByName(path) === undefined ? [] : scopeSuffixLayout.possibleRoots(path)),
  openRoot(root, files) {
    const isRoot = files.pathsBelow(root).some((path) => {
      const segments = (relativeTo(root, path) as string).split('/');
      const isNear = segments.length === 1 || (segments.length === 2 && isCollection(segments[0] as string));
      return isNear && placeByName(path) !== undefined && files.isPolicy(path);
    });
    return isRoot ? { place: placeByName, readFacts: () => noServiceFacts } : undefined;
  },
  expectsPolicy: () => false,
  isServiceFolder: isCollection,
};

function isCollection(name: string): boolean {
  return /^(apis|operations|products|fragments|workspaces)$/i.test(name);
}

function placeByName(path: string): Placement | undefined {
  const parts = baseName(path).split('.');
  const suffix = parts.at(-2)?.toLowerCase();
  const ids = parts.slice(0, -2);
  const [id] = ids;
  const how = { confidence: 'certain', why: `.${suffix} in its name` } as const;
  const definition = (scope: PolicyScope): Placement => ({ kind: 'definition', scope, ...how });
  if (suffix === 'global') return definition({ kind: 'global' });
  if (id === undefined) return undefined;
  const whole = ids.join('.');
  switch (suffix) {
    case 'workspace':
      return definition({ kind: 'workspace', workspace: whole });
    case 'product':
      return definition({ kind: 'product', product: whole });
    case 'api':
      return definition({ kind: 'api', api: whole });
    case 'operation': {
      const operation = ids.slice(1).join('.');
      // One id alone is the operation's: of which API, nothing tells.
      return definition(
        operation === '' ? { kind: 'operation', operation: id } : { kind: 'operation', api: id, operation },
      );
    }
    case 'fragment':
      return { kind: 'fragment', fragmentId: whole, ...how };
    default:
      return undefined;
  }
}
