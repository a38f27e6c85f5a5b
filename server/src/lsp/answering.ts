import {
  type CancellationToken,
  type Connection,
  ErrorCodes,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from 'vscode-languageserver';
import { reasonOf } from '../core';

/** Writes a defect of ours to the client's log, with its stack. */
export function logDefect(connection: Connection, what: string, error: unknown): void {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  connection.console.error(`APIM Policy Lens failed: ${what}\n${stack}`);
}

/** Shows the user one message. Nothing waits for it to be read. */
export function warn(connection: Connection, message: string): void {
  connection
    .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
    .catch((error) => logDefect(connection, `showing "${message}"`, error));
}

/**
 * The one boundary around every handler of a request: our own defects are logged and become an error response, never an
 * empty answer. Answers that say "cancelled" or "modified" pass.
 */
export function answering<Params, Answer>(
  connection: Connection,
  what: string,
  handler: (params: Params, token: CancellationToken) => Answer | Promise<Answer>,
): (params: Params, token: CancellationToken) => Promise<Answer> {
  return async (params, token) => {
    try {
      return await handler(params, token);
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      logDefect(connection, what, error);
      throw new ResponseError(ErrorCodes.InternalError, `APIM Policy Lens failed: ${what}: ${reasonOf(error)}`);
    }
  };
}

/** Between two steps of an answer that the client no longer wants. */
export function throwIfCancelled(token: CancellationToken): void {
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

/** Waits for work that goes on all the same, unless the client has no use for the answer any more. */
export async function unlessCancelled<T>(work: Promise<T>, token: CancellationToken): Promise<T> {
  throwIfCancelled(token);
  let stopListening = (): void => {};
  const cancelled = new Promise<never>((_done, fail) => {
    const listener = token.onCancellationRequested(() =>
      fail(new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled')),
    );
    stopListening = () => listener.dispose();
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    stopListening();
  }
}

/** For an answer that would belong to a text that is no longer there. */
export function contentModified(): ResponseError<void> {
  return new ResponseError(LSPErrorCodes.ContentModified, 'the document has changed since it was asked about');
}
