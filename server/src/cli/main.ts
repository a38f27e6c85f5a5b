import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeText, nodeHost, replaceText, requireSameText } from '../hosts/nodeHost';
import { exitCodes } from './exitCodes';
import type { CommandLineIo } from './io';
import { runCommandLine } from './runCommandLine';

/** The program `apim-policy`: the process around the command line. */
const io: CommandLineIo = {
  cwd: process.cwd(),
  env: process.env,
  isTty: process.stdout.isTTY === true,
  columns: process.stdout.isTTY ? process.stdout.columns : undefined,
  host: nodeHost,
  replaceText,
  requireSameText,
  readShipped: (name) => readFile(join(__dirname, name), 'utf8'),
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  async readStdin() {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
    return decodeText(Buffer.concat(chunks));
  },
};

// `apim-policy … | head` closes our output early; that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

const oldestNode = 20;
const isTooOld = Number.parseInt(process.versions.node, 10) < oldestNode;
if (isTooOld)
  process.stderr.write(`apim-policy needs Node ${oldestNode} or newer; this is ${process.versions.node}.\n`);

// The exit code is set, not forced, so that what is still being written gets out.
(isTooOld ? Promise.resolve(exitCodes.badUsage) : runCommandLine(process.argv.slice(2), io)).then((exitCode) => {
  process.exitCode = exitCode;
});
