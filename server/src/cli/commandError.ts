import { type ExitCode, exitCodes } from './exitCodes';

/** Ends a command early, with a message for people and no stack. Everything else that is thrown is a defect of ours. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** The user asked for something that does not exist or does not fit. */
export function badUsage(message: string): CommandError {
  return new CommandError(exitCodes.badUsage, message);
}

/** What the user named cannot be read or is no policy. */
export function cannotAnalyse(message: string): CommandError {
  return new CommandError(exitCodes.cannotAnalyse, message);
}
