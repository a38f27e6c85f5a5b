import type { WorkspaceHost } from '../core';

/** Everything outside that commands touch, so that tests run them in their own process. */
export interface CommandLineIo {
  /** Absolute; arguments are relative to it. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output is a terminal. */
  readonly isTty: boolean;
  /** Characters in a line of that terminal; undefined where there is none. */
  readonly columns: number | undefined;
  /** The disk. */
  readonly host: WorkspaceHost;
  /**
   * Writes a file anew, at once or not at all. Rejects with a reason for people, and leaves the file alone, where it does
   * not hold the text `before` any more.
   */
  replaceText(path: string, before: string, after: string): Promise<void>;
  /** Rejects with a reason for people where a file does not hold this text, byte for byte. */
  requireSameText(path: string, text: string): Promise<unknown>;
  /** The text of a file that is shipped beside the program. */
  readShipped(name: 'corsMapPage.js' | 'corsMapPage.css'): Promise<string>;
  /** The result, and nothing else. */
  out(text: string): void;
  /** Notes and errors. */
  err(text: string): void;
  /** All of standard input, a byte order mark included; not exact where it holds bytes that are no text and are lost. */
  readStdin(): Promise<{ readonly text: string; readonly isExact: boolean }>;
}

/** One line for people beside the result. */
export function note(io: CommandLineIo, message: string): void {
  io.err(`apim-policy: ${message}\n`);
}

/** The one form of JSON results. */
export function printJson(io: CommandLineIo, value: unknown): void {
  io.out(`${JSON.stringify(value, null, 2)}\n`);
}
