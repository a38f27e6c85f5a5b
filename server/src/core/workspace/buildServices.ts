import { joinPath, relativeTo } from '../text/paths';
import { type Claim, settleClaims } from './claims';
import type { PlacedPolicy } from './placePolicies';
import { describeScope, isIdentified, scopeKey } from './policyScope';
import type { ProjectSettings } from './projectSettings';
import { type FactProblem, idKey, noServiceFacts, type ProductFacts, type ServiceFacts, sortedByPath } from './service';
import type { ServiceRoots } from './serviceRoots';
import type { Service } from './workspaceModel';

/** The services around the placed policies by root, and what keeps their files from counting, sorted by path. */
export function buildServices(
  policies: readonly PlacedPolicy[],
  roots: ServiceRoots,
  settingsFor: (path: string) => ProjectSettings,
): { readonly services: ReadonlyMap<string, Service>; readonly problems: readonly FactProblem[] } {
  const byRoot = new Map<string, PlacedPolicy[]>();
  for (const policy of policies) {
    const known = byRoot.get(policy.root);
    if (known === undefined) byRoot.set(policy.root, [policy]);
    else known.push(policy);
  }
  const services = new Map<string, Service>();
  const problems: FactProblem[] = [];
  for (const [root, ofRoot] of byRoot) {
    const layoutRoot = ofRoot.find((policy) => policy.layoutRoot !== undefined)?.layoutRoot ?? roots.openAny(root);
    // Named values, products and absent scopes are the service's, so a project file above or at its root counts.
    const settings = settingsFor(joinPath(root, 'policy.xml'));
    const facts = withSettings(layoutRoot?.readFacts() ?? noServiceFacts, settings);
    const relativePath = (path: string): string => relativeTo(root, path) ?? path;
    const definitions = settleClaims(ofRoot.flatMap(definitionClaim), relativePath);
    const fragments = settleClaims([...ofRoot.flatMap(fragmentClaim), ...embeddedClaims(facts)], relativePath);
    services.set(root, {
      root,
      layoutRoot,
      settings,
      facts,
      productsByApi: productsByApi(facts),
      definitions: definitions.paths,
      operationPolicies: operationPolicies(definitions.paths),
      fragments: fragments.paths,
    });
    const comments = ofRoot.flatMap(({ commentProblem }) => commentProblem ?? []);
    problems.push(...facts.problems, ...definitions.problems, ...fragments.problems, ...comments);
  }
  return { services, problems: sortedByPath(problems) };
}

function definitionClaim({ path, placement, namedBy }: PlacedPolicy): readonly Claim[] {
  if (placement.kind !== 'definition' || !isIdentified(placement.scope)) return [];
  if (placement.confidence === 'guessed') return [];
  const { scope, confidence } = placement;
  return [
    {
      path,
      key: scopeKey(scope),
      what: `the policy of ${describeScope(scope)}`,
      by: namedBy ?? confidence,
    },
  ];
}

function fragmentClaim({ path, placement, namedBy }: PlacedPolicy): readonly Claim[] {
  if (placement.kind !== 'fragment' || placement.confidence === 'guessed') return [];
  const { fragmentId, workspace, confidence } = placement;
  const key = idKey(fragmentId, workspace);
  return [{ path, key, what: `the policy fragment ${fragmentId}`, by: namedBy ?? confidence }];
}

/** After those with a file of their own: apiops-cli writes both, and the file is what people edit. */
function embeddedClaims({ embeddedFragments }: ServiceFacts): readonly Claim[] {
  return embeddedFragments.map(({ fragmentId, workspace, path }) => ({
    path,
    key: idKey(fragmentId, workspace),
    what: `the policy fragment ${fragmentId}`,
    by: 'information',
  }));
}

/** Looked up for every policy of a service: a look through all products each time would cost their number. */
function productsByApi({ products }: ServiceFacts): ReadonlyMap<string, readonly ProductFacts[]> {
  const found = new Map<string, ProductFacts[]>();
  for (const product of [...products].sort((one, other) => (one.id < other.id ? -1 : 1))) {
    for (const api of product.apis) {
      const key = idKey(api, product.workspace);
      const known = found.get(key);
      if (known === undefined) found.set(key, [product]);
      else known.push(product);
    }
  }
  return found;
}

/** Looked up for every API, as products are. */
function operationPolicies(definitions: ReadonlyMap<string, string>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const [key, path] of definitions) {
    const apiEnd = key.lastIndexOf('/operations/');
    if (apiEnd < 0) continue;
    const api = key.slice(0, apiEnd);
    const known = found.get(api);
    if (known === undefined) found.set(api, [path]);
    else known.push(path);
  }
  return found;
}

/** The products of the project file, with what the layout's files say of them. */
function withSettings(facts: ServiceFacts, settings: ProjectSettings): ServiceFacts {
  const written = settings.products.map((product): ProductFacts => {
    const known = facts.products.find(
      ({ id, workspace }) => workspace === undefined && id.toLowerCase() === product.id.toLowerCase(),
    );
    return {
      id: known?.id ?? product.id,
      workspace: undefined,
      apis: new Set([...(known?.apis ?? []), ...product.apis.map((api) => api.toLowerCase())]),
      subscriptionRequired: product.subscriptionRequired ?? known?.subscriptionRequired,
    };
  });
  const isWritten = (id: string) => written.some((product) => product.id.toLowerCase() === id.toLowerCase());
  const others = facts.products.filter(({ id, workspace }) => workspace !== undefined || !isWritten(id));
  return { ...facts, products: [...others, ...written] };
}
