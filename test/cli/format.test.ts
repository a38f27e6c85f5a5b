import assert from 'node:assert/strict';
import {
  chmodSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makeFolder, run, runProgram } from './support/commandLine';

const untidy = '<policies>\n<inbound><base/></inbound>\n</policies>\n';
const tidy = '<policies>\n\t<inbound>\n\t\t<base />\n\t</inbound>\n</policies>\n';

/** A folder with a document that is laid out, one that is not, and files that are no policies. */
function folder(): string {
  return makeFolder({
    'a/policy.xml': untidy,
    'b/policy.xml': tidy,
    'c.xml': '<html><body/></html>',
    'd.json': '{ "value": "<policies><inbound/></policies>" }',
  });
}

describe('apim-policy format', () => {
  it('prints one document as the service would write it', async () => {
    const cwd = folder();
    assert.deepEqual(await run(['format', 'a/policy.xml'], { cwd }), { exitCode: 0, out: tidy, err: '' });
    assert.deepEqual(await run(['format', 'b/policy.xml'], { cwd }), { exitCode: 0, out: tidy, err: '' });
    assert.equal(readFileSync(join(cwd, 'a/policy.xml'), 'utf8'), untidy);
  });

  it('indents by blanks where that is asked for', async () => {
    const { out } = await run(['format', '--indent', '2', 'a/policy.xml'], { cwd: folder() });
    assert.equal(out, tidy.replaceAll('\t', '  '));
    assert.equal((await run(['format', '--indent', 'tabs', 'a/policy.xml'], { cwd: folder() })).out, tidy);
  });

  it('lists with --check what would change, and changes nothing', async () => {
    const cwd = folder();
    const { exitCode, out, err } = await run(['format', '--check'], { cwd });
    assert.deepEqual([exitCode, out], [1, 'a/policy.xml\n']);
    assert.match(err, /1 of 2 policy documents would change\./);
    assert.equal(readFileSync(join(cwd, 'a/policy.xml'), 'utf8'), untidy);
    assert.equal((await run(['format', '--check', 'b'], { cwd })).exitCode, 0);
  });

  it('writes with --write what changes, and nothing else', async () => {
    const cwd = folder();
    const before = statSync(join(cwd, 'b/policy.xml')).mtimeMs;
    const { exitCode, out } = await run(['format', '--write', '.'], { cwd });
    assert.deepEqual([exitCode, out], [0, 'a/policy.xml\n']);
    assert.equal(readFileSync(join(cwd, 'a/policy.xml'), 'utf8'), tidy);
    assert.equal(statSync(join(cwd, 'b/policy.xml')).mtimeMs, before);
    assert.equal((await run(['format', '--check'], { cwd })).exitCode, 0);
    assert.deepEqual(readdirSync(join(cwd, 'a')), ['policy.xml'], 'nothing is left beside the file');
  });

  it('keeps byte order marks, line ends, encodings, permissions and links', async () => {
    const marked = `\uFEFF${untidy.replace('\n', '\r\n')}`;
    const cwd = makeFolder({
      'a.xml': marked,
      'b.xml': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(untidy, 'utf16le')]),
    });
    symlinkSync(join(cwd, 'a.xml'), join(cwd, 'link.xml'));
    chmodSync(join(cwd, 'a.xml'), 0o640);
    const { exitCode, out } = await run(['format', '--write', 'link.xml', 'b.xml'], { cwd });
    assert.deepEqual([exitCode, out], [0, 'b.xml\nlink.xml\n']);
    assert.equal(readFileSync(join(cwd, 'a.xml'), 'utf8'), `\uFEFF${tidy.replace('\n', '\r\n')}`);
    assert.ok(lstatSync(join(cwd, 'link.xml')).isSymbolicLink());
    assert.equal(statSync(join(cwd, 'a.xml')).mode & 0o777, 0o640);
    assert.equal(readFileSync(join(cwd, 'b.xml'), 'utf16le'), `\uFEFF${tidy}`);
  });

  it('refuses a file that would lose something, and says so', async () => {
    const latin1 = Buffer.from(untidy.replace('<base/>', '<a b="\xe9"/>'), 'latin1');
    const cwd = makeFolder({ 'a.xml': latin1, 'b.xml': untidy });
    for (const how of ['--check', '--write']) {
      const { exitCode, out, err } = await run(['format', how, '.'], { cwd });
      assert.deepEqual([exitCode, out], [3, 'b.xml\n']);
      assert.match(
        err,
        /^apim-policy: cannot read a\.xml: it has changed, or is no text in UTF-8 or UTF-16\. Save it as UTF-8, and try again\.\n/,
      );
    }
    const { exitCode, out } = await run(['format', 'a.xml'], { cwd });
    assert.deepEqual([exitCode, out], [3, '']);
    const piped = await run(['format', '--stdin', '--stdin-filepath', 'a.xml'], { stdin: latin1 });
    assert.deepEqual(piped, {
      exitCode: 3,
      out: '',
      err: 'apim-policy: cannot read a.xml: it is no text in UTF-8 or UTF-16. Save it as UTF-8, and try again.\n',
    });
    assert.deepEqual(readFileSync(join(cwd, 'a.xml')), latin1);
  });

  it('does not write a file that has changed since it was read', async () => {
    const cwd = folder();
    const path = join(cwd, 'a/policy.xml');
    const { replaceText } = await import('../../server/src/hosts/nodeHost');
    const { exitCode, err } = await run(['format', '--write', 'a'], {
      cwd,
      io: {
        replaceText: async (file, before, after) => {
          writeFileSync(path, '<policies />');
          return replaceText(file, before, after);
        },
      },
    });
    assert.equal(exitCode, 3);
    assert.match(err, /it has changed/);
    assert.equal(readFileSync(path, 'utf8'), '<policies />');
    assert.ok(!existsSync(`${path}.${process.pid}.tmp`));
  });

  it('formats standard input, which needs no name', async () => {
    assert.deepEqual(await run(['format', '--stdin'], { stdin: untidy }), { exitCode: 0, out: tidy, err: '' });
    const named = await run(['format', '--stdin', '--stdin-filepath', 'x/policy.xml'], { stdin: untidy });
    assert.equal(named.out, tidy);
    const checked = await run(['format', '--stdin', '--check', '--stdin-filepath', 'x.xml'], { stdin: untidy });
    assert.deepEqual([checked.exitCode, checked.out], [1, 'x.xml\n']);
    assert.equal((await run(['format', '--stdin', '--check'], { stdin: tidy })).exitCode, 0);
  });

  it('leaves what cannot be read, and says where that is', async () => {
    const stdin = '<policies>\n<inbound>\n<base>\n</inbound>\n<outbound><base/></outbound>\n</policies>\n';
    const { exitCode, out, err } = await run(['format', '--stdin'], { stdin });
    assert.equal(exitCode, 0);
    assert.match(out, /\n\t<inbound>\n<base>\n<\/inbound>\n\t<outbound>\n\t\t<base \/>\n/);
    assert.match(
      err,
      /^apim-policy: standard-input\.xml:3:1: this element stays as it is, because of a syntax problem in it; lint tells more\.\n$/,
    );
  });

  it('says nothing where all is laid out, whatever else is wrong', async () => {
    const stdin = '<policies>\n<inbound><!-- a -- b --><a b="c & d" e="" e="&nbsp;"/></inbound>\n</policies>\n';
    assert.deepEqual(await run(['format', '--stdin'], { stdin }), {
      exitCode: 0,
      out: '<policies>\n\t<inbound><!-- a -- b -->\n\t\t<a b="c & d" e="" e="&nbsp;" />\n\t</inbound>\n</policies>\n',
      err: '',
    });
  });

  it('says that nothing was formatted where that is so', async () => {
    const stdin = '<policies>\n<inbound><base/></inbound>\n';
    const { exitCode, out, err } = await run(['format', '--stdin'], { stdin });
    assert.deepEqual([exitCode, out], [0, stdin]);
    assert.match(err, /^apim-policy: standard-input\.xml:1:\d+: nothing was formatted: [^\n]*\n$/);
  });

  it('goes on behind a file that it cannot format', async () => {
    const { exitCode, out, err } = await run(['format', '--write', 'c.xml', 'x.xml', 'a/policy.xml'], {
      cwd: folder(),
    });
    assert.deepEqual([exitCode, out], [3, 'a/policy.xml\n']);
    assert.match(err, /cannot read x\.xml[\s\S]*c\.xml: This file is not recognised/);
  });

  it('leaves texts inside other files alone', async () => {
    const information = '{ "properties": { "value": "<fragment><base/></fragment>" } }';
    const cwd = makeFolder({ 'policy.xml': tidy, 'policyFragments/f/policyFragmentInformation.json': information });
    const { exitCode, out } = await run(['format', '--write'], { cwd });
    assert.deepEqual([exitCode, out], [0, '']);
  });

  const wrong: Readonly<Record<string, readonly [argv: readonly string[], exitCode: number, message: RegExp]>> = {
    'a folder without --check or --write': [['format', 'a'], 2, /one file goes to standard output/],
    'two files without --check or --write': [['format', 'a/policy.xml', 'b/policy.xml'], 2, /add --check or --write/],
    '--check and --write': [['format', '--check', '--write'], 2, /give one of them/],
    '--stdin and a path': [['format', '--stdin', 'a/policy.xml'], 2, /leave out the paths/],
    '--stdin and --write': [['format', '--stdin', '--write'], 2, /leave out --write/],
    '--stdin-filepath alone': [['format', '--stdin-filepath', 'a/policy.xml'], 2, /add --stdin/],
    'an indentation that is none': [['format', '--indent', '0', 'a/policy.xml'], 2, /from 1 to 16/],
    'a file that is no policy': [['format', 'c.xml'], 3, /c\.xml: This file is not recognised as a policy document/],
    'a file that does not exist': [['format', '--check', 'x.xml'], 3, /cannot read x\.xml: it does not exist/],
    'standard input that is no policy': [['format', '--stdin'], 3, /standard input: This file is not recognised/],
  };
  for (const [name, [argv, exitCode, message]] of Object.entries(wrong)) {
    it(`refuses ${name}`, async () => {
      const ran = await run(argv, { cwd: folder(), stdin: '<a/>' });
      assert.deepEqual([ran.exitCode, ran.out], [exitCode, '']);
      assert.match(ran.err, message);
    });
  }

  it('works as the program that ships', async () => {
    assert.deepEqual(await runProgram(['format', '--stdin'], { stdin: untidy }), { exitCode: 0, out: tidy, err: '' });
  });
});
