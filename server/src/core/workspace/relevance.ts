import { sniffPolicy } from '../syntax/sniffPolicy';
import { policyLayouts } from './layouts/layouts';
import { isToolkitSource } from './layouts/policyToolkit';
import { isCreatorConfiguration } from './layouts/resourceKitCreator';
import { isServiceTemplate } from './layouts/resourceKitTemplates';
import {
  isArmTemplate,
  isServiceFile,
  mayHoldCreatorConfiguration,
  mayHoldPolicy,
  mayHoldToolkitSource,
} from './workspaceHost';

/**
 * True where the store wants the file: it says something about a service, its text is a policy, or it has a path that
 * only policies have in a layout. The last kind is kept whatever it holds: a broken policy must not count as absent.
 *
 * The beginning of the text is enough (8 KB); with an empty one the name alone decides.
 */
export function playsPart(path: string, beginning: string): boolean {
  if (isArmTemplate(path)) return isServiceTemplate(beginning);
  if (mayHoldToolkitSource(path)) return isToolkitSource(beginning);
  if (isServiceFile(path)) return true;
  if (mayHoldCreatorConfiguration(path)) return isCreatorConfiguration(beginning);
  if (!mayHoldPolicy(path)) return false;
  return sniffPolicy(beginning) !== 'unrecognised' || policyLayouts.some((layout) => layout.expectsPolicy(path));
}
