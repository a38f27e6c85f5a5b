import type { CancellationToken } from 'vscode-languageserver';
import {
  describeId,
  describeReason,
  describeScope,
  isIdentified,
  type PlacedDocument,
  type ScopeLink,
  scopeOfDebuggedPolicy,
} from '../core';
import { unlessCancelled } from './answering';
import { nameOfDebugSource, pathOfDocument } from './documentPaths';
import type { DocumentParams, ParentScope, ScopeAnswer } from './protocol';
import type { Session } from './session';

/** Null for what is not analysed as a policy. */
export async function describeDocumentScope(
  session: Session,
  params: DocumentParams,
  token: CancellationToken,
): Promise<ScopeAnswer | null> {
  const { service, workspace } = session;
  const path = pathOfDocument(params);
  if (path === undefined) return describeDebuggedPolicy(params);
  await unlessCancelled(workspace.settled(), token);
  const placed = service.placed(path);
  if (placed === undefined) return null;
  const { placement } = placed;
  return {
    title: titleOf(placed),
    kind: placement.kind,
    isKnown: isKnown(placed),
    confidence: placement.confidence,
    why: describeReason(placement),
    parents: service.effectivePolicies(path).map(({ chain }) => ({
      product: chain.product ?? null,
      scopes: chain.links.slice(1).map((link) => parentScope(link, session)),
    })),
  };
}

/** What a debugger shows has a scope, and nothing to be analysed: it is the deployed policy, and nobody can edit it. */
function describeDebuggedPolicy({ uri }: DocumentParams): ScopeAnswer | null {
  const name = nameOfDebugSource(uri);
  const scope = name === undefined ? undefined : scopeOfDebuggedPolicy(name);
  if (scope === undefined) return null;
  const why = 'the deployed policy, as the debugger of the extension Azure API Management shows it; it is not analysed';
  return { title: describeScope(scope), kind: 'definition', isKnown: true, confidence: 'certain', why, parents: [] };
}

function titleOf({ placement }: PlacedDocument): string {
  switch (placement.kind) {
    case 'definition':
      return describeScope(placement.scope);
    case 'fragment':
      return `fragment ${describeId(placement.fragmentId)}`;
    case 'resolver':
      return 'GraphQL resolver';
  }
}

function isKnown({ placement }: PlacedDocument): boolean {
  if (placement.kind === 'definition') return isIdentified(placement.scope);
  return placement.kind === 'resolver' || placement.fragmentId !== '';
}

function parentScope(link: ScopeLink, { documents }: Session): ParentScope {
  const title = describeScope(link.scope);
  return link.state === 'present'
    ? { title, state: link.state, uri: documents.uri(link.document.path), because: null }
    : { title, state: link.state, uri: null, because: link.because };
}
