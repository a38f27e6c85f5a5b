import {
  type CancellationToken,
  type TestController,
  type TestItem,
  TestMessage,
  type TestRun,
  type TestRunProfile,
  TestRunProfileKind,
  TestRunRequest,
  type TextDocument,
  type Uri,
  workspace,
} from 'vscode';
import {
  type CorsTestResult,
  type CorsTestRun,
  isCorsTestFile,
  isServiceFile,
  policyLanguageId,
  type RunCorsTestsParams,
  runCorsTestsRequest,
} from '../../server/src/lsp/protocol';
import { type CorsTestFiles, unsavedText } from './corsTestFiles';
import { report, reportProblems } from './corsTestReport';
import type { PolicyServer } from './policyServer';

/** "Save All" comes as several events, and the server hears of a file that no editor has open from a watcher. */
const runDelayMs = 400;

/** A run of one file: what became of its cases. */
export interface CorsTestFileRun {
  readonly uri: string;
  readonly results: readonly CorsTestResult[];
}

/** Runs CORS tests: when the user asks, until the user says stop, and on save. */
export class CorsTestRunner {
  readonly #controller: TestController;
  readonly #files: CorsTestFiles;
  readonly #server: PolicyServer;
  readonly #profile: TestRunProfile;
  /** Those that go on until their user stops them; of use where a save runs nothing by itself. */
  readonly #continuous = new Set<TestRunRequest>();
  /** Saved since the last run on save. */
  readonly #saved = new Map<string, Uri>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(controller: TestController, files: CorsTestFiles, server: PolicyServer) {
    this.#controller = controller;
    this.#files = files;
    this.#server = server;
    this.#profile = controller.createRunProfile(
      'Run CORS Tests',
      TestRunProfileKind.Run,
      async (request, token) => {
        if (request.continuous) this.#keepRunning(request, token);
        else await this.#run(request, token);
      },
      true,
      undefined,
      true,
    );
  }

  /** For the command: runs the files, or all that there are. */
  async runFiles(uris: readonly Uri[] | undefined): Promise<readonly CorsTestFileRun[]> {
    const include = uris?.map((uri) => this.#files.fileItem(uri));
    return this.#run(new TestRunRequest(include, undefined, this.#profile), undefined);
  }

  /** Tests that the saved file has a part in run again, unless the user has switched that off. */
  saved({ uri, languageId }: TextDocument): void {
    const isTest = isCorsTestFile(uri.path);
    if (!isTest && languageId !== policyLanguageId && !isServiceFile(uri.path)) return;
    const runsOnSave = workspace.getConfiguration('apimPolicy', uri).get('corsTests.runOnSave', true);
    if (!runsOnSave && this.#continuous.size === 0) return;
    this.#saved.set(uri.toString(), uri);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#runSaved(runsOnSave), runDelayMs);
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  #keepRunning(request: TestRunRequest, token: CancellationToken): void {
    this.#continuous.add(request);
    token.onCancellationRequested(() => this.#continuous.delete(request));
  }

  async #runSaved(runsOnSave: boolean): Promise<void> {
    const saved = [...this.#saved.values()];
    this.#saved.clear();
    // Whoever saves goes on writing: nothing may come to the front.
    if (!runsOnSave) {
      for (const { include, exclude, profile } of this.#continuous) {
        await this.#run(new TestRunRequest(include, exclude, profile, true, true), undefined);
      }
      return;
    }
    await this.#files.discover();
    // A policy may decide any case; a file of tests has no part in others.
    const isPolicyAmong = saved.some((uri) => !isCorsTestFile(uri.path));
    const include = isPolicyAmong ? this.#files.all() : saved.map((uri) => this.#files.fileItem(uri));
    if (include.length === 0) return;
    await this.#run(new TestRunRequest(include, undefined, this.#profile, false, true), undefined);
  }

  async #run(request: TestRunRequest, token: CancellationToken | undefined): Promise<readonly CorsTestFileRun[]> {
    await this.#server.start();
    if (request.include === undefined) await this.#files.lookAgain();
    const run = this.#controller.createTestRun(request);
    const ran: CorsTestFileRun[] = [];
    try {
      for (const [file, ids] of wantedFiles(request, this.#files)) {
        if (run.token.isCancellationRequested || token?.isCancellationRequested) break;
        ran.push(await this.#runFile(file, ids, request, run));
      }
    } finally {
      run.end();
    }
    return ran;
  }

  async #runFile(
    file: TestItem,
    ids: readonly string[] | null,
    { exclude = [] }: TestRunRequest,
    run: TestRun,
  ): Promise<CorsTestFileRun> {
    const uri = file.uri as Uri;
    const params: RunCorsTestsParams = { uri: uri.toString(), text: unsavedText(uri), ids };
    try {
      const client = this.#server.runningClient;
      if (client === undefined) throw new Error('The policy language server does not run.');
      const answer = await client.sendRequest<CorsTestRun>(runCorsTestsRequest, params, run.token);
      this.#files.take(file, answer);
      const results = answer.results.filter(({ id }) => !exclude.some((item) => item === file.children.get(id)));
      for (const result of results) {
        const item = file.children.get(result.id);
        if (item !== undefined) report(result, item, run);
      }
      if (answer.problems.length > 0 && ids === null) reportProblems(answer, file, run);
      return { uri: params.uri, results };
    } catch (error) {
      if (!run.token.isCancellationRequested) run.errored(file, new TestMessage(String(error)));
      return { uri: params.uri, results: [] };
    }
  }
}

/** The files of a request, each with the cases that are asked for; null: all of them. */
function wantedFiles({ include, exclude = [] }: TestRunRequest, files: CorsTestFiles): Map<TestItem, string[] | null> {
  const wanted = new Map<TestItem, string[] | null>();
  for (const item of include ?? files.all()) {
    if (item.parent === undefined) wanted.set(item, null);
    else if (wanted.get(item.parent) !== null) wanted.set(item.parent, [...(wanted.get(item.parent) ?? []), item.id]);
  }
  for (const item of exclude) wanted.delete(item);
  return wanted;
}
