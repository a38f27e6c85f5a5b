/** Says why a port cannot be used before VS Code's server is given it, because the server would wait in silence. */
import { createServer } from 'node:net';

/** What is wrong with the port of 127.0.0.1; undefined when it is free. */
export function portProblem(port) {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', ({ code }) => {
      done(
        code === 'EADDRINUSE'
          ? `Port ${port} is in use. Choose another one, or none: any free one is then taken.`
          : `Port ${port} cannot be used (${code}).`,
      );
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => done(undefined)));
  });
}
