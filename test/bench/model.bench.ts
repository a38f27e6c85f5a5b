import { createLanguageService, DocumentStore } from '../../server/src/core';
import { definition } from '../support/policies';
import type { Bench } from './bench';

const apiCount = 2000;

/** What it costs that a file comes or goes: roots, scopes and facts, but no specification, since nobody asks for one. */
export const modelBench: Bench = {
  name: 'model of a large service, after a file came',
  yardstick: 'taking each of its paths apart',
  prepare() {
    const store = new DocumentStore();
    for (const [path, text] of generatedService()) store.setText(path, text, 1);
    const service = createLanguageService(store, (what, error) => {
      throw new Error(what, { cause: error });
    });
    service.model();
    const paths = store.paths();
    let round = 0;
    return {
      size: `${paths.length} files`,
      measured() {
        round++;
        const extra = '/service/apis/extra/policy.xml';
        if (round % 2 === 0) store.delete(extra);
        else store.setText(extra, policy, 1);
        return service.model().documents.size;
      },
      reference: () => paths.map((path) => path.split('/')),
    };
  },
};

const policy = definition('    <base />');

function generatedService(): readonly (readonly [path: string, text: string])[] {
  const paths = Array.from({ length: 200 }, (_, index) => `  /${index}:\n    get: { operationId: get-${index} }\n`);
  const specification = `openapi: 3.0.1\npaths:\n${paths.join('')}`;
  return Array.from({ length: apiCount }, (_, api) => [
    [`/service/apis/api-${api}/policy.xml`, policy] as const,
    [`/service/apis/api-${api}/operations/get/policy.xml`, policy] as const,
    [`/service/apis/api-${api}/apiInformation.json`, '{ "properties": { "displayName": "x" } }'] as const,
    [`/service/apis/api-${api}/specification.yaml`, specification] as const,
  ]).flat();
}
