/**
 * What our client and our server say to each other beyond LSP. Other clients need none of it. The only file of the
 * server that the client imports: names, shapes, and what both sides must judge alike.
 */

export const policyLanguageId = 'apim-policy';

/** What our client offers, in `initialize`. Everything is off for a client that does not say so. */
export interface InitializationOptions {
  /** The client answers `apimPolicy/listFolder` and `apimPolicy/readText`, for files that are on no disk. */
  readonly answersFileRequests?: boolean;
  /** The client wants `apimPolicy/workspaceChanged`. */
  readonly wantsWorkspaceChanged?: boolean;
}

/** Client to server: which scope a document has. Answer: `ScopeAnswer`, or null for what is not analysed as a policy. */
export const scopeRequest = 'apimPolicy/scope';

export interface DocumentParams {
  readonly uri: string;
}

export interface ScopeAnswer {
  /** For people: "API orders", "fragment cors-basic", "unknown scope". */
  readonly title: string;
  readonly kind: 'definition' | 'fragment' | 'resolver';
  /** False where neither a layout nor the project file says what the document is for. */
  readonly isKnown: boolean;
  readonly confidence: 'certain' | 'derived' | 'guessed';
  /** For people: "APIOps layout". */
  readonly why: string;
  /** What the document inherits from, nearest first: once without a product, and once per product with the API. */
  readonly parents: readonly { readonly product: string | null; readonly scopes: readonly ParentScope[] }[];
}

export interface ParentScope {
  readonly title: string;
  readonly state: 'present' | 'absent' | 'unknown';
  /** Null where the scope has no document here. */
  readonly uri: string | null;
  /** Why it counts as absent, or why it cannot be known; null where it is present. */
  readonly because: string | null;
}

/** Server to client, without parameters: scopes may have changed, ask again for what is shown. */
export const workspaceChangedNotification = 'apimPolicy/workspaceChanged';

/** Server to client: what is directly in a folder. Answer: `FolderContent`; an error where it cannot be read. */
export const listFolderRequest = 'apimPolicy/listFolder';

export interface FolderContent {
  readonly entries: readonly { readonly name: string; readonly kind: 'file' | 'folder' }[];
}

/** Server to client: the text of a file as stored. Answer: `FileText`; an error where it cannot be read. */
export const readTextRequest = 'apimPolicy/readText';

export interface FileText {
  readonly text: string;
}

/** By which names and text files are taken for policies and for the project's: both sides agree on it. */
export { mayHoldPolicy, projectFileName, sniffPolicy } from '../core';
