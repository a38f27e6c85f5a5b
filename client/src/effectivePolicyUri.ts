import { Uri, workspace } from 'vscode';
import type { EffectivePolicyParams } from '../../server/src/lsp/protocol';

/** Effective policies are documents of this scheme: on no disk, and not to be edited. */
export const effectivePolicyScheme = 'apim-policy-effective';

/**
 * The address of an effective policy. `label` is for its tab; the folder is that of the policy, so that VS Code tells the
 * tabs of two environments apart. The ending gives it the language, and the query keeps it from being analysed: the server
 * takes an address with one for no file of its own.
 */
export function effectivePolicyUri(label: string, params: EffectivePolicyParams): Uri {
  const policy = workspace.asRelativePath(Uri.parse(params.uri)).replaceAll('\\', '/').replace(/^\/*/, '/');
  const folder = policy.slice(0, policy.lastIndexOf('/'));
  const path = `${folder}/${label.replaceAll('/', ' ')} (effective).policy.xml`;
  return Uri.from({ scheme: effectivePolicyScheme, path, query: JSON.stringify(params) });
}

/** What an address of ours asks for; undefined for every other. */
export function effectivePolicyParams({ scheme, query }: Uri): EffectivePolicyParams | undefined {
  if (scheme !== effectivePolicyScheme) return undefined;
  try {
    return JSON.parse(query) as EffectivePolicyParams;
  } catch {
    // Somebody else's address with our scheme.
    return undefined;
  }
}
