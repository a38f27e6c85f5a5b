import { createLanguageService, DocumentStore } from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { cors, definition, portalGlobal } from '../support/policies';
import type { Bench } from './bench';

const apiCount = 200;

/** Index, effective policies, all rules and their tried fixes, beside reading the same texts once. */
export const serviceBench: Bench = {
  name: 'findings of a whole service, cold',
  yardstick: 'parsing each of its files once',
  prepare() {
    const files = generatedService();
    return {
      size: `${files.length} files`,
      measured() {
        const store = new DocumentStore();
        for (const [path, text] of files) store.setText(path, text, 1);
        const service = createLanguageService(store, (what, error) => {
          throw new Error(what, { cause: error });
        });
        return [...service.model().documents.keys()].map((path) => service.findings(path).length);
      },
      reference: () => files.map(([path, text]) => parsePolicyDocument(text, path, 1)),
    };
  },
};

function generatedService(): readonly (readonly [path: string, text: string])[] {
  const own = cors({ origins: ['https://shop.contoso.com'], methods: ['GET', 'PUT'] });
  const files: [string, string][] = [['/service/policy.xml', portalGlobal()]];
  for (let api = 0; api < apiCount; api++) {
    files.push([
      `/service/apis/api-${api}/policy.xml`,
      definition(api % 2 === 0 ? `    <base />\n${own}` : '    <base />'),
    ]);
    files.push([
      `/service/apis/api-${api}/operations/get/policy.xml`,
      definition('    <base />\n    <rewrite-uri template="/v2" />'),
    ]);
  }
  return files;
}
