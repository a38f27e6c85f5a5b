/** How long the server waits for the next change before it looks at what a change means for other documents. */
export const debounceMs = 200;

/** How long it waits for the next event of a file watcher: a checkout or an extraction sends hundreds. */
export const watchDebounceMs = 50;

/**
 * How long an answer waits for what is still being read before it says what is known by then. Small workspaces are read
 * sooner; in a large one nobody shall wait for the syntax of the file in front of them.
 */
export const patienceMs = 1000;

/** How long long work goes on before it looks for messages: a keystroke waits no longer. */
export const sliceMs = 20;

/** Work that starts when nothing has asked for it for a while. */
export interface Debounced {
  /** Asks for the work. The last request counts: it puts off what an earlier one has asked for. */
  schedule(delayMs: number): void;
  cancel(): void;
}

/** `run` must not throw. */
export function debounce(run: () => void): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    if (timer !== undefined) clearTimeout(timer);
    timer = undefined;
  };
  return {
    schedule(delayMs) {
      cancel();
      timer = setTimeout(() => {
        timer = undefined;
        run();
      }, delayMs);
    },
    cancel,
  };
}

/** Lets messages that have arrived be handled, among them cancellations and newer changes. */
export function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
