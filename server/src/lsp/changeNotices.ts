import { CodeLensRefreshRequest, type Connection } from 'vscode-languageserver';
import type { DocumentStore } from '../core';
import { logDefect } from './answering';
import type { ClientAbilities } from './clientAbilities';
import { effectivePoliciesChangedNotification, workspaceChangedNotification } from './protocol';

/** Tells a client that wants to know what may have changed since it was told last. */
export interface ChangeNotices {
  tell(): Promise<void>;
}

export function createChangeNotices(
  connection: Connection,
  store: DocumentStore,
  { wantsWorkspaceChanged, showsEffectivePolicies, refreshesCodeLenses }: ClientAbilities,
): ChangeNotices {
  let toldStructure = -1;
  let toldContent = -1;
  return {
    async tell() {
      const isOtherStructure = toldStructure !== store.structureVersion;
      const isOtherContent = toldContent !== store.contentVersion;
      toldStructure = store.structureVersion;
      toldContent = store.contentVersion;
      if (isOtherContent && showsEffectivePolicies) {
        await connection.sendNotification(effectivePoliciesChangedNotification);
      }
      if (!isOtherStructure) return;
      if (wantsWorkspaceChanged) await connection.sendNotification(workspaceChangedNotification);
      // Of an edit the client knows itself; only other files tell which products an API is in. Nobody waits for it.
      if (showsEffectivePolicies && refreshesCodeLenses) {
        connection
          .sendRequest(CodeLensRefreshRequest.type)
          .catch((error) => logDefect(connection, 'refreshing code lenses', error));
      }
    },
  };
}
