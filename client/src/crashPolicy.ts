import { type BaseLanguageClient, CloseAction, ErrorAction, type ErrorHandler } from 'vscode-languageclient';

/** An error handler whose policy the library makes together with the client that takes the handler. */
export interface CrashHandler extends ErrorHandler {
  follow(client: BaseLanguageClient): void;
}

/**
 * What happens when the server crashes: the library's own policy, which starts it again, and gives up with a message
 * after the fifth crash in three minutes.
 *
 * But not its policy for errors of reading and writing: it stops the server for good after four, and a server that dies
 * while it is written to may show that many before its end is noticed. The end alone decides.
 */
export function createCrashHandler(): CrashHandler {
  let policy: ErrorHandler | undefined;
  return {
    follow: (client) => {
      policy = client.createDefaultErrorHandler();
    },
    error: () => ({ action: ErrorAction.Continue, handled: true }),
    closed: () => policy?.closed() ?? { action: CloseAction.Restart },
  };
}
