import { sniffPolicy } from '../syntax/sniffPolicy';
import type { DocumentStore } from './documentStore';
import { isServiceFile, mayHoldPolicy } from './workspaceHost';

/** What a loader has read so far, on top of a store. The store gets it at once, so that nobody sees half of a service. */
export interface StagedFiles {
  has(path: string): boolean;
  text(path: string): string | undefined;
  /** Of the store and of what was read, in no order. */
  paths(): readonly string[];
  /** `isNamed`: somebody named the file, so it is taken for a policy whatever it holds. */
  setText(path: string, text: string, isNamed?: boolean): void;
  setUnreadable(path: string, because: string): void;
  /** Hands everything over. Where the store has a text by now, an editor has opened the file, and its text stays. */
  commit(): void;
}

type StagedFile =
  | { readonly text: string; readonly isPolicy: boolean }
  | { readonly text: undefined; readonly because: string };

const versionOnDisk = 0;

export function stageFiles(store: DocumentStore): StagedFiles {
  const staged = new Map<string, StagedFile>();
  return {
    has: (path) => store.has(path) || staged.get(path)?.text !== undefined,
    text: (path) => store.text(path) ?? staged.get(path)?.text,
    paths: () => [...store.paths(), ...[...staged].flatMap(([path, { text }]) => (text === undefined ? [] : [path]))],
    setText(path, text, isNamed = false) {
      // Judged here, file by file, so that handing over thousands of them is quick.
      const isPolicy = isNamed ? !isServiceFile(path) : mayHoldPolicy(path) && sniffPolicy(text) !== 'unrecognised';
      staged.set(path, { text, isPolicy });
    },
    setUnreadable(path, because) {
      staged.set(path, { text: undefined, because });
    },
    commit() {
      for (const [path, file] of staged) {
        if (store.has(path)) continue;
        if (file.text === undefined) store.setUnreadable(path, file.because);
        else store.setText(path, file.text, versionOnDisk, file.isPolicy);
      }
      staged.clear();
    },
  };
}
