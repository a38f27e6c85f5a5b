import { createLanguageService, DocumentStore, type LanguageService } from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { cors, definition, portalGlobal } from '../support/policies';

const apiCount = 500;
const operationsPerApi = 20;
const originCount = 20;
const rounds = 5;

/**
 * `npm run bench`, for the map of 10,000 operations × 20 origins: from texts in the store to every cell, with the model,
 * the specifications and the policies read on the way. Every round has a service of its own, so that nothing is kept.
 */
export function benchCorsMap(print: (line: string) => void): void {
  const files = mapService();
  const policies = files.filter(([path]) => path.endsWith('.xml'));
  let [cold, warm, reference] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  let shape = '';
  for (let round = 0; round < rounds; round++) {
    reference = Math.min(
      reference,
      timed(() => policies.map(([path, text]) => parsePolicyDocument(text, path, 1))),
    );
    const service = open(files);
    cold = Math.min(
      cold,
      timed(() => {
        shape = computeMap(service);
      }),
    );
    warm = Math.min(
      warm,
      timed(() => computeMap(service)),
    );
  }
  print(
    `CORS map, cold (${shape}): ${(cold / reference).toFixed(2)} × parsing its ${policies.length} policies once (${cold.toFixed(0)} ms and ${reference.toFixed(0)} ms); again: ${warm.toFixed(0)} ms`,
  );
}

function computeMap(service: LanguageService): string {
  const steps = service.computingCorsMap('/service', {});
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done !== true) continue;
    const { rows = [], origins = [], answers = [] } = step.value ?? {};
    return `${rows.length} operations × ${origins.length} origins, ${answers.length} different answers`;
  }
}

function open(files: readonly (readonly [path: string, text: string])[]): LanguageService {
  const store = new DocumentStore();
  for (const [path, text] of files) store.setText(path, text, 1);
  return createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
}

function timed(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

/** Every API has a policy, every second one a `cors`, every tenth operation a policy of its own, and every third API needs a key. */
function mapService(): readonly (readonly [path: string, text: string])[] {
  const origins = Array.from({ length: originCount - 2 }, (_, index) => `https://app-${index}.contoso.com`);
  const files: [string, string][] = [
    ['/service/policy.xml', portalGlobal()],
    ['/service/apim-policy.config.json', '{ "cors": { "origins": ["https://shop.contoso.com"] } }'],
    ['/service/products/starter/productInformation.json', '{ "properties": { "subscriptionRequired": true } }'],
    ['/service/products/starter/policy.xml', definition('    <base />\n    <quota calls="10" renewal-period="60" />')],
  ];
  for (let api = 0; api < apiCount; api++) {
    const folder = `/service/apis/api-${String(api).padStart(3, '0')}`;
    const own = [0, 1, 2].map((step) => origins[(api + step * 7) % origins.length] as string);
    const statement = cors({
      origins: own,
      methods: ['GET', 'PUT'],
      attributes: api % 4 === 0 ? ' terminate-unmatched-request="false"' : '',
    });
    const checks = api % 5 === 0 ? '\n    <validate-jwt header-name="Authorization" />' : '';
    files.push([
      `${folder}/policy.xml`,
      definition(api % 2 === 0 ? `${statement}\n    <base />${checks}` : `    <base />${checks}`),
    ]);
    files.push([
      `${folder}/apiInformation.json`,
      JSON.stringify({ properties: { displayName: `API ${api}`, subscriptionRequired: api % 3 === 0 } }),
    ]);
    files.push([`${folder}/specification.json`, JSON.stringify(specification())]);
    if (api % 3 === 0)
      files.push([`/service/products/starter/apis/${folder.slice(14)}/productApiInformation.json`, '{}']);
    for (let operation = 0; operation < operationsPerApi; operation += 10) {
      files.push([
        `${folder}/operations/operation-${operation}/policy.xml`,
        definition(`    <base />\n    <rewrite-uri template="/v2/${operation}" />`),
      ]);
    }
  }
  return files;
}

function specification(): object {
  const methods = ['get', 'post', 'put', 'delete', 'patch'];
  const paths: Record<string, Record<string, object>> = {};
  for (let operation = 0; operation < operationsPerApi; operation++) {
    const path = `/things-${Math.floor(operation / methods.length)}`;
    const method = methods[operation % methods.length] as string;
    paths[path] = { ...paths[path], [method]: { operationId: `operation-${operation}`, responses: {} } };
  }
  return { openapi: '3.0.1', info: { title: 'Things', version: '1' }, paths };
}
