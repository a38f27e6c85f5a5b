/** What the program's end tells a script (docs/cli.md). */
export const exitCodes = {
  /** Nothing at or above the threshold; every case passed. */
  clean: 0,
  /** Findings at or above the threshold, or failed cases. */
  findings: 1,
  /** The command line or a settings file cannot be used. */
  badUsage: 2,
  /** Something could not be read, or the program itself failed. */
  cannotAnalyse: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
