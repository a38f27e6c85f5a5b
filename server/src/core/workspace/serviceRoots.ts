import { joinPath } from '../text/paths';
import type { DocumentStore } from './documentStore';
import type { PolicyLayout } from './layouts/layout';

/** Whether a folder is a root of a layout. */
export type RootJudge = (layout: PolicyLayout, root: string) => boolean;

/** Judges each folder once: confirming a root may look at every file below it. */
export function createRootJudge(store: DocumentStore): RootJudge {
  const confirmed = new Map<string, boolean>();
  return (layout, root) => {
    const key = `${layout.id}:${root}`;
    const isRoot = confirmed.get(key) ?? (mayBeRoot(layout, root) && layout.confirmsRoot(root, store));
    confirmed.set(key, isRoot);
    return isRoot;
  };
}

/** Services of files that no layout places have roots that no layout named. */
function mayBeRoot(layout: PolicyLayout, root: string): boolean {
  return layout.possibleRoots(joinPath(root, 'policy.xml')).includes(root);
}
