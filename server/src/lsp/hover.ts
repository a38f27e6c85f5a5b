import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import type { LinkTo } from '../core';
import { toMarkup } from './convert';
import { pathOfDocument } from './documentPaths';
import { linksOf } from './links';
import { explainCorsCommand } from './protocol';
import { type Session, settle, settleReferences } from './session';

/** Null where the core has nothing to say. */
export async function provideHover(
  session: Session,
  params: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const path = pathOfDocument(params.textDocument);
  if (path === undefined) return null;
  await settle(session, path, token);
  const { client, places, service } = session;
  if (service.nameKindAt(path, places.offsetAt(path, params.position)) !== undefined)
    await settleReferences(session, path, token);
  const toPlace = linksOf(session);
  // Round brackets would end a Markdown link.
  const escaped = (address: string): string => address.replace(/\(/g, '%28').replace(/\)/g, '%29');
  const linkTo: LinkTo = (target, span) => escaped(toPlace(target, span));
  const explained = encodeURIComponent(JSON.stringify([params.textDocument.uri, params.position]));
  const explainLink = client.explainsCors ? escaped(`command:${explainCorsCommand}?${explained}`) : undefined;
  const content = service.hover(path, places.offsetAt(path, params.position), linkTo, explainLink);
  if (content === undefined) return null;
  return { contents: toMarkup(content.markdown, client), range: places.rangeOf(path, content.span) };
}
