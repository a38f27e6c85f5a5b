import {
  Disposable,
  type LogOutputChannel,
  Range,
  SnippetString,
  type TextDocument,
  type TextDocumentChangeEvent,
  type TextEditor,
  window,
  workspace,
} from 'vscode';
import {
  type ClosingTagAnswer,
  type ClosingTagParams,
  closingTagRequest,
  policyLanguageId,
} from '../../server/src/lsp/protocol';
import { carryOver, isPlainContent, type MissingEndTag, makeRoom } from './missingEndTag';
import type { PolicyServer } from './policyServer';

/** A `>` or `/` that was typed, and is not answered yet. */
interface Question {
  readonly document: TextDocument;
  place: MissingEndTag;
  /** True where the text has changed since the server was asked in a way that may change its answer. */
  isOutdated: boolean;
  isAsked: boolean;
}

/** So often is the server asked anew about a text that has changed meanwhile. */
const mostAttempts = 200;
/** More start tags than anybody types before the server has started. */
const mostQuestions = 20;
/** The change of a cursor reaches us a little after the change of the text that moved it. */
const cursorDelayMs = 20;

/**
 * Inserts the end tag when a person has typed the `>` of a start tag, or `</` (setting `apimPolicy.autoCloseTags`).
 * Pasting, undoing, several cursors and changes by programs bring nothing about. Who types on meanwhile gets the end tag
 * behind what was typed, and the cursor stays. What is typed before the server runs, or before a new document is known
 * to be a policy, is answered then.
 */
export function autoCloseTags(server: PolicyServer, output: LogOutputChannel): Disposable {
  /** In the order in which they were typed: of elements in each other, the outer one first. */
  let questions: Question[] = [];
  let inserting: { readonly question: Question; readonly offset: number; readonly text: string } | undefined;

  /** One at a time: each moves the places of the others. */
  let insertions: Promise<unknown> = Promise.resolve();

  const isOpen = (question: Question): boolean => questions.includes(question);
  const drop = (question: Question): void => {
    questions = questions.filter((other) => other !== question);
  };
  const followChanges = ({ document, contentChanges, reason }: TextDocumentChangeEvent): void => {
    const own = inserting?.question.document === document ? inserting : undefined;
    // Before it comes the change of a key that was faster: then nothing is inserted.
    const isOwn = own !== undefined && contentChanges.some(({ text }) => text.endsWith(own.text));
    for (const question of questions.filter((other) => other.document === document)) {
      if (isOwn) {
        const isOuter = questions.indexOf(own.question) < questions.indexOf(question);
        question.place = makeRoom(question.place, { offset: own.offset, length: own.text.length, isOuter });
        question.isOutdated = true;
        continue;
      }
      for (const change of contentChanges) {
        const isFinishedByHand = change.rangeOffset === question.place.askedAt && /^[^\s<]/.test(change.text);
        const isDropped = reason !== undefined || (isFinishedByHand && isBehindSlash(question));
        const place = isDropped ? undefined : carryOver(question.place, change);
        if (place === undefined) drop(question);
        else question.place = place;
        question.isOutdated ||= change.rangeOffset < question.place.askedAt || !isPlainContent(change);
      }
    }
    if (isOwn) inserting = undefined;
  };
  /** False where the text has changed before the end tag could be inserted. */
  const insert = async (question: Question, answer: ClosingTagAnswer): Promise<boolean> => {
    const { document } = question;
    const editor = window.visibleTextEditors.find((candidate) => candidate.document === document);
    if (editor === undefined) return true;
    const { offset, text } = insertion(question, answer);
    inserting = { question, offset, text };
    try {
      return await insertAt(editor, offset, text, answer.cursor);
    } finally {
      inserting = undefined;
    }
  };
  const answerQuestion = async (question: Question): Promise<void> => {
    for (let attempt = 0; attempt < mostAttempts && isOpen(question); attempt++) {
      const client = server.runningClient;
      const { document, place } = question;
      if (client === undefined || document.languageId !== policyLanguageId) return;
      question.isOutdated = false;
      // The server learns of the change from another listener of the same event.
      await Promise.resolve();
      const { version } = document;
      const position = document.positionAt(place.askedAt);
      const params: ClosingTagParams = { uri: document.uri.toString(), version, position };
      const answer = await client
        .sendRequest<ClosingTagAnswer | null>(closingTagRequest, params)
        .catch(() => undefined);
      // It refuses to answer for a text that has changed meanwhile, and logs what else goes wrong.
      if (answer === undefined || question.isOutdated) continue;
      if (answer === null && document.version !== version) continue;
      if (answer === null || isInEndTag(question)) break;
      if (!isCursorAt(question)) await new Promise((resolve) => setTimeout(resolve, cursorDelayMs));
      if (!isOpen(question) || question.isOutdated) continue;
      const insertion = insertions.then(() => isOpen(question) && !question.isOutdated && insert(question, answer));
      // The next one goes on whatever becomes of this one; whose failure is told where it is awaited, below.
      insertions = insertion.catch(() => {});
      if (await insertion) break;
    }
    drop(question);
  };
  const answerAll = (isAnswered: (question: Question) => boolean): void => {
    for (const question of questions.filter((candidate) => !candidate.isAsked && isAnswered(candidate))) {
      if (server.runningClient === undefined || question.document.languageId !== policyLanguageId) continue;
      question.isAsked = true;
      void answerQuestion(question)
        .catch((error) => {
          drop(question);
          output.error('inserting an end tag', error);
        })
        .finally(() => {
          question.isAsked = false;
        });
    }
  };

  server.onStarted(() => answerAll(isAtEnd));
  return Disposable.from(
    workspace.onDidChangeTextDocument((event) => {
      followChanges(event);
      const askedAt = typedAt(event);
      if (askedAt === undefined) return;
      const place = { askedAt, contentEnd: askedAt };
      const question: Question = { document: event.document, place, isOutdated: false, isAsked: false };
      questions = [...questions.slice(-mostQuestions), question];
      answerAll((candidate) => candidate === question);
    }),
    // A document that is given another language is opened again.
    workspace.onDidOpenTextDocument((document) =>
      answerAll((question) => question.document === document && isAtEnd(question)),
    ),
    workspace.onDidCloseTextDocument(async (document) => {
      await Promise.resolve();
      if (document.isClosed) questions = questions.filter((question) => question.document !== document);
    }),
  );
}

/** Behind the `>` or `/` that was typed; undefined where the change is anything else. */
function typedAt({ document, contentChanges, reason }: TextDocumentChangeEvent): number | undefined {
  const editor = window.activeTextEditor;
  const [change, ...others] = contentChanges;
  if (change === undefined || others.length > 0 || reason !== undefined) return undefined;
  if (change.rangeLength > 0 || (change.text !== '>' && change.text !== '/')) return undefined;
  if (document !== editor?.document || !mayBePolicy(document)) return undefined;
  if (editor.selections.length !== 1 || !isSwitchedOn(document)) return undefined;
  return change.rangeOffset + 1;
}

/** A new document is known to be a policy only when its first tag is there. */
function mayBePolicy({ languageId, isUntitled }: TextDocument): boolean {
  return languageId === policyLanguageId || (isUntitled && (languageId === 'plaintext' || languageId === 'xml'));
}

function isSwitchedOn(document: TextDocument): boolean {
  return workspace.getConfiguration('apimPolicy', document).get('autoCloseTags', true);
}

function isBehindSlash({ document, place }: Question): boolean {
  return document.getText()[place.askedAt - 1] === '/';
}

/** The text ends with what was typed: nobody has gone on to something else. */
function isAtEnd({ document, place }: Question): boolean {
  return document.getText().slice(place.contentEnd).trim() === '';
}

/** Somebody is writing an end tag by hand, perhaps this one. */
function isInEndTag({ document, place }: Question): boolean {
  return /<\/[^>]*$/.test(document.getText().slice(place.askedAt, place.contentEnd));
}

function isCursorAt({ document, place }: Question): boolean {
  const active = window.activeTextEditor?.document === document ? window.activeTextEditor.selection.active : undefined;
  return active !== undefined && document.offsetAt(active) === place.contentEnd;
}

/** What to insert, and where: behind content of several lines, an end tag has its own line. */
function insertion({ document, place }: Question, answer: ClosingTagAnswer): { offset: number; text: string } {
  if (answer.cursor === 'behind') return { offset: place.askedAt, text: answer.text };
  const { askedAt, contentEnd } = place;
  const text = document.getText();
  const offset = contentEnd;
  const lineBreak = /\r\n|[\r\n]/.exec(text.slice(askedAt, contentEnd))?.[0];
  if (lineBreak === undefined) return { offset, text: answer.text };
  const start = text.lastIndexOf(answer.text.replace(/^<\/(.*)>$/, '<$1'), askedAt);
  const indentation = /^[ \t]*/.exec(document.lineAt(document.positionAt(start)).text)?.[0] ?? '';
  return { offset, text: lineBreak + indentation + answer.text };
}

/** False where the text has changed before the end tag could be inserted. */
async function insertAt(
  editor: TextEditor,
  offset: number,
  text: string,
  cursor: ClosingTagAnswer['cursor'],
): Promise<boolean> {
  const { document, selections } = editor;
  const position = document.positionAt(offset);
  const isCursorHere = selections.length === 1 && selections[0]?.isEmpty && selections[0].active.isEqual(position);
  if (!isCursorHere) return editor.edit((edit) => edit.replace(position, text));
  // Only a snippet leaves the cursor before what is inserted at it. It indents further lines like the start of the text
  // that it replaces, so the replaced text begins with the line.
  const line = new Range(position.with({ character: 0 }), position);
  const range = text.startsWith('<') || cursor === 'behind' ? position : line;
  const snippet = new SnippetString();
  if (range === line) snippet.appendText(document.getText(line));
  if (cursor === 'before') snippet.appendTabstop(0);
  snippet.appendText(text);
  return editor.insertSnippet(snippet, range);
}
