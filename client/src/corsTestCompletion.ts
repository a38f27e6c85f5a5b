import { CompletionItem, CompletionItemKind, type CompletionItemProvider } from 'vscode';
import {
  type CompleteCorsTestParams,
  type CorsTestCompletion,
  completeCorsTestRequest,
} from '../../server/src/lsp/protocol';
import { toRange } from './corsTestFiles';
import type { PolicyServer } from './policyServer';

/** Files, operations, products and origins of the workspace, beside what VS Code knows from the schema. */
export function corsTestCompletion(server: PolicyServer): CompletionItemProvider {
  return {
    async provideCompletionItems(document, position, token) {
      await server.start();
      const { line, character } = position;
      const params: CompleteCorsTestParams = {
        uri: document.uri.toString(),
        text: document.getText(),
        position: { line, character },
      };
      const found = await server.runningClient?.sendRequest<CorsTestCompletion[]>(
        completeCorsTestRequest,
        params,
        token,
      );
      return found?.map(({ label, detail, range, newText }) => {
        const item = new CompletionItem({ label, description: detail }, CompletionItemKind.Reference);
        item.range = toRange(range);
        item.insertText = newText;
        // VS Code compares with the text in the range, quotes and all.
        item.filterText = newText;
        return item;
      });
    },
  };
}
