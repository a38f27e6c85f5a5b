import { type Connection, DidChangeWatchedFilesNotification, WatchKind } from 'vscode-languageserver';
import { pathOfUri } from './documentPaths';
import { type Debounced, debounce, watchDebounceMs } from './scheduling';

/** Every name that the core may read (its `mayHoldPolicy` and `isServiceFile`). */
const contentGlob = '**/*.{xml,cshtml,tpl,tftpl,xml.example,json,yaml,yml,cs}';

/** A folder that is moved or deleted may come as one event under its own name, which can be any. */
const folderGlob = '**/*';

/** Asks the client to tell of files that change on the disk. */
export function registerFileWatchers(connection: Connection): Promise<unknown> {
  return connection.client.register(DidChangeWatchedFilesNotification.type, {
    watchers: [{ globPattern: contentGlob }, { globPattern: folderGlob, kind: WatchKind.Create | WatchKind.Delete }],
  });
}

/** Collects the events of watchers, each path once, and hands them on when they pause. */
export function collectFileEvents(
  connection: Connection,
  filesChanged: (paths: readonly string[]) => void,
): Pick<Debounced, 'cancel'> {
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
  return handOn;
}
