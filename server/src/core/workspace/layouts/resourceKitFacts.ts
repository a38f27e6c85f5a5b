import { isRecord } from '../jsonText';
import {
  type ApiFacts,
  type EmbeddedFragment,
  idKey,
  type NamedValueFacts,
  type Operation,
  type ProductFacts,
  type ResourceFacts,
  type ServiceFacts,
} from '../service';
import { booleanOf, factProblem, versioningInside, versioningOf } from './factReading';
import { lastLiteralOf, type TemplateReading, type TemplateResource, writtenText } from './resourceKitTemplates';
import { apiKey } from './revisions';

/** Everything that the ARM templates of one extraction tell (repository-layouts, section 4). */
export function readTemplateFacts(templates: readonly (TemplateReading & { readonly path: string })[]): ServiceFacts {
  const resources = templates.flatMap(({ resources: own, path }) => own.map((resource) => ({ ...resource, path })));
  const ofType = (...types: readonly string[]) => resources.filter(({ type }) => types.includes(type));
  return {
    apis: readApis(ofType('apis'), ofType('apis/operations'), ofType('apiversionsets', 'api-version-sets')),
    products: readProducts(ofType('products'), ofType('products/apis')),
    namedValues: ofType('namedvalues', 'properties').flatMap(readNamedValue),
    resources: [
      ...ofType('backends').flatMap((resource) => readResource('backend', resource)),
      ...ofType('loggers').flatMap((resource) => readResource('logger', resource)),
    ],
    embeddedFragments: ofType('policyfragments').flatMap(readFragment),
    hasServiceArtifacts: resources.some(({ type }) => !type.startsWith('apis')),
    problems: templates.flatMap(({ path, problem }) =>
      problem === undefined ? [] : [factProblem(path, problem, 'so what it says of the service counts as unknown')],
    ),
    specificationProblems: () => [],
  };
}

function readApis(
  apis: readonly TemplateResource[],
  operations: readonly TemplateResource[],
  versionSets: readonly TemplateResource[],
): ReadonlyMap<string, ApiFacts> {
  const schemes = new Map(
    versionSets.map(({ ids, properties }) => [ids?.[0]?.toLowerCase(), versioningOf(properties['versioningScheme'])]),
  );
  const operationsOf = new Map<string, Operation[]>();
  for (const { ids, properties } of operations) {
    const [api, id] = ids ?? [];
    const method = writtenText(properties['method']);
    const urlTemplate = writtenText(properties['urlTemplate']);
    if (api === undefined || id === undefined || method === undefined || urlTemplate === undefined) continue;
    const known = operationsOf.get(api.toLowerCase()) ?? [];
    known.push({ id, method: method.toUpperCase(), urlTemplate });
    operationsOf.set(api.toLowerCase(), known);
  }
  return new Map(
    apis.flatMap(({ ids, properties }) => {
      const [api] = ids ?? [];
      if (api === undefined) return [];
      const key = idKey(api, undefined);
      // The original version of a set is reached without one, whatever the scheme.
      const isVersion = writtenText(properties['apiVersion']) !== '';
      const versionSet = isVersion ? lastLiteralOf(properties['apiVersionSetId'], /./)?.toLowerCase() : undefined;
      const facts: ApiFacts = {
        displayName: writtenText(properties['displayName']),
        subscriptionRequired: booleanOf(properties['subscriptionRequired']),
        type: writtenText(properties['type'] ?? properties['apiType'])?.toLowerCase(),
        versioning: versionSet === undefined ? versioningInside(properties['apiVersionSet']) : schemes.get(versionSet),
        operations: operationsOf.get(key),
      };
      return [[key, facts] as const];
    }),
  );
}

function readProducts(
  products: readonly TemplateResource[],
  memberships: readonly TemplateResource[],
): readonly ProductFacts[] {
  const found = new Map<string, { id: string; apis: Set<string>; subscriptionRequired: boolean | undefined }>();
  const productOf = (id: string) => {
    const product = found.get(id.toLowerCase()) ?? { id, apis: new Set<string>(), subscriptionRequired: undefined };
    found.set(id.toLowerCase(), product);
    return product;
  };
  for (const { ids, properties } of products) {
    const [id] = ids ?? [];
    if (id !== undefined) productOf(id).subscriptionRequired = booleanOf(properties['subscriptionRequired']);
  }
  for (const { ids } of memberships) {
    const [id, api] = ids ?? [];
    if (id !== undefined && api !== undefined) productOf(id).apis.add(apiKey(api));
  }
  return [...found.values()].map((product) => ({ ...product, workspace: undefined }));
}

function readNamedValue({ ids, properties }: TemplateResource): readonly NamedValueFacts[] {
  const name = writtenText(properties['displayName']) ?? ids?.at(-1);
  if (name === undefined) return [];
  const isSecret = properties['secret'] === true || isRecord(properties['keyVault']);
  const value = isSecret ? undefined : writtenText(properties['value']);
  return [{ name, workspace: undefined, value, isSecret, path: undefined }];
}

/** A template holds many things, so it is no place to go to for one of them. */
function readResource(kind: ResourceFacts['kind'], { ids }: TemplateResource): readonly ResourceFacts[] {
  const id = ids?.at(-1);
  return id === undefined ? [] : [{ kind, id, workspace: undefined, path: undefined }];
}

function readFragment({ ids, properties, path }: TemplateResource & { readonly path: string }) {
  const [fragmentId] = ids ?? [];
  const hasText = writtenText(properties['value']) !== undefined;
  return fragmentId === undefined || !hasText ? [] : [{ fragmentId, workspace: undefined, path } as EmbeddedFragment];
}
