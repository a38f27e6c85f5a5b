import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import type { TestCertificate } from './certificate';

/** A request as it reached the gateway. */
export interface ReceivedRequest {
  readonly method: string;
  /** The path and the query. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

/** What the gateway answers. A header with several values is sent as several lines. */
export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
}

/** A web server on this machine that answers as it is told, and serves an empty page at `/page` of every host. */
export interface Gateway {
  readonly httpPort: number;
  readonly httpsPort: number;
  close(): Promise<void>;
}

/** Where the calls of pages go; everything else is a 404. */
export const callsBelow = '/orders/';

/** Listens on free ports of 127.0.0.1. A handler that throws is a 500 with its message, which no test expects. */
export async function startGateway(
  certificate: TestCertificate,
  answer: (request: ReceivedRequest) => GatewayAnswer,
): Promise<Gateway> {
  const listener: RequestListener = (request, response) => {
    if (request.url === '/page') {
      response.writeHead(200, { 'Content-Type': 'text/html' }).end('<!doctype html><title>Page</title>');
      return;
    }
    // What the browser itself asks for, such as an icon, is none of a page's calls.
    if (!request.url?.startsWith(callsBelow)) {
      response.writeHead(404).end();
      return;
    }
    // The browser may send a body; it is read to its end, so that the connection can be used again.
    request.resume().on('end', () => {
      const { status, headers, body } = answerOrComplain(() => answer(received(request)));
      response.writeHead(status, { 'Cache-Control': 'no-store', ...(headers as Record<string, string | string[]>) });
      response.end(body);
    });
  };
  const plain = createServer(listener);
  const secure = createSecureServer({ cert: certificate.cert, key: certificate.key }, listener);
  const [httpPort, httpsPort] = await Promise.all([listen(plain), listen(secure)]);
  return {
    httpPort,
    httpsPort,
    async close() {
      await Promise.all([plain, secure].map((server) => closeServer(server)));
    },
  };
}

function answerOrComplain(answer: () => GatewayAnswer): GatewayAnswer {
  try {
    return answer();
  } catch (error) {
    console.error(error);
    return { status: 500, headers: {}, body: String(error) };
  }
}

function received({ method = '', url = '', headers }: IncomingMessage): ReceivedRequest {
  const texts = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]);
  return { method, url, headers: Object.fromEntries(texts) };
}

function listen(server: Server): Promise<number> {
  return new Promise((done, failed) => {
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port));
  });
}

function closeServer(server: ReturnType<typeof createServer> | ReturnType<typeof createSecureServer>): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
