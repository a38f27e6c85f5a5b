/** What `npm test` says: a heading for each stage, and at the end every stage, what was not run and why, and the sum. */

export class TestReport {
  #stages = [];
  #notRun = [];
  #started = performance.now();

  heading(title) {
    this.#started = performance.now();
    console.log(`\n=== ${title} ===`);
  }

  /** Takes the counts of a run of tests. `complaint` says what is wrong with the run itself; it is counted already. */
  add(title, { passed, failed, skipped = 0, complaint }) {
    const seconds = ((performance.now() - this.#started) / 1000).toFixed(1);
    this.#stages.push({ title, passed, failed, skipped, complaint, seconds });
    if (complaint) console.error(`✘ ${title}: ${complaint}`);
  }

  /** A stage that failed as a whole; it counts as one failure. */
  fail(title, complaint) {
    this.add(title, { passed: 0, failed: 1, complaint });
  }

  /** Something that this machine cannot run. */
  notRun(title, why) {
    this.#notRun.push({ title, why });
  }

  get passed() {
    return this.#stages.reduce((sum, { passed }) => sum + passed, 0);
  }

  get failed() {
    return this.#stages.reduce((sum, { failed }) => sum + failed, 0);
  }

  /** Nothing that ran is no success, whatever was asked for. */
  failIfNothingRan() {
    if (this.passed + this.failed === 0) this.fail('Tests', 'Not one test ran.');
  }

  print() {
    console.log('\n=== Result ===');
    for (const { title, passed, failed, skipped, complaint, seconds } of this.#stages) {
      const skips = skipped > 0 ? `, ${skipped} SKIPPED` : '';
      console.log(`${failed > 0 ? '✘' : '✔'} ${title}: ${passed} passed, ${failed} failed${skips} (${seconds} s)`);
      if (complaint) console.log(complaint.trimEnd().replace(/^/gm, '    '));
    }
    for (const { title, why } of this.#notRun) {
      console.log(`!!! NOT RUN: ${title}`);
      console.log(why.trimEnd().replace(/^/gm, '!!!   '));
    }
    console.log(`\n${this.passed} passed, ${this.failed} failed`);
  }
}
