/** An automatic check of accessibility (axe) of the page that a browser shows. */
import { strict as assert } from 'node:assert';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

const axeScript = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const mostShown = 3;

/** What axe finds to be wrong (`violations`), and what it cannot decide (`incomplete`). Fails where it has looked at next to nothing. */
export async function checkAccessibility(page) {
  // Into the page's own world past its policy, as a tool of the browser would come.
  await page.evaluate(await readFile(axeScript, 'utf8'));
  const { violations, incomplete, passes } = await page.evaluate(() => axe.run(document));
  assert.ok(passes.length > 10, `${passes.length} rules have looked at something`);
  return { violations, incomplete };
}

/** Each as `rule: elements`. */
export function describeProblems(problems) {
  return problems.map(({ id, nodes }) => {
    const shown = nodes.slice(0, mostShown).map(({ html }) => html.slice(0, 160));
    const more = nodes.length - shown.length;
    return `${id}: ${shown.join(' ')}${more > 0 ? ` and ${more} more` : ''}`;
  });
}
