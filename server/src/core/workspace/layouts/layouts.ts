import { apiopsLayout } from './apiops';
import type { PolicyLayout } from './layout';

/** The layouts in the order in which they are asked. The project file's `scopes` come before all of them. */
export const policyLayouts: readonly PolicyLayout[] = [apiopsLayout];
