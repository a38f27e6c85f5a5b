import { createLanguageService, DocumentStore } from '../../server/src/core';
import { definition } from '../support/policies';
import type { Bench } from './bench';

const fileCount = 50_000;

/** Whether placing a file takes constant time, however many there are and whatever their layout: then it is ten times. */
export const placingBench: Bench = {
  name: 'placing files of every layout',
  yardstick: 'placing a tenth of them',
  prepare() {
    const all = openRepository(fileCount);
    const tenth = openRepository(fileCount / 10);
    return { size: `${fileCount} policy files`, measured: () => all(), reference: () => tenth() };
  },
};

const policy = definition('    <base />');

/** Makes the model anew at each call, as after a file came or went. */
function openRepository(count: number): () => number {
  const store = new DocumentStore();
  for (let index = 0; index < count; index++) store.setText(pathOf(index), policy, 1);
  const service = createLanguageService(store, (what, error) => {
    throw new Error(what, { cause: error });
  });
  let round = 0;
  return () => {
    const extra = '/repo/extra.xml';
    if (round++ % 2 === 0) store.setText(extra, policy, 1);
    else store.delete(extra);
    return service.model().documents.size;
  };
}

/** One file in each layout, then the next; a thousand files of a layout make a service. */
function pathOf(index: number): string {
  const number = Math.floor(index / layouts.length);
  const layout = layouts[index % layouts.length] as (root: string, number: number) => string;
  return layout(`/repo/service-${Math.floor(number / 1000)}`, number);
}

const layouts: readonly ((root: string, number: number) => string)[] = [
  (root, number) => `${root}/artifacts/apis/api-${number}/policy.xml`,
  (root, number) => `${root}/artifacts/apis/api-${number}/operations/get/policy.xml`,
  (root, number) => `${root}/kit/policies/some-long-api-${number}-with-an-id-operationPolicy.xml`,
  (root, number) => `${root}/kit/policies/some-long-api-${number}-apiPolicy.xml`,
  (root, number) => `${root}/git/api-management/policies/apis/Api_${number}.xml`,
  (root, number) => `${root}/action/policies/api-${number}/api.xml`,
  (root, number) => `${root}/suffix/orders-${number}.api.xml`,
  (root, number) => `${root}/samples/folder-${number}/hr_get.xml`,
];
