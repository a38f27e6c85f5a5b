import { baseName, joinPath, parentFolder } from '../../text/paths';
import type { PolicyScope } from '../policyScope';
import type { Placement } from '../service';
import type { WorkspaceFiles } from './layout';

/**
 * What a definition probably is by its name and folder, where no layout knows its place (repository-layouts, section
 * 12). Samples and infrastructure code use such names; the deployment decides, so this is a guess and no more.
 */
export function guessByName(path: string, files: Pick<WorkspaceFiles, 'has'>): Placement | undefined {
  const name = plainName(path);
  const folder = parentFolder(path);
  const folderName = folder === undefined ? '' : baseName(folder).toLowerCase();
  const guess = (scope: PolicyScope, hint: string): Placement => ({
    kind: 'definition',
    scope,
    confidence: 'guessed',
    why: `${hint} hints at it`,
  });

  const ofSibling = apiBesideOperation(path, files);
  if (ofSibling !== undefined) return guess(ofSibling, `the file ${ofSibling.api}.xml beside it`);
  switch (folderName) {
    case 'operations':
      return guess({ kind: 'operation', operation: name }, 'the folder operations');
    case 'products':
      return guess({ kind: 'product', product: name }, 'the folder products');
    case 'apis':
      return guess({ kind: 'api', api: name }, 'the folder apis');
  }
  const words = wordsOf(name);
  const [first, second] = words;
  if (words.some((word) => /^products?\d*$/.test(word))) return guess({ kind: 'product' }, 'its name');
  if (first === 'global' || (first === 'all' && second === 'apis')) return guess({ kind: 'global' }, 'its name');
  if (words.includes('all') && words.includes('operations')) return guess({ kind: 'api' }, 'its name');
  if (words.includes('operation') || (first === 'api' && second === 'op'))
    return guess({ kind: 'operation' }, 'its name');
  if (methods.has(words.at(-1) ?? '')) return guess({ kind: 'operation' }, 'the HTTP method at the end of its name');
  return words.includes('api') ? guess({ kind: 'api' }, 'its name') : undefined;
}

/** What a fragment's id probably is. Where a deployment gives it another one, that counts. */
export function guessFragmentId(path: string): string {
  return plainName(path);
}

/** The file's name without what stands for "a policy in XML": `hr_get.policy.xml` and `hr_get.xml.tpl` are `hr_get`. */
export function plainName(path: string): string {
  return baseName(path).replace(/(\.(xml|cshtml|tpl|tftpl|example|policy))+$/i, '');
}

/** `orders.get-order.xml` beside `orders.xml`. */
function apiBesideOperation(path: string, files: Pick<WorkspaceFiles, 'has'>) {
  const match = /^([^.]+)\.([^.]+)$/.exec(plainName(path));
  const folder = parentFolder(path);
  if (match === null || folder === undefined) return undefined;
  const [, api = '', operation = ''] = match;
  return files.has(joinPath(folder, `${api}.xml`)) ? ({ kind: 'operation', api, operation } as const) : undefined;
}

const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

/** `apiPolicyHeaders` → api, policy, headers. */
function wordsOf(name: string): readonly string[] {
  return name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
