import type { Connection, WorkDoneProgressReporter } from 'vscode-languageserver';
import type { ClientAbilities } from './clientAbilities';

/** Work that ends sooner shows nothing: a progress that flashes up only worries. */
const showAfterMs = 500;

/** Shows in the client that work goes on, where the client can and the work takes long. */
export async function withProgress<T>(
  connection: Connection,
  client: ClientAbilities,
  title: string,
  work: () => Promise<T>,
): Promise<T> {
  if (!client.showsProgress) return work();
  let reporter: WorkDoneProgressReporter | undefined;
  let isDone = false;
  const show = async (): Promise<void> => {
    const created = await connection.window.createWorkDoneProgress();
    if (isDone) return;
    reporter = created;
    created.begin(title);
  };
  // A client that refuses the progress has still its answers.
  const timer = setTimeout(() => void show().catch((error) => connection.console.warn(String(error))), showAfterMs);
  try {
    return await work();
  } finally {
    isDone = true;
    clearTimeout(timer);
    reporter?.done();
  }
}
