import {
  createLanguageService,
  DocumentStore,
  type LanguageService,
  loadWorkspace,
  reasonOf,
  type WorkspaceHost,
} from '../core';
import { type CommandLineIo, note } from './io';
import type { Target } from './targets';

/** The workspace around some targets, ready to be asked. */
export interface Session {
  readonly service: LanguageService;
  readonly store: DocumentStore;
  /** Targets that could not be read, each with a clause for people. */
  readonly failed: readonly { readonly target: Target; readonly because: string }[];
  /** How many defects of ours were met so far; each is on standard error with its stack. */
  defectCount(): number;
}

/** Texts that come before those of the disk, and a host that may hide or add files. */
export interface SessionOptions {
  readonly host?: WorkspaceHost;
  readonly texts?: readonly { readonly path: string; readonly text: string; readonly isPolicy: boolean }[];
}

/** Reads what judging the targets takes. */
export async function openSession(
  targets: readonly Target[],
  io: CommandLineIo,
  { host = io.host, texts = [] }: SessionOptions = {},
): Promise<Session> {
  const store = new DocumentStore();
  for (const { path, text, isPolicy } of texts) store.setText(path, text, 0, isPolicy);
  // Files first: one that is named is taken whatever it holds, also where its folder is named too.
  const ordered = [...targets].sort((one, other) => Number(one.kind === 'folder') - Number(other.kind === 'folder'));
  const failures = await loadWorkspace(host, store, ordered, { isCancelled: false });
  const failed = targets.flatMap((target) => {
    const failure = failures.find(({ path }) => path === target.path);
    return failure === undefined ? [] : [{ target, because: failure.because }];
  });
  let defects = 0;
  const service = createLanguageService(store, (what, error) => {
    defects++;
    const stack = error instanceof Error ? error.stack : undefined;
    note(io, `internal error in ${what}: ${stack ?? reasonOf(error)}`);
  });
  return { service, store, failed, defectCount: () => defects };
}

/** "cannot read a.xml: it does not exist." */
export function cannotRead({ target, because }: { readonly target: Target; readonly because: string }): string {
  return `cannot read ${target.written}: ${because}.`;
}
