import { sniffPolicy } from '../syntax/sniffPolicy';
import { baseName } from '../text/paths';
import { policyLayouts } from './layouts/layouts';
import { isServiceFile, mayHoldPolicy } from './workspaceHost';

/**
 * True where the store wants the file: it says something about a service, its text is a policy, or it has a name that
 * only policies have in a layout. The last kind is kept whatever it holds: a broken policy must not count as absent.
 *
 * The beginning of the text is enough (8 KB).
 */
export function playsPart(path: string, beginning: string): boolean {
  if (isServiceFile(path)) return true;
  if (!mayHoldPolicy(path)) return false;
  return (
    sniffPolicy(beginning) !== 'unrecognised' || policyLayouts.some((layout) => layout.isPolicyName(baseName(path)))
  );
}
