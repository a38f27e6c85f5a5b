import { joinPath } from '../text/paths';
import type { DocumentStore } from './documentStore';
import type { LayoutRoot, PolicyLayout } from './layouts/layout';
import { policyLayouts } from './layouts/layouts';

/** The folders of the workspace that are roots of a layout. Each is opened once: that may look at every file below it. */
export interface ServiceRoots {
  /** Undefined where the folder is no root of the layout. */
  open(layout: PolicyLayout, root: string): LayoutRoot | undefined;
  /** Opens a folder as a root of the first layout that has it for one; undefined where none has. */
  openAny(root: string): LayoutRoot | undefined;
}

export function createServiceRoots(store: DocumentStore): ServiceRoots {
  const opened = new Map<PolicyLayout, Map<string, LayoutRoot | undefined>>();
  const open = (layout: PolicyLayout, root: string): LayoutRoot | undefined => {
    const ofLayout = opened.get(layout) ?? new Map<string, LayoutRoot | undefined>();
    opened.set(layout, ofLayout);
    if (!ofLayout.has(root)) ofLayout.set(root, layout.openRoot(root, store));
    return ofLayout.get(root);
  };
  const openAny = (root: string): LayoutRoot | undefined => {
    const somePolicy = joinPath(root, 'policy.xml');
    for (const layout of policyLayouts) {
      const layoutRoot = layout.possibleRoots(somePolicy).includes(root) ? open(layout, root) : undefined;
      if (layoutRoot !== undefined) return layoutRoot;
    }
    return undefined;
  };
  return { open, openAny };
}
