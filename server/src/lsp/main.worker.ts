import { BrowserMessageReader, BrowserMessageWriter, createConnection } from 'vscode-languageserver/browser';
import { startServer } from './startServer';

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;

// A browser has no disk: every file comes from the client.
startServer(createConnection(new BrowserMessageReader(worker), new BrowserMessageWriter(worker)), undefined);
