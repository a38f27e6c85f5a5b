import { createLanguageService, DocumentStore } from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import { definition } from '../support/policies';
import type { Bench } from './bench';

const apiCount = 1000;
const asked = '/service/apis/api-1/policy.xml';

/** Who includes a fragment, when nothing of the service has been read. */
export const referencesBench: Bench = {
  name: 'references of one fragment in a large service, cold',
  yardstick: 'parsing each of its policies once',
  prepare() {
    const files = generatedService();
    return {
      size: `${files.length} files`,
      measured: () => usesOfFragment(openService(files)),
      reference: () => files.map(([path, text]) => parsePolicyDocument(text, path, 1)),
    };
  },
};

/** The same after an edit, which is what people wait for. */
export const changedReferencesBench: Bench = {
  name: 'the same, after a change of one file',
  yardstick: 'parsing each of its policies once',
  prepare() {
    const files = generatedService();
    const service = openService(files);
    usesOfFragment(service);
    const text = service.store.text(asked) ?? '';
    let version = 1;
    return {
      size: `${files.length} files`,
      measured() {
        version++;
        service.store.setText(asked, text + ' '.repeat(version % 2), version);
        return usesOfFragment(service);
      },
      reference: () => files.map(([path, each]) => parsePolicyDocument(each, path, 1)),
    };
  },
};

function openService(files: readonly (readonly [path: string, text: string])[]) {
  const store = new DocumentStore();
  for (const [path, text] of files) store.setText(path, text, 1);
  return createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
}

function usesOfFragment(service: ReturnType<typeof openService>): number {
  const offset = (service.store.text(asked) ?? '').indexOf('fragment-id="') + 'fragment-id="'.length;
  return service.usesAt(asked, offset, true)?.length ?? 0;
}

function generatedService(): readonly (readonly [path: string, text: string])[] {
  const policy = (api: number): string =>
    definition(
      `    <base />\n    <include-fragment fragment-id="fragment-${api % 10}" />\n    <set-variable name="a" value="@(context.Request.Method + "{{name-${api}}}")" />`,
    );
  const fragments = Array.from({ length: 10 }, (_, index) => [
    `/service/policy fragments/fragment-${index}/policy.xml`,
    '<fragment><trace source="a"><message>@((string)context.Variables["a"])</message></trace></fragment>',
  ]) as [string, string][];
  const apis = Array.from({ length: apiCount }, (_, api) => [
    [`/service/apis/api-${api}/policy.xml`, policy(api)] as const,
    [`/service/apis/api-${api}/operations/get/policy.xml`, policy(api + 1)] as const,
  ]).flat();
  return [...fragments, ...apis];
}
