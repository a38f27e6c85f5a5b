import type { CancellationToken } from 'vscode-languageserver';
import { describeId, describeReason, describeScope, isIdentified, type PlacedDocument, type ScopeLink } from '../core';
import { unlessCancelled } from './answering';
import { pathOfDocument } from './documentPaths';
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
  if (path === undefined) return null;
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
