/** What hovering over `<base />` tells: the effective CORS policy, and where it comes from. */
import { strict as assert } from 'node:assert';
import { commands, type Hover, MarkdownString, type Position, Uri } from 'vscode';
import { findingOf, openInEditor, portalCorsRule } from './support/extension';
import { openedSample } from './support/samples';
import { untilDeadline } from './support/untilDeadline';

async function hoverText(uri: Uri, position: Position): Promise<string> {
  const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', uri, position);
  return hovers
    .flatMap(({ contents }) => contents)
    .map((content) =>
      content instanceof MarkdownString ? content.value : typeof content === 'string' ? content : content.value,
    )
    .join('\n');
}

function linkedFiles(markdown: string): string[] {
  return [...markdown.matchAll(/\]\(<?([^)\s>]+)/g)].map(([, target]) => Uri.parse(target as string).fsPath);
}

describe('hover', () => {
  it('shows the effective CORS policy on <base /> and links the global policy that it comes from', async () => {
    const { ordersPolicy, globalPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    const { range } = await findingOf(ordersPolicy, portalCorsRule);
    const text = await untilDeadline(
      'the effective CORS policy in the hover on <base />',
      () => hoverText(ordersPolicy, range.start.translate(0, 2)),
      (seen) => seen.includes('Effective CORS'),
    );
    assert.ok(linkedFiles(text).includes(globalPolicy.fsPath), `no link to ${globalPolicy.fsPath} in:\n${text}`);
  });
});
