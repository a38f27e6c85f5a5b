import { commands, Disposable, Uri, ViewColumn, window, workspace } from 'vscode';
import { type ScopeAnswer, scopeRequest, showEffectivePolicyCommand } from '../../server/src/lsp/protocol';
import { effectivePolicyParams, effectivePolicyUri } from './effectivePolicyUri';
import type { PolicyServer } from './policyServer';

/** The commands that open effective policies, alone and side by side. Each works on a policy and on an effective policy. */
export function registerEffectivePolicyCommands(server: PolicyServer): Disposable {
  const register = (command: string, run: (definition: Definition, product: unknown) => Promise<unknown>): Disposable =>
    commands.registerCommand(command, async (resource?: unknown, product?: unknown) => {
      const definition = await findDefinition(server, resource);
      if (definition !== undefined) await run(definition, product);
    });
  return Disposable.from(
    register(showEffectivePolicyCommand, show),
    register('apimPolicy.compareWithParentScope', compareWithParent),
    register('apimPolicy.compareProducts', compareProducts),
  );
}

type Chain = ScopeAnswer['parents'][number];

/** A policy definition, and the ways in which requests reach it. */
interface Definition {
  readonly uri: string;
  readonly title: string;
  readonly chains: readonly Chain[];
  /** The one that is looked at, where that is an effective policy. */
  readonly shown: Chain | undefined;
}

/** `resource` is what the menu of a tab or a code lens passes on; the active editor counts where there is none. */
async function findDefinition(server: PolicyServer, resource: unknown): Promise<Definition | undefined> {
  const named = resource instanceof Uri ? resource : typeof resource === 'string' ? Uri.parse(resource) : undefined;
  const shown = named ?? window.activeTextEditor?.document.uri;
  if (shown === undefined) return tell('Open an API Management policy first.');
  const params = effectivePolicyParams(shown);
  const uri = params?.uri ?? shown.toString();
  const client = server.runningClient;
  if (client === undefined) return tell('The policy language server is not running yet.');
  const scope = await client.sendRequest<ScopeAnswer | null>(scopeRequest, { uri });
  if (scope === null) return tell('This file is not analysed as an API Management policy.');
  if (scope.kind === 'fragment') {
    return tell('A policy fragment has no effective policy of its own. Open a policy that includes it.');
  }
  if (scope.kind === 'resolver') return tell('A GraphQL resolver inherits nothing, so it has no effective policy.');
  if (scope.parents.length === 0) return tell('This document is no file of its own. Open the policy’s file.');
  const chain = params && scope.parents.find(({ product }) => product === params.product);
  return { uri, title: scope.title, chains: scope.parents, shown: chain };
}

async function show(definition: Definition, product: unknown): Promise<void> {
  const { chains } = definition;
  const chosen = chains.find((chain) => chain.product === product);
  const chain = chosen ?? (await chooseChain(chains, `Effective policy of ${definition.title}`));
  if (chain === undefined) return;
  const uri = effectiveUri(definition, chain);
  const open = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { viewColumn: open?.viewColumn ?? ViewColumn.Beside, preview: false });
}

/** "What does this scope change?" The parent's effective policy is what would run without the document. */
async function compareWithParent(definition: Definition): Promise<void> {
  const { chains, shown, title, uri } = definition;
  const chain = shown ?? (await chooseChain(chains, `Compare ${title} with its parent scope`));
  if (chain === undefined) return;
  const [parent] = chain.scopes;
  if (parent === undefined) return tell(`${title} has no parent scope: there is nothing that it could change.`);
  const parentLabel = chain.product === null ? parent.title : `${parent.title} in ${chain.product}`;
  const parentUri = effectivePolicyUri(parentLabel, { uri, product: chain.product, of: 'parent' });
  await compare(
    parentUri,
    effectiveUri(definition, chain),
    `${parent.title} ↔ ${labelOf(definition, chain)} (effective)`,
  );
}

async function compareProducts(definition: Definition): Promise<void> {
  const { chains, shown, title } = definition;
  if (chains.length < 2) {
    return tell(`Requests to ${title} have one effective policy: no product is known that would give another.`);
  }
  const isPair = chains.length === 2;
  const left = isPair ? chains[0] : (shown ?? (await chooseChain(chains, 'Compare the effective policy …')));
  if (left === undefined) return;
  const others = chains.filter((chain) => chain !== left);
  const right = await chooseChain(others, `Compare ${wayOf(left)} with …`);
  if (right === undefined) return;
  const name = `${title}: ${wayOf(left)} ↔ ${wayOf(right)} (effective)`;
  await compare(effectiveUri(definition, left), effectiveUri(definition, right), name);
}

async function compare(left: Uri, right: Uri, title: string): Promise<void> {
  await commands.executeCommand('vscode.diff', left, right, title, { preview: false });
}

/** Undefined where the user does not choose. Asks only where there is something to choose from. */
async function chooseChain(chains: readonly Chain[], title: string): Promise<Chain | undefined> {
  if (chains.length === 1) return chains[0];
  const items = chains.map((chain) => ({
    label: wayOf(chain),
    detail: chain.scopes
      .map((scope) => (scope.state === 'present' ? scope.title : `${scope.title} (${scope.state})`))
      .join(' → '),
    chain,
  }));
  const picked = await window.showQuickPick(items, { title, placeHolder: 'Which requests?' });
  return picked?.chain;
}

function wayOf({ product }: Chain): string {
  return product === null ? 'without a product' : `in product ${product}`;
}

function effectiveUri(definition: Definition, chain: Chain): Uri {
  return effectivePolicyUri(labelOf(definition, chain), {
    uri: definition.uri,
    product: chain.product,
    of: 'document',
  });
}

/** The product only where there is more than one way. */
function labelOf({ title, chains }: Definition, { product }: Chain): string {
  return product === null || chains.length === 1 ? title : `${title} in ${product}`;
}

function tell(message: string): undefined {
  void window.showInformationMessage(`APIM Policy Lens: ${message}`);
}
