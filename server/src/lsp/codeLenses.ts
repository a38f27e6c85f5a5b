import type { CancellationToken, CodeLens, CodeLensParams, Command } from 'vscode-languageserver';
import { pathOfDocument } from './documentPaths';
import { explainCorsCommand, showEffectivePolicyCommand } from './protocol';
import { type Session, settle } from './session';

/** An API in more ways than these gets one lens, which asks: a row of dozens helps nobody. */
const mostLenses = 4;

/**
 * The effective policies of a definition, above its first line: one for each way in which requests reach it. Above
 * `inbound` and every `cors`: the explanation of a CORS request.
 */
export async function provideCodeLenses(
  session: Session,
  { textDocument }: CodeLensParams,
  token: CancellationToken,
): Promise<CodeLens[]> {
  const path = pathOfDocument(textDocument);
  if (path === undefined) return [];
  await settle(session, path, token);
  const { client, service, places } = session;
  const explanations = client.explainsCors ? explainingLenses(textDocument.uri, path, session) : [];
  if (!client.showsEffectivePolicies) return explanations;
  const root = service.document(path)?.root;
  const products = service.effectivePolicies(path).map(({ chain }) => chain.product);
  if (root === undefined || products.length === 0) return explanations;
  const range = places.rangeOf(path, root.nameSpan);
  return [...commandsFor(textDocument.uri, products).map((command) => ({ range, command })), ...explanations];
}

function explainingLenses(uri: string, path: string, { service, places }: Session): CodeLens[] {
  return service.explainablePlaces(path).map((span) => {
    const range = places.rangeOf(path, span);
    return {
      range,
      command: { title: 'Explain a CORS request', command: explainCorsCommand, arguments: [uri, range.start] },
    };
  });
}

function commandsFor(uri: string, products: readonly (string | undefined)[]): readonly Command[] {
  const command = showEffectivePolicyCommand;
  const [only] = products;
  if (products.length === 1) return [{ title: 'Effective policy', command, arguments: [uri, only ?? null] }];
  if (products.length > mostLenses) {
    return [{ title: `Effective policy: ${products.length - 1} products`, command, arguments: [uri] }];
  }
  return products.map((product) => ({
    title: product === undefined ? 'Effective policy without a product' : `in product ${product}`,
    command,
    arguments: [uri, product ?? null],
  }));
}
