import type { CancellationToken } from 'vscode-languageserver';
import { joinNames, type ScopeGroup, type ScopeState, type ScopeTreeNode as TreeNode } from '../core';
import { throwIfCancelled, unlessCancelled } from './answering';
import { isInFolder, pathOfDocument } from './documentPaths';
import type { DocumentParams, ScopeStatesParams, ScopeTreeNode, ScopeTreeParams } from './protocol';
import { readReferences, restsOnAllFiles } from './referenceReading';
import { letOthersRun } from './scheduling';
import type { Session } from './session';

/** Lists that are longer come without the states that take reading: a client asks for those of what it shows. */
const statesAtOnce = 100;

export async function provideScopeTree(
  session: Session,
  { parent }: ScopeTreeParams,
  token: CancellationToken,
): Promise<ScopeTreeNode[]> {
  await unlessCancelled(session.workspace.settled(), token);
  const nodes = session.service.scopeTree().children(parent ?? undefined);
  await readForStates(nodes.slice(0, statesAtOnce), session, token);
  const first = await inTurns(nodes.slice(0, statesAtOnce), (node) => toNode(node, true, session), token);
  return [...first, ...nodes.slice(statesAtOnce).map((node) => toNode(node, false, session))];
}

export async function provideScopeStates(
  session: Session,
  { ids }: ScopeStatesParams,
  token: CancellationToken,
): Promise<ScopeTreeNode[]> {
  await unlessCancelled(session.workspace.settled(), token);
  const tree = session.service.scopeTree();
  await readForStates(
    ids.flatMap((id) => tree.node(id) ?? []),
    session,
    token,
  );
  const answers = await inTurns(
    ids,
    (id) => {
      const node = session.service.scopeTree().node(id);
      return node && toNode(node, true, session);
    },
    token,
  );
  return answers.filter((node) => node !== undefined);
}

/** Whether a fragment is used is known when all files are read. That is done in slices, not inside one answer. */
async function readForStates(
  nodes: readonly TreeNode[],
  { service }: Session,
  token: CancellationToken,
): Promise<void> {
  const policies = nodes.flatMap(({ policy }) => policy ?? []);
  if (restsOnAllFiles(service, policies)) await readReferences(service, () => !token.isCancellationRequested);
  throwIfCancelled(token);
}

/** A keystroke in between is worth more than a number in a list. */
async function inTurns<Item, Answer>(
  items: readonly Item[],
  answer: (item: Item) => Answer,
  token: CancellationToken,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [index, item] of items.entries()) {
    if (index % 10 === 9) await letOthersRun();
    throwIfCancelled(token);
    answers.push(answer(item));
  }
  return answers;
}

export async function provideScopeTreePath(
  session: Session,
  params: DocumentParams,
  token: CancellationToken,
): Promise<ScopeTreeNode[]> {
  const path = pathOfDocument(params);
  if (path === undefined) return [];
  await unlessCancelled(session.workspace.settled(), token);
  await readForStates(session.service.scopeTree().pathTo(path), session, token);
  const nodes = session.service.scopeTree().pathTo(path);
  return nodes.map((node) => toNode(node, true, session));
}

function toNode(node: TreeNode, withState: boolean, session: Session): ScopeTreeNode {
  const state = withState ? session.service.scopeTree().state(node.id) : undefined;
  const uriOf = (path: string | undefined): string | null => (path === undefined ? null : session.documents.uri(path));
  const { label, place } = namesOf(node, session);
  // What matters most comes first: a narrow side bar cuts off the rest.
  const words = [...stateWords(node, state), ...place, ...detailWords(node)];
  return {
    id: node.id,
    parent: node.parent ?? null,
    kind: node.kind,
    label,
    description: words.join(' · '),
    tooltip: tooltipOf(node, label, state),
    spoken: [`${spokenKinds[node.kind]}${label}`, ...words].join(', '),
    isExpandable: node.isExpandable,
    hasState: withState || node.policy === undefined,
    worst: state?.worst ?? null,
    policy: uriOf(node.policy),
    specification: uriOf(node.specification),
    information: uriOf(node.information),
  };
}

const groupLabels: Readonly<Record<ScopeGroup, string>> = {
  workspaces: 'Workspaces',
  products: 'Products',
  apis: 'APIs',
  fragments: 'Policy fragments',
  unsettled: 'Files without a scope',
};

const spokenKinds: Readonly<Record<TreeNode['kind'], string>> = {
  service: 'service ',
  group: '',
  global: '',
  workspace: 'workspace ',
  product: 'product ',
  api: 'API ',
  operation: 'operation ',
  fragment: 'policy fragment ',
  unsettled: 'file ',
};

/** A service goes by the name of its folder; where that folder is, follows. */
function namesOf(
  { kind, name, group, count }: TreeNode,
  session: Session,
): { readonly label: string; readonly place: readonly string[] } {
  if (group !== undefined) return { label: groupLabels[group], place: count === undefined ? [] : [String(count)] };
  if (kind === 'global') return { label: 'Global', place: [] };
  const { folder, relative } = inWorkspace(name, session);
  if (kind === 'unsettled') return { label: relative, place: [] };
  if (kind !== 'service') return { label: name, place: [] };
  const segments = (relative === '' ? folder : relative).split('/');
  const label = segments.at(-1) || name;
  return { label, place: relative.includes('/') ? [relative.slice(0, -label.length - 1)] : [] };
}

/** A path as people know it: below the folder that they have open. */
function inWorkspace(path: string, { workspace }: Session): { readonly folder: string; readonly relative: string } {
  const folder = workspace.folders.find((candidate) => isInFolder(candidate, path));
  if (folder === undefined) return { folder: '', relative: path };
  return { folder, relative: path.slice(folder.length).replace(/^\/+/, '') };
}

/** A display name that only repeats the id tells nothing. */
function detailWords({ detail, name }: TreeNode): readonly string[] {
  return detail === undefined || detail.toLowerCase() === name.toLowerCase() ? [] : [detail];
}

function stateWords({ policyState, because, kind }: TreeNode, state: ScopeState | undefined): readonly string[] {
  if (policyState === undefined) return [];
  if (kind === 'unsettled') return [...findingWords(state), ...(because === undefined ? [] : [because])];
  if (policyState === 'none') return [kind === 'global' ? 'no policy' : 'inherits'];
  if (policyState === 'unknown') return ['policy not in the workspace'];
  if (state === undefined) return [];
  const does = state.inheritsOnly
    ? 'inherits only'
    : state.dropsBase.length > 0
      ? `drops base in ${state.dropsBase.length === 4 ? 'all sections' : joinNames(state.dropsBase)}`
      : kind === 'fragment'
        ? undefined
        : 'own policy';
  return [...findingWords(state), ...(does === undefined ? [] : [does])];
}

/** The number, and the worst of them by name where they are of more than one kind. */
function findingWords(state: ScopeState | undefined): readonly string[] {
  if (state?.worst === undefined) return [];
  const { findingCount, worst } = state;
  const names = { error: 'error', warning: 'warning', information: 'note', hint: 'hint' };
  if (findingCount === 1) return [`1 ${names[worst]}`];
  return [`${findingCount} findings, worst: ${names[worst]}`];
}

function tooltipOf(node: TreeNode, label: string, state: ScopeState | undefined): string {
  const { kind, policyState, because, policy, specification, information } = node;
  const sentences = [
    `**${label.replace(/[\\*_`<>[\]]/g, '\\$&')}**${node.detail === undefined ? '' : ` (${node.detail})`}`,
  ];
  if (policyState === 'none') sentences.push(`No policy of its own: ${because}.`);
  if (policyState === 'unknown') sentences.push(`Its policy may exist: ${because}.`);
  if (kind === 'unsettled')
    sentences.push(`Takes no part in other policies: ${because}. Choose its scope in the menu.`);
  if (state?.inheritsOnly) sentences.push('Every section holds `<base />` and nothing else.');
  if (state !== undefined && state.dropsBase.length > 0) {
    sentences.push(`Without \`<base />\` in ${joinNames(state.dropsBase)}: nothing is inherited there.`);
  }
  const shown = policy ?? specification ?? information;
  if (shown !== undefined)
    sentences.push(`Opens ${shown.slice(shown.lastIndexOf('/') + 1).replace(/[\\*_`<>[\]]/g, '\\$&')}.`);
  return sentences.join('\n\n');
}
