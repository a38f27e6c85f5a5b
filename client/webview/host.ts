import type { ExtensionMessage, PageMessage, PageState } from './messages';

interface VsCodeApi {
  postMessage(message: PageMessage): void;
  getState(): PageState | undefined;
  setState(state: PageState): void;
}

/** VS Code gives it to every webview, once. */
declare function acquireVsCodeApi(): VsCodeApi;

/** The page's way to the extension. */
export interface Host {
  send(message: PageMessage): void;
  onMessage(listener: (message: ExtensionMessage) => void): void;
  /** From the page's last life; undefined in its first. */
  readonly savedState: PageState | undefined;
  save(state: PageState): void;
}

/** May be called once. */
export function connectToHost(): Host {
  const api = acquireVsCodeApi();
  return {
    send: (message) => api.postMessage(message),
    onMessage(listener) {
      window.addEventListener('message', ({ data }: MessageEvent<ExtensionMessage>) => listener(data));
    },
    savedState: api.getState(),
    save: (state) => api.setState(state),
  };
}
