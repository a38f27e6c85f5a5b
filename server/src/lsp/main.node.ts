import { createConnection } from 'vscode-languageserver/node';
import { nodeHost, watchFolder } from '../hosts/nodeHost';
import { startServer } from './startServer';

const usage = `apim-policy-language-server: language server for Azure API Management policies

  apim-policy-language-server --stdio     for editors other than VS Code (also: --node-ipc, --socket=<port>, --pipe=<name>)

It speaks the Language Server Protocol; an editor starts it. To check files by hand, use: apim-policy lint`;

const transports = ['--stdio', '--node-ipc', '--socket', '--pipe'];
const isStartedByEditor = process.argv.slice(2).some((argument) => transports.includes(argument.replace(/=.*/s, '')));

if (isStartedByEditor) {
  // Elsewhere clients watch a whole tree at once; and a watched folder of Windows keeps those above it from being renamed.
  startServer(createConnection(), nodeHost, process.platform === 'linux' ? watchFolder : undefined);
} else {
  const isHelp = process.argv.slice(2).some((argument) => argument === '--help' || argument === '-h');
  (isHelp ? process.stdout : process.stderr).write(`${usage}\n`);
  process.exitCode = isHelp ? 0 : 2;
}
