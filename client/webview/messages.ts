/** What the explorer's page and the extension say to each other. Types alone: both sides are bundled apart. */

import type {
  CorsChoicesAnswer,
  CorsMapParams,
  CorsMapReply,
  CorsRequestForm,
  ExplainCorsAnswer,
  FilePlace,
} from '../../server/src/lsp/protocol';

/** From the page to the extension. */
export type PageMessage =
  /** The page can show something now. `state` is what it kept from its last life; null in its first. */
  | { readonly kind: 'ready'; readonly state: PageState | null }
  /** The form says something else. */
  | { readonly kind: 'explain'; readonly request: CorsRequestForm }
  /** Requests of another document, with what is asked about it; undefined: as it begins. */
  | { readonly kind: 'choose'; readonly uri: string; readonly request?: CorsRequestForm }
  /** Make one of the offered repairs. */
  | { readonly kind: 'repair'; readonly repair: { readonly id: string; readonly title: string } }
  /** Keep the request as a test. */
  | { readonly kind: 'saveTest' }
  | { readonly kind: 'open'; readonly place: FilePlace }
  | { readonly kind: 'restartServer' }
  /** The map that the page shows from now on; null: none. */
  | { readonly kind: 'map'; readonly wanted: Pick<CorsMapParams, 'root' | 'options'> | null };

/** From the extension to the page. */
export type ExtensionMessage =
  /** What can be chosen, and what is: after opening, and whenever files have changed. */
  | {
      readonly kind: 'choices';
      readonly uri: string;
      readonly choices: CorsChoicesAnswer;
      /** What the form shows from now on; null: what it shows already, which may be newer than the extension knows. */
      readonly request: CorsRequestForm | null;
    }
  /** What becomes of the request; the last one wins. */
  | { readonly kind: 'explained'; readonly request: CorsRequestForm; readonly answer: ExplainCorsAnswer }
  /** The map that the page wants, and again whenever files have changed. */
  | { readonly kind: 'mapped'; readonly reply: CorsMapReply }
  | { readonly kind: 'mapFailed'; readonly message: string }
  | { readonly kind: 'showTab'; readonly tab: string }
  /** There is nothing to explain: sentences for people. */
  | { readonly kind: 'nothing'; readonly title: string; readonly message: string; readonly canRestart: boolean };

/** What the page keeps while it is hidden, and over a reload of the window. */
export interface PageState {
  /** Empty where no request was explained yet. */
  readonly uri: string;
  readonly request: CorsRequestForm;
  /** The tab that is open. */
  readonly tab: string;
}
