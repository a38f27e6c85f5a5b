import type { CancellationToken, Hover, HoverParams } from 'vscode-languageserver';
import type { LinkTo } from '../core';
import { toMarkup } from './convert';
import { pathOfDocument } from './documentPaths';
import { type Session, settle } from './session';

/** Null where the core has nothing to say. */
export async function provideHover(
  session: Session,
  params: HoverParams,
  token: CancellationToken,
): Promise<Hover | null> {
  const path = pathOfDocument(params.textDocument);
  if (path === undefined) return null;
  await settle(session, path, token);
  const { client, documents, places, service } = session;
  const linkTo: LinkTo = (target, span) => {
    const { line, character } = places.rangeOf(target, span).start;
    // The form that VS Code opens at the place. Round brackets would end a Markdown link.
    const uri = documents.uri(target).replace(/\(/g, '%28').replace(/\)/g, '%29');
    return `${uri}#L${line + 1},${character + 1}`;
  };
  const content = service.hover(path, places.offsetAt(path, params.position), linkTo);
  if (content === undefined) return null;
  return { contents: toMarkup(content.markdown, client), range: places.rangeOf(path, content.span) };
}
