import { apiopsLayout } from './apiops';
import type { PolicyLayout } from './layout';
import { officialExtensionLayout } from './officialExtension';
import { policyManifestLayout, policyUpdateLayout } from './policyUpdateAction';
import { resourceKitLayout } from './resourceKit';
import { resourceKitCreatorLayout } from './resourceKitCreator';
import { scopeSuffixLayout } from './scopeSuffix';
import { serviceGitLayout } from './serviceGit';

/**
 * The layouts in the order in which they are asked (repository-layouts, section 13). The project file's `scopes` and a
 * comment in the file come before all of them, hints in names and texts after them.
 */
export const policyLayouts: readonly PolicyLayout[] = [
  officialExtensionLayout,
  apiopsLayout,
  serviceGitLayout,
  policyManifestLayout,
  policyUpdateLayout,
  resourceKitCreatorLayout,
  resourceKitLayout,
  scopeSuffixLayout,
];
