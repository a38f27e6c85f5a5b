import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder, run } from './support/commandLine';

const raw = '\uFEFF<policies>\r\n\t<inbound>\n\t\t<a b="@(c("d") && e)" />\r\n\t</inbound>\r\n</policies>';
const escaped = raw.replace('("d") &&', '(&quot;d&quot;) &amp;&amp;');
const unclear = '<fragment><a b="@(c("&amp;"))" /></fragment>';

describe('apim-policy convert', () => {
  const folderWith = (files: Readonly<Record<string, string | Uint8Array>>): string =>
    makeFolder({ 'other.xml': '<project />', ...files });

  it('prints one file in the other form', async () => {
    const cwd = folderWith({ 'a.xml': raw, 'b.xml': escaped });
    assert.deepEqual(await run(['convert', 'a.xml', '--to', 'escaped'], { cwd }), {
      exitCode: 0,
      out: escaped,
      err: '',
    });
    assert.deepEqual(await run(['convert', 'b.xml', '--to', 'raw'], { cwd }), { exitCode: 0, out: raw, err: '' });
    assert.equal(readFileSync(join(cwd, 'a.xml'), 'utf8'), raw);
  });

  it('prints the document from standard input', async () => {
    const ran = await run(['convert', '--to', 'escaped', '--stdin'], { stdin: raw });
    assert.deepEqual(ran, { exitCode: 0, out: escaped, err: '' });
  });

  it('lists the files that would change, and changes none, with --check', async () => {
    const cwd = folderWith({ 'a.xml': raw, 'b/c.xml': raw, 'd.xml': escaped });
    assert.deepEqual(await run(['convert', '--to', 'escaped', '--check'], { cwd }), {
      exitCode: 1,
      out: 'a.xml\nb/c.xml\n',
      err: 'apim-policy: 2 of 3 policy documents would change.\n',
    });
    assert.equal(readFileSync(join(cwd, 'a.xml'), 'utf8'), raw);
    assert.deepEqual(await run(['convert', 'd.xml', '--to', 'escaped', '--check'], { cwd }), {
      exitCode: 0,
      out: '',
      err: 'apim-policy: 0 of 1 policy document would change.\n',
    });
  });

  it('writes the files that change with --write, byte order mark and line ends included', async () => {
    const cwd = folderWith({ 'a.xml': raw, 'b/c.xml': escaped });
    assert.deepEqual(await run(['convert', '.', '--to', 'escaped', '--write'], { cwd }), {
      exitCode: 0,
      out: 'a.xml\n',
      err: 'apim-policy: 1 of 2 policy documents changed.\n',
    });
    assert.equal(readFileSync(join(cwd, 'a.xml'), 'utf8'), escaped);
    await run(['convert', '--to', 'raw', '--write'], { cwd });
    assert.equal(readFileSync(join(cwd, 'a.xml'), 'utf8'), raw);
    assert.equal(readFileSync(join(cwd, 'b/c.xml'), 'utf8'), raw);
  });

  it('names every expression that stays as it is, and exits with 1', async () => {
    const cwd = folderWith({ 'a.xml': unclear });
    for (const how of [['--check'], ['--write'], []]) {
      const { exitCode, out, err } = await run(['convert', 'a.xml', '--to', 'escaped', ...how], { cwd });
      assert.equal(exitCode, 1);
      assert.equal(out, how.length === 0 ? unclear : '');
      assert.match(err, /^apim-policy: a\.xml:1:17: This raw expression has entities/);
    }
  });

  it('refuses a file that is no text in UTF-8 or UTF-16, since something would be lost', async () => {
    const latin1 = Buffer.from('<policies><inbound><a b="@("\u00e9" + "c")" /></inbound></policies>', 'latin1');
    const cwd = folderWith({ 'a.xml': latin1, 'b.xml': raw });
    const refusal =
      'apim-policy: cannot read a.xml: it has changed, or is no text in UTF-8 or UTF-16. Save it as UTF-8, and try again.\n';
    for (const to of ['raw', 'escaped']) {
      const printed = await run(['convert', 'a.xml', '--to', to], { cwd });
      assert.deepEqual(printed, { exitCode: 3, out: '', err: refusal });
    }
    assert.deepEqual(await run(['convert', '--to', 'escaped', '--check'], { cwd }), {
      exitCode: 3,
      out: 'b.xml\n',
      err: `${refusal}apim-policy: 1 of 2 policy documents would change.\n`,
    });
    const written = await run(['convert', 'a.xml', '--to', 'escaped', '--write'], { cwd });
    assert.deepEqual([written.exitCode, written.out], [3, '']);
    assert.ok(written.err.startsWith(refusal));
    assert.deepEqual(readFileSync(join(cwd, 'a.xml')), latin1);
    for (const how of [[], ['--check']]) {
      assert.deepEqual(await run(['convert', '--to', 'escaped', '--stdin', ...how], { stdin: latin1 }), {
        exitCode: 3,
        out: '',
        err: 'apim-policy: cannot read standard input: it is no text in UTF-8 or UTF-16. Save it as UTF-8, and try again.\n',
      });
    }
  });

  it('takes UTF-16 with a byte order mark, and a replacement character that the text holds', async () => {
    const utf16 = Buffer.from(raw, 'utf16le');
    const cwd = folderWith({ 'a.xml': utf16, 'b.xml': raw.replace('"d"', '"\uFFFD"') });
    const argv = ['convert', '--to', 'escaped'];
    assert.deepEqual(await run([...argv, 'a.xml'], { cwd }), { exitCode: 0, out: escaped, err: '' });
    assert.deepEqual(await run([...argv, '--stdin'], { stdin: utf16 }), { exitCode: 0, out: escaped, err: '' });
    const { exitCode, out } = await run([...argv, 'b.xml'], { cwd });
    assert.deepEqual([exitCode, out], [0, escaped.replace(';d&', ';\uFFFD&')]);
  });

  it('says where the escaped form is not well-formed all the same, which is no finding', async () => {
    const text = '<policies>\n<inbound>\n<a b="c&d" e="@(f("g"))" h="i<j">k & l</a>\n</inbound>\n</policies>';
    const cwd = folderWith({ 'a.xml': text, 'b.xml': '<policies><inbound><a b="&" /></inbound></policies>' });
    assert.deepEqual(await run(['convert', 'a.xml', '--to', 'escaped'], { cwd }), {
      exitCode: 0,
      out: text.replace('"g"', '&quot;g&quot;'),
      err: 'apim-policy: a.xml:3:8: the result is not well-formed XML, because of this and 2 other places outside expressions; lint tells more.\n',
    });
    const checked = await run(['convert', 'b.xml', '--to', 'escaped', '--check'], { cwd });
    assert.equal(checked.exitCode, 0);
    assert.match(
      checked.err,
      /^apim-policy: b\.xml:1:26: the result is not well-formed XML, because of this place outside/,
    );
    assert.deepEqual(await run(['convert', 'a.xml', '--to', 'raw'], { cwd }), { exitCode: 0, out: text, err: '' });
  });

  it('refuses what makes no sense', async () => {
    const cwd = folderWith({ 'a.xml': raw, 'b.xml': raw });
    const cases: readonly (readonly [argv: readonly string[], exitCode: number, message: RegExp])[] = [
      [['a.xml'], 2, /required option '--to <form>'/],
      [['a.xml', '--to', 'xml'], 2, /Allowed choices are raw, escaped/],
      [['--to', 'raw'], 2, /add --check or --write/],
      [['a.xml', 'b.xml', '--to', 'raw'], 2, /add --check or --write/],
      [['--to', 'raw', '--check', '--write'], 2, /give one of them/],
      [['a.xml', '--to', 'raw', '--stdin'], 2, /leave out the paths/],
      [['--to', 'raw', '--stdin', '--write'], 2, /leave out --write/],
      [['--to', 'raw', '--stdin'], 3, /is not a policy document/],
      [['other.xml', '--to', 'raw'], 3, /not recognised as a policy document/],
      [['nothing.xml', '--to', 'raw'], 3, /cannot read nothing\.xml: it does not exist/],
    ];
    for (const [argv, exitCode, message] of cases) {
      const ran = await run(['convert', ...argv], { cwd });
      assert.deepEqual([ran.exitCode, ran.out], [exitCode, ''], argv.join(' '));
      assert.match(ran.err, message);
    }
  });

  it('says where there is nothing to convert', async () => {
    const ran = await run(['convert', '--to', 'raw', '--check'], { cwd: folderWith({}) });
    assert.deepEqual(ran, { exitCode: 0, out: '', err: 'apim-policy: there is no policy document here.\n' });
  });
});
