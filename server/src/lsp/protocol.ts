/**
 * What our client and our server say to each other beyond LSP. Other clients need none of it. The only file of the
 * server that the client imports: names, shapes, and what both sides must judge alike.
 */

import type { Position, Range, WorkspaceEdit } from 'vscode-languageserver';
import type { CorsChoices, CorsMap, CorsMapOptions, CorsRequestAnswer, CorsRequestForm } from '../core';

export const policyLanguageId = 'apim-policy';

/** What our client offers, in `initialize`. Everything is off for a client that does not say so. */
export interface InitializationOptions {
  /** The client answers `apimPolicy/listFolder` and `apimPolicy/readText`, for files that are on no disk. */
  readonly answersFileRequests?: boolean;
  /** The client wants `apimPolicy/workspaceChanged`. */
  readonly wantsWorkspaceChanged?: boolean;
  /** The client shows effective policies: it knows the command of our code lenses, and wants `apimPolicy/effectivePoliciesChanged`. */
  readonly showsEffectivePolicies?: boolean;
  /** The client knows `apimPolicy.explainCorsRequest`: code lenses and hovers offer it. */
  readonly explainsCors?: boolean;
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
  /**
   * What the document inherits from, nearest first: once without a product, and once per product with the API. None for
   * what is no definition, and for what a debugger shows.
   */
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

/** Client to server: lines of the tree of scopes. Answer: `ScopeTreeNode[]`. */
export const scopeTreeRequest = 'apimPolicy/scopeTree';

export interface ScopeTreeParams {
  /** The node whose children are asked for; null for the top. */
  readonly parent: string | null;
}

/** Client to server: the same lines with the state of each. Answer: `ScopeTreeNode[]`, without nodes that are gone. */
export const scopeStatesRequest = 'apimPolicy/scopeStates';

export interface ScopeStatesParams {
  readonly ids: readonly string[];
}

/**
 * Client to server: the line that stands for a file, with those around it, outermost first. Answer: `ScopeTreeNode[]`,
 * empty for other files.
 */
export const scopeTreePathRequest = 'apimPolicy/scopeTreePath';

export interface ScopeTreeNode {
  /** The same after a reload, as long as what it stands for has its name. */
  readonly id: string;
  readonly parent: string | null;
  readonly kind:
    | 'service'
    | 'group'
    | 'global'
    | 'workspace'
    | 'product'
    | 'api'
    | 'operation'
    | 'fragment'
    | 'unsettled';
  readonly label: string;
  /** The state in a few words. Without `hasState`, what is known so far. */
  readonly description: string;
  /** Sentences, as Markdown. */
  readonly tooltip: string;
  /** What a screen reader says: label, kind and state. */
  readonly spoken: string;
  readonly isExpandable: boolean;
  /** False where the state takes reading a policy, which was not done yet: ask `apimPolicy/scopeStates`. */
  readonly hasState: boolean;
  readonly worst: 'error' | 'warning' | 'information' | 'hint' | null;
  /** The files about it, each null where there is none. */
  readonly policy: string | null;
  readonly specification: string | null;
  readonly information: string | null;
}

/** Client to server: ids to choose from for a policy's scope. Answer: `ScopeSuggestion[]`. */
export const scopeSuggestionsRequest = 'apimPolicy/scopeSuggestions';

export interface ScopeSuggestionsParams {
  readonly uri: string;
  readonly kind: 'workspace' | 'product' | 'api' | 'operation' | 'fragment';
  readonly workspace?: string | undefined;
  readonly api?: string | undefined;
}

export interface ScopeSuggestion {
  readonly id: string;
  readonly detail: string | null;
}

/** Client to server: write down what a policy file is for. Answer: `SetScopeAnswer`. */
export const setScopeRequest = 'apimPolicy/setScope';

export interface SetScopeParams {
  readonly uri: string;
  /** The ids in the words of the project file; those that the scope does not take are left out. */
  readonly choice: {
    readonly scope: 'global' | 'workspace' | 'product' | 'api' | 'operation' | 'fragment';
    readonly workspace?: string;
    readonly product?: string;
    readonly api?: string;
    readonly operation?: string;
    readonly fragment?: string;
  };
  readonly where: 'projectFile' | 'comment';
}

export interface SetScopeAnswer {
  /** Null where the choice cannot be written so; `because` says why. */
  readonly edit: WorkspaceEdit | null;
  /** Files that must be saved before the choice counts: the server reads them from the disk. */
  readonly toSave: readonly string[];
  readonly because: string | null;
}

/** Client to server: `>` or `</` was typed at a position. Answer: `ClosingTagAnswer`, or null where nothing is to be inserted. */
export const closingTagRequest = 'apimPolicy/closingTag';

export interface ClosingTagParams {
  readonly uri: string;
  /** Of the document that was typed into; the answer for another one is an error. */
  readonly version: number;
  /** Behind what was typed. */
  readonly position: Position;
}

export interface ClosingTagAnswer {
  /** To be inserted at the position, as it is. */
  readonly text: string;
  /** Where the cursor belongs afterwards: before the text or behind it. */
  readonly cursor: 'before' | 'behind';
}

/** Client to server: how to write a document's expressions. Answer: `ConvertFormatAnswer`, or null for what is no policy. */
export const convertFormatRequest = 'apimPolicy/convertFormat';

export interface ConvertFormatParams {
  readonly uri: string;
  /** The service's words: `rawxml` for C# as it is, `xml` for well-formed XML with entities. */
  readonly to: 'rawxml' | 'xml';
}

export interface ConvertFormatAnswer {
  /** Carries the document's version. */
  readonly edit: WorkspaceEdit;
  readonly changedCount: number;
  /** Before the conversion; `either` where no expression differs between the two, `mixed` where both occur. */
  readonly format: 'xml' | 'rawxml' | 'either' | 'mixed';
  /** Expressions that stay as they are, and why. */
  readonly kept: readonly { readonly range: Range; readonly message: string }[];
}

/** Server to client, without parameters: scopes may have changed, ask again for what is shown. */
export const workspaceChangedNotification = 'apimPolicy/workspaceChanged';

/**
 * Client to server: a merged policy as a document to read. Answer: `EffectivePolicyAnswer`, or null where the document is
 * no policy definition, is not in that product, or has no parent.
 */
export const effectivePolicyRequest = 'apimPolicy/effectivePolicy';

export interface EffectivePolicyParams extends DocumentParams {
  /** For requests through this product; null: for those without a product. */
  readonly product: string | null;
  /** `parent`: what the document's scope inherits from. */
  readonly of: 'document' | 'parent';
}

export interface EffectivePolicyAnswer {
  readonly text: string;
  /** Where its parts come from, in its order. */
  readonly origins: readonly EffectivePolicyOrigin[];
}

export interface EffectivePolicyOrigin {
  /** `statement`: the same characters, in one line of both. `file`: a file's name in a comment. `place`: any other part. */
  readonly kind: 'statement' | 'file' | 'place';
  /** In the answer's text. */
  readonly range: Range;
  readonly uri: string;
  /** In the file. */
  readonly source: Range;
}

/** Server to client, without parameters: effective policies may have changed, ask again for those that are shown. */
export const effectivePoliciesChangedNotification = 'apimPolicy/effectivePoliciesChanged';

/**
 * The command of our code lenses. Arguments: the document's address, and the product as in `EffectivePolicyParams`; without
 * the second one, the user is to choose.
 */
export const showEffectivePolicyCommand = 'apimPolicy.showEffectivePolicy';

/**
 * Client to server: what becomes of a call, step by step. Answer: `ExplainCorsAnswer`, or null for what is not analysed as
 * a policy. Ask again after `apimPolicy/effectivePoliciesChanged`.
 */
export const explainCorsRequest = 'apimPolicy/explainCors';

export interface ExplainCorsParams extends DocumentParams {
  readonly request: CorsRequestForm;
}

/** Where in a file something is. */
export interface FilePlace {
  readonly uri: string;
  readonly range: Range;
  /** For people: relative to the service. */
  readonly file: string;
}

export type ExplainCorsAnswer = CorsRequestAnswer<FilePlace>;

/**
 * Client to server: the edit of a repair that an explanation has offered. Answer: `CorsRepairAnswer`, or null where it is
 * not offered any more, since the texts have changed.
 */
export const corsRepairRequest = 'apimPolicy/corsRepair';

export interface CorsRepairParams extends ExplainCorsParams {
  readonly repair: { readonly id: string; readonly title: string };
}

export interface CorsRepairAnswer {
  /** Carries the versions of open documents. */
  readonly edit: WorkspaceEdit;
}

/** Client to server: an explained call as cases of `cors-test`, at the end of a file. Answer: `WriteCorsTestAnswer`, or null for what is no policy. */
export const writeCorsTestRequest = 'apimPolicy/writeCorsTest';

export interface WriteCorsTestParams extends ExplainCorsParams {
  /** `as-now`: what comes out today. `allowed`: that the browser lets the call pass. */
  readonly expect: 'as-now' | 'allowed';
  readonly file: string;
  /** The file's text in the editor; null where it is still to be made. */
  readonly text: string | null;
}

export interface WriteCorsTestAnswer {
  /** Of the text that was sent. */
  readonly edits: readonly { readonly range: Range; readonly newText: string }[];
  readonly ids: readonly string[];
  /** Null where the cases can be written. */
  readonly because: string | null;
}

/** Client to server: what a call can be described with. Answer: `CorsChoicesAnswer`, or null for what is not analysed as a policy. */
export const corsChoicesRequest = 'apimPolicy/corsChoices';

export interface CorsChoicesParams extends DocumentParams {
  /** Where the user is: on a `cors`, its origins come first. */
  readonly position?: Position | undefined;
}

export type CorsChoicesAnswer = Omit<CorsChoices, 'documents'> & {
  readonly documents: readonly { readonly uri: string; readonly title: string }[];
};

/**
 * Client to server: which origins may call which operations of a service. Answer: `CorsMapReply`. Ask again after
 * `apimPolicy/effectivePoliciesChanged`. A service of ten thousand operations takes seconds, in which the server handles
 * other messages; cancel what is no longer wanted.
 */
export const corsMapRequest = 'apimPolicy/corsMap';

export interface CorsMapParams {
  /** A service of an earlier answer; it comes before `uri`. */
  readonly root?: string | null;
  /** A file of the service. Neither given: the first service. */
  readonly uri?: string | null;
  readonly options?: CorsMapOptions;
}

export interface CorsMapReply {
  /** Those that have a map. */
  readonly services: readonly { readonly root: string; readonly title: string }[];
  /** Ids of the products of the service. */
  readonly products: readonly string[];
  /** Null where there is no service. */
  readonly data: CorsMapData | null;
}

/** A map with the words around it. */
export interface CorsMapData {
  /** Files are addresses. */
  readonly map: CorsMap;
  /** The service, for people. */
  readonly title: string;
  /** What every cell stands for. */
  readonly terms: string;
  /** What the codes of cells mean, in the order of a legend. */
  readonly codes: Readonly<Record<string, string>>;
}

/** The command of our code lenses and hovers about CORS. Arguments: the document's address, and a position in it. */
export const explainCorsCommand = 'apimPolicy.explainCorsRequest';

/** The command that keeps a request as a test. Arguments: the document's address, and a `CorsRequestForm`. */
export const saveCorsTestCommand = 'apimPolicy.saveCorsTest';

/** Client to server: what a file of CORS tests holds. Answer: `CorsTestFile`; an error where it cannot be read. */
export const corsTestsRequest = 'apimPolicy/corsTests';

export interface CorsTestsParams {
  readonly uri: string;
  /** As it stands in an editor, where it is not saved; null: as stored. */
  readonly text: string | null;
}

export interface CorsTestFile {
  /** Those that can be run, in their order. */
  readonly cases: readonly CorsTestCase[];
  /** What is wrong with the others, or with the file. */
  readonly problems: readonly { readonly range: Range; readonly message: string }[];
}

export interface CorsTestCase {
  /** The only one in the file. */
  readonly id: string;
  readonly title: string | null;
  readonly range: Range;
}

/**
 * Client to server: run cases of a file of CORS tests, on policies as they stand in editors. Answer: `CorsTestRun`; an
 * error where the file cannot be read.
 */
export const runCorsTestsRequest = 'apimPolicy/runCorsTests';

export interface RunCorsTestsParams extends CorsTestsParams {
  /** Null: all. Ids that the file does not have are left out of the answer. */
  readonly ids: readonly string[] | null;
}

export interface CorsTestRun extends CorsTestFile {
  readonly results: readonly CorsTestResult[];
}

export interface CorsTestResult {
  readonly id: string;
  /** `computed`: it expects nothing. `error`: it could not be run, because of what the case names. */
  readonly verdict: 'passed' | 'failed' | 'computed' | 'error';
  /** What differs, or why it could not be run; of a case that expects nothing, what was computed. */
  readonly message: string;
  /** Sentences on why it came out so. */
  readonly because: readonly string[];
  /** Two texts to compare; null unless it has failed. */
  readonly comparison: { readonly expected: string; readonly actual: string } | null;
  /** In the file of tests: the expectation that is not met, else the case. */
  readonly range: Range;
  /** The line that decides; null where none does, or the case could not be run. */
  readonly deciding: { readonly uri: string; readonly range: Range } | null;
}

/**
 * Client to server: names from the workspace that fit a place in a file of CORS tests. Answer: `CorsTestCompletion[]`; keys
 * and fixed values come from the schema.
 */
export const completeCorsTestRequest = 'apimPolicy/completeCorsTest';

export interface CompleteCorsTestParams {
  readonly uri: string;
  /** As it stands in the editor. */
  readonly text: string;
  readonly position: Position;
}

export interface CorsTestCompletion {
  readonly label: string;
  /** For people: "API orders". */
  readonly detail: string;
  /** What the new text takes the place of. */
  readonly range: Range;
  /** A JSON string. */
  readonly newText: string;
}

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

/** What our own requests about CORS are made of. */
export type {
  CorsChoices,
  CorsMap,
  CorsMapAnswer,
  CorsMapApi,
  CorsMapCall,
  CorsMapOptions,
  CorsMapOrigin,
  CorsMapRow,
  CorsRequestExplanation,
  CorsRequestForm,
  OpenQuestion,
  RequestJourney,
  Station,
} from '../core';
/** By which names and text files are taken for policies, for the project's, and for those that a save uploads: both sides agree on it. */
export {
  corsTestFileGlob,
  isCorsTestFile,
  isServiceFile,
  isSkippedFolder,
  isUploadedOnSave,
  mayHoldPolicy,
  projectFileName,
  sniffPolicy,
} from '../core';
