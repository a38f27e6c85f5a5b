import { baseName, relativeTo } from '../../text/paths';
import type { PolicyScope, ScopeConfidence } from '../policyScope';
import type { Placement } from '../service';
import type { PolicyLayout } from './layout';
import { type GitConfiguration, readGitConfiguration } from './serviceGitConfiguration';

/**
 * The Git repository that a service keeps of itself: `api-management/policies` (repository-layouts, section 5). Files
 * and folders are named after display names; the ids are in the `configuration.json` files beside `policies`.
 */
export const serviceGitLayout: PolicyLayout = {
  id: 'service-git',
  possibleRoots(path) {
    const root = /^(.*?\/api-management)\/policies\//i.exec(path)?.[1];
    return root === undefined ? [] : [root];
  },
  openRoot(root, files) {
    if (!files.pathsBelow(root).some((path) => expectsPolicy(path) && files.isPolicy(path))) return undefined;
    const configuration = readGitConfiguration(root, files);
    return { place: (path) => place(root, path, configuration), readFacts: () => configuration.facts };
  },
  expectsPolicy,
  isServiceFolder: (name) => ['apis', 'policies', 'products'].includes(name.toLowerCase()),
};

function expectsPolicy(path: string): boolean {
  return /\/api-management\/policies\/(global|(apis|products)\/[^/]+|apis\/[^/]+\/operations\/[^/]+)\.xml$/i.test(path);
}

function place(root: string, path: string, configuration: GitConfiguration): Placement | undefined {
  if (!expectsPolicy(path)) return undefined;
  const [, collection = '', item = '', operations] = (relativeTo(root, path) as string).split('/');
  const name = item.replace(/\.xml$/i, '');
  if (operations !== undefined) return placeOperation(path, name, configuration);
  if (item === '') return placed({ kind: 'global' }, 'certain', 'Git repository of the service');
  if (collection.toLowerCase() === 'products') {
    const product = configuration.products.get(name);
    return placed({ kind: 'product', product: product ?? name }, ...known(product !== undefined));
  }
  const api = configuration.apis.get(name);
  return placed({ kind: 'api', ...(api ?? { api: name }) }, ...known(api !== undefined));
}

function placeOperation(path: string, apiName: string, configuration: GitConfiguration): Placement {
  const api = configuration.apis.get(apiName);
  const fileName = baseName(path).replace(/\.xml$/i, '');
  const operation = configuration.operations.get(`${apiName}/${fileName}`);
  const scope: PolicyScope = { kind: 'operation', ...(api ?? { api: apiName }), operation: operation ?? fileName };
  return placed(scope, ...known(api !== undefined && operation !== undefined));
}

function known(isKnown: boolean): readonly [ScopeConfidence, string] {
  return isKnown
    ? ['certain', 'Git repository of the service, id from configuration.json']
    : ['derived', 'Git repository of the service, no configuration.json, so the file’s name is the id'];
}

function placed(scope: PolicyScope, confidence: ScopeConfidence, why: string): Placement {
  return { kind: 'definition', scope, confidence, why };
}
