import {
  Disposable,
  DocumentLink,
  EventEmitter,
  type LocationLink,
  languages,
  type Position,
  Range,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import {
  type EffectivePolicyAnswer,
  type EffectivePolicyOrigin,
  effectivePoliciesChangedNotification,
  effectivePolicyRequest,
} from '../../server/src/lsp/protocol';
import { effectivePolicyParams, effectivePolicyScheme } from './effectivePolicyUri';
import type { PolicyServer } from './policyServer';

/**
 * Effective policies as read-only documents that follow every change of the files that they are made from, saved or not.
 * Each line goes to the place that it comes from (Go to Definition), and each file's name is a link.
 */
export function provideEffectivePolicies(server: PolicyServer): Disposable {
  const changed = new EventEmitter<Uri>();
  /** What is shown of each open document. */
  const answers = new Map<string, EffectivePolicyAnswer>();
  const originsOf = ({ uri }: TextDocument): readonly EffectivePolicyOrigin[] =>
    answers.get(uri.toString())?.origins ?? [];

  const refresh = (): void => {
    // VS Code asks for the text again, and leaves the editor alone where it is the same.
    for (const { uri } of workspace.textDocuments) if (uri.scheme === effectivePolicyScheme) changed.fire(uri);
  };
  server.onNotification(effectivePoliciesChangedNotification, refresh);
  server.onStarted(refresh);

  const selector = { scheme: effectivePolicyScheme };
  return Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(effectivePolicyScheme, {
      onDidChange: changed.event,
      async provideTextDocumentContent(uri, token) {
        const params = effectivePolicyParams(uri);
        const client = server.runningClient;
        if (client === undefined || params === undefined) return notRunning;
        const answer = await client.sendRequest<EffectivePolicyAnswer | null>(effectivePolicyRequest, params, token);
        if (answer === null) answers.delete(uri.toString());
        else answers.set(uri.toString(), answer);
        return answer?.text ?? nothingThere;
      },
    }),
    workspace.onDidCloseTextDocument(({ uri }) => answers.delete(uri.toString())),
    languages.registerDefinitionProvider(selector, {
      provideDefinition: (document, position) =>
        originsOf(document).flatMap((origin) =>
          rangeOf(origin.range).contains(position) ? [originAt(origin, position)] : [],
        ),
    }),
    languages.registerDocumentLinkProvider(selector, {
      provideDocumentLinks: (document) => originsOf(document).flatMap(linkOf),
    }),
  );
}

const notRunning =
  '<!-- The policy language server is not running. The effective policy appears when it starts: command "APIM Policy Lens: Restart Language Server". -->\n';
const nothingThere =
  '<!-- There is no such effective policy now: the policy is gone or is no policy definition, or its API is no longer in this product. -->\n';

function rangeOf({ start, end }: EffectivePolicyOrigin['range']): Range {
  return new Range(start.line, start.character, end.line, end.character);
}

/** The very character of a statement; the whole place for what is told of one. */
function originAt({ kind, range, uri, source }: EffectivePolicyOrigin, position: Position): LocationLink {
  const whole = rangeOf(source);
  const at = whole.start.translate(0, position.character - range.start.character);
  return {
    originSelectionRange: rangeOf(range),
    targetUri: Uri.parse(uri),
    targetRange: kind === 'statement' ? new Range(at, at) : whole,
  };
}

function linkOf({ kind, range, uri, source }: EffectivePolicyOrigin): readonly DocumentLink[] {
  if (kind !== 'file') return [];
  const { line, character } = source.start;
  const link = new DocumentLink(rangeOf(range), Uri.parse(uri).with({ fragment: `L${line + 1},${character + 1}` }));
  link.tooltip = 'Open the file at this part';
  return [link];
}
