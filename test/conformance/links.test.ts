import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';

const pages = [
  ...readdirSync('.').filter((name) => name.endsWith('.md')),
  ...['docs', 'samples'].flatMap((folder) =>
    readdirSync(folder, { recursive: true })
      .map((path) => `${folder}/${path.toString().replace(/\\/g, '/')}`)
      .filter((path) => path.endsWith('.md')),
  ),
];

describe('pages', () => {
  for (const page of pages) {
    it(`${page} links to files and headings that exist`, () => {
      const text = readFileSync(page, 'utf8').replace(/^(`{3,})[\s\S]*?^\1/gm, '');
      const broken = [...text.matchAll(/\]\((?!https?:|mailto:)<?([^)>]+)>?\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !exists(page, target));
      assert.deepEqual(broken, []);
    });
  }
});

function exists(page: string, target: string): boolean {
  const [path = '', heading] = decodeURI(target).split('#');
  const file = path === '' ? page : posix.normalize(posix.join(posix.dirname(page), path));
  if (!existsSync(file)) return false;
  if (heading === undefined || !file.endsWith('.md')) return true;
  return headingsOf(readFileSync(file, 'utf8')).has(heading);
}

/** As GitHub makes anchors of headings. */
function headingsOf(text: string): ReadonlySet<string> {
  const headings = [...text.matchAll(/^#{1,6} +(.+)$/gm)].map(([, title = '']) => title);
  return new Set(
    headings.map((title) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replace(/ /g, '-'),
    ),
  );
}
