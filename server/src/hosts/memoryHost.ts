import { type FolderEntry, NothingThereError, type WorkspaceHost } from '../core';

/** A host over texts in memory: for tests, and for callers that bring their own files. Paths are absolute, with `/`. */
export function createMemoryHost(files: Readonly<Record<string, string>>): WorkspaceHost {
  const text = (path: string): string => {
    const found = files[path];
    if (found === undefined) throw new NothingThereError();
    return found;
  };
  return {
    async listFolder(folder) {
      const prefix = folder.endsWith('/') ? folder : `${folder}/`;
      const entries = new Map<string, FolderEntry>();
      for (const path of Object.keys(files)) {
        if (!path.startsWith(prefix)) continue;
        const [name = '', ...rest] = path.slice(prefix.length).split('/');
        entries.set(name, { name, kind: rest.length > 0 ? 'folder' : 'file' });
      }
      if (entries.size === 0) throw new NothingThereError();
      return [...entries.values()];
    },
    readText: async (path) => text(path),
    readBeginning: async (path) => ({ text: text(path), isWhole: true }),
  };
}
