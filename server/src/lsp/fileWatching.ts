import { type Connection, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { pathOfUri } from './documentPaths';
import { debounce, watchDebounceMs } from './scheduling';

/**
 * A folder that is moved or deleted may come as one event under its own name, which can be any. One that was replaced by
 * another comes as changed: VS Code makes one event of a name that goes and comes at once.
 */
const everything = '**/*';

/** Asks the client to tell of files that change on the disk. */
export function registerFileWatchers(connection: Connection): Promise<unknown> {
  return connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: everything }],
  });
}

export interface FileEvents {
  /** Of what we watch ourselves. */
  tell(path: string): void;
  cancel(): void;
}

/** Collects the events of watchers, each path once, and hands them on when they pause. */
export function collectFileEvents(
  connection: Connection,
  filesChanged: (paths: readonly string[]) => void,
): FileEvents {
  const waiting = new Set<string>();
  const handOn = debounce(() => {
    const paths = [...waiting];
    waiting.clear();
    filesChanged(paths);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    for (const { uri } of changes) {
      const path = pathOfUri(uri);
      if (path !== undefined) waiting.add(path);
    }
    handOn.schedule(watchDebounceMs);
  });
  return {
    tell(path) {
      waiting.add(path);
      handOn.schedule(watchDebounceMs);
    },
    cancel: handOn.cancel,
  };
}
