import { Command, CommanderError } from 'commander';
import { CommandError } from './commandError';
import { addConvertCommand } from './convert';
import { addCorsCommand } from './cors';
import { addCorsMapCommand } from './corsMap';
import { addCorsTestCommand } from './corsTest';
import { addEffectiveCommand } from './effective';
import { type ExitCode, exitCodes } from './exitCodes';
import { addFormatCommand } from './format';
import { type CommandLineIo, note } from './io';
import { addLintCommand } from './lint';
import { addScopesCommand } from './scopes';

/** The package's version; esbuild puts it in. */
declare const APIM_POLICY_LENS_VERSION: string;

/**
 * Runs one command line (without the program's name) and resolves to the exit code. Never rejects: what a user can
 * mend is a message on standard error, a defect of ours is its stack there and `cannotAnalyse`.
 */
export async function runCommandLine(argv: readonly string[], io: CommandLineIo): Promise<ExitCode> {
  let exitCode: ExitCode = exitCodes.clean;
  const program = createProgram(io, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return exitCode;
  } catch (error) {
    // Commander has already said what is wrong, or printed the help that was asked for.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.clean : exitCodes.badUsage;
    if (error instanceof CommandError) {
      note(io, error.message);
      return error.exitCode;
    }
    note(io, `internal error, please report it: ${error instanceof Error ? error.stack : String(error)}`);
    return exitCodes.cannotAnalyse;
  }
}

function createProgram(io: CommandLineIo, end: (exitCode: ExitCode) => void): Command {
  const program = new Command('apim-policy')
    .description('Azure API Management policies: findings, effective policies, and what becomes of a CORS request.')
    .version(APIM_POLICY_LENS_VERSION, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(--help tells more)')
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      // Widths of this process's terminal are not those of the io.
      getOutHelpWidth: () => io.columns ?? 100,
      getErrHelpWidth: () => io.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .addHelpText('after', examples)
    .exitOverride();
  addLintCommand(program, io, end);
  addConvertCommand(program, io, end);
  addFormatCommand(program, io, end);
  addEffectiveCommand(program, io, end);
  addScopesCommand(program, io, end);
  addCorsCommand(program, io, end);
  addCorsMapCommand(program, io, end);
  addCorsTestCommand(program, io, end);
  return program;
}

const examples = `
Examples:
  apim-policy lint                                      check every policy document below this folder
  apim-policy effective apis/orders/policy.xml          what runs for requests to the API orders
  apim-policy cors apis/orders/policy.xml --origin https://shop.contoso.com --method PUT
  apim-policy cors-map --format html > cors-map.html    which pages may call which operations

Exit codes: 0 clean, 1 findings or failed cases, 2 bad usage or settings, 3 could not analyse
`;
