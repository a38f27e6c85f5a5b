import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { applyEdits, createLineIndex, type Range } from '../../server/src/core';
import { definition, globalDefinition } from '../support/policies';
import { makeFolder, run } from './support/commandLine';
import { portalService } from './support/service';

interface LintJson {
  readonly version: number;
  readonly filesChecked: number;
  readonly findings: readonly {
    readonly ruleId: string;
    readonly severity: string;
    readonly file: string;
    readonly range: Range;
    readonly message: string;
    readonly related: readonly { readonly file: string; readonly range: Range; readonly message: string }[];
    readonly fixes: readonly {
      readonly title: string;
      readonly preferred: boolean;
      readonly edits: readonly { readonly file: string; readonly range: Range; readonly newText: string }[];
    }[];
  }[];
}

async function lintJson(
  argv: readonly string[],
  cwd: string,
): Promise<LintJson & { readonly exitCode: number | null }> {
  const { out, exitCode } = await run(['lint', ...argv, '--format', 'json'], { cwd });
  return { ...(JSON.parse(out) as LintJson), exitCode };
}

const ids = ({ findings }: LintJson) => findings.map(({ file, ruleId }) => `${file} ${ruleId}`);

describe('apim-policy lint', () => {
  it('prints findings as JSON with related places and fixes, paths relative and positions from 0', async () => {
    const cwd = makeFolder(portalService);
    const result = await lintJson([], cwd);
    assert.equal(result.exitCode, 1);
    assert.equal(result.version, 1);
    assert.equal(result.filesChecked, 4);
    assert.deepEqual(ids(result), ['apis/orders/policy.xml base-inherits-portal-cors']);
    const [finding] = result.findings;
    assert.deepEqual(finding?.range, { start: { line: 2, character: 4 }, end: { line: 2, character: 12 } });
    assert.equal(finding?.severity, 'warning');
    assert.ok(finding?.related.some(({ file, range }) => file === 'policy.xml' && range.start.line === 2));
    assert.deepEqual(
      finding?.fixes.map(({ preferred }) => preferred),
      [true, false, false, false, false],
    );
  });

  it('tells of files of the service that cannot be read, specifications among them when a folder is checked', async () => {
    const cwd = makeFolder({
      ...portalService,
      'products/starter/apis.json': '[',
      'apis/orders/specification.yaml': 'openapi: [',
    });
    const ofService = (result: LintJson) => ids(result).filter((id) => id.endsWith('service-file-invalid'));
    assert.deepEqual(ofService(await lintJson([], cwd)), [
      'apis/orders/specification.yaml service-file-invalid',
      'products/starter/apis.json service-file-invalid',
    ]);
    const single = await lintJson(['apis/orders/policy.xml'], cwd);
    assert.deepEqual(ofService(single), ['products/starter/apis.json service-file-invalid']);
  });

  it('has fixes whose edits remove the finding when a program applies them', async () => {
    const { findings } = await lintJson([], makeFolder(portalService));
    const titles = findings[0]?.fixes.map(({ title }) => title) ?? [];
    for (const [index, title] of titles.entries()) {
      const cwd = makeFolder(portalService);
      const result = await lintJson([], cwd);
      const edits = result.findings[0]?.fixes[index]?.edits ?? [];
      for (const file of new Set(edits.map((edit) => edit.file))) {
        const text = readFileSync(join(cwd, file), 'utf8');
        const lines = createLineIndex(text);
        const ofFile = edits
          .filter((edit) => edit.file === file)
          .map(({ range, newText }) => ({
            span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) },
            newText,
          }));
        writeFileSync(join(cwd, file), applyEdits(text, ofFile));
      }
      const left = ids(await lintJson([], cwd)).filter((id) => id.includes('base-inherits-portal-cors'));
      assert.deepEqual(left, [], title);
    }
  });

  it('prints text by file, with positions from 1, related places, fixes and counts', async () => {
    const { out, err, exitCode } = await run(['lint'], { cwd: makeFolder(portalService) });
    assert.equal(exitCode, 1);
    assert.equal(err, '');
    const lines = out.split('\n');
    assert.equal(lines[0], 'apis/orders/policy.xml');
    assert.match(lines[1] ?? '', /^ {2}3:5 {6}warning {2}\S/);
    assert.match(out, / base-inherits-portal-cors\n|\n +base-inherits-portal-cors\n/);
    assert.match(out, /\n {11}policy\.xml:3:5 {2}\S/);
    assert.equal(lines.filter((line) => line.startsWith('           fix: ')).length, 5);
    assert.equal(lines.at(-2), '1 finding (1 warning) in 4 files. 1 can be fixed in the editor.');
    assert.ok(lines.every((line) => line.length <= 100));
  });

  it('sorts findings by file, then by place', async () => {
    const cwd = makeFolder({
      'b.xml': '<policies><inbound></outbound></inbound></policies>',
      'a.xml': '<policies>\n<inbound a="1" a="2">\n</policies>',
      'apim-policy.config.json': '{ "rulez": {}, "production": 3,',
    });
    const { findings } = await lintJson([], cwd);
    const places = findings.map(({ file, range }) => [file, range.start.line, range.start.character] as const);
    const sorted = [...places].sort((one, other) =>
      one[0] < other[0] ? -1 : one[0] > other[0] ? 1 : one[1] - other[1] || one[2] - other[2],
    );
    assert.deepEqual(places, sorted);
    assert.deepEqual([...new Set(places.map(([file]) => file))], ['a.xml', 'apim-policy.config.json', 'b.xml']);
  });

  it('looks at the service around a file that is named, and reports on that file only', async () => {
    const cwd = makeFolder({ ...portalService, 'apis/broken/policy.xml': '<policies><inbound></policies>' });
    const result = await lintJson(['apis/orders/policy.xml'], cwd);
    assert.equal(result.filesChecked, 1);
    assert.deepEqual(ids(result), ['apis/orders/policy.xml base-inherits-portal-cors']);
  });

  it('counts a file once that is named in several ways', async () => {
    const result = await lintJson(['apis', 'apis/orders/policy.xml', './apis/orders/'], makeFolder(portalService));
    assert.equal(result.filesChecked, 2);
    assert.equal(result.findings.length, 1);
  });

  it('writes paths above the working directory with ../', async () => {
    const cwd = makeFolder(portalService);
    const result = await lintJson(['../orders/policy.xml'], join(cwd, 'apis/orders'));
    assert.deepEqual(
      result.findings.map(({ file, related }) => [file, related[0]?.file]),
      [['policy.xml', '../../policy.xml']],
    );
  });

  it('checks every recognised document whatever its name, and no other file of a folder', async () => {
    const cwd = makeFolder({ 'x.cshtml': definition(''), 'pom.xml': '<project />', 'notes.txt': '<policies>' });
    assert.deepEqual(await lintJson([], cwd), { version: 1, filesChecked: 1, findings: [], exitCode: 0 });
  });

  it('checks a fragment that is a string in a JSON file, where that is named and in its folder', async () => {
    const information = 'policyFragments/log/policyFragmentInformation.json';
    const text = JSON.stringify({ properties: { value: '<fragment>\n\t<base />\n</fragment>' } });
    const cwd = makeFolder({
      'policy.xml': globalDefinition('    <include-fragment fragment-id="log" />'),
      [information]: text,
    });
    const start = { line: 0, character: text.indexOf('<base') };
    const end = { line: 0, character: start.character + '<base />'.length };
    for (const [target, checked] of [
      [information, 1],
      ['policyFragments', 1],
      ['.', 2],
    ] as const) {
      const { findings, filesChecked } = await lintJson([target], cwd);
      assert.equal(filesChecked, checked, target);
      const found = findings.filter(({ ruleId }) => ruleId === 'fragment-with-base');
      assert.deepEqual(
        found.map(({ file, range, fixes }) => [file, range, fixes]),
        [[information, { start, end }, []]],
        target,
      );
    }
    assert.deepEqual((await lintJson(['policy.xml'], cwd)).findings, []);
  });

  it('says on standard error that a folder holds no policy document', async () => {
    const { exitCode, out, err } = await run(['lint'], { cwd: makeFolder({ 'pom.xml': '<project />' }) });
    assert.deepEqual({ exitCode, out }, { exitCode: 0, out: 'No findings in 0 files.\n' });
    assert.equal(err, 'apim-policy: there is no policy document in this folder.\n');
  });

  describe('exit code', () => {
    const warning = portalService;
    it('is 0 without findings, and with informations only', async () => {
      assert.equal((await run(['lint'], { cwd: makeFolder({ 'policy.xml': definition('') }) })).exitCode, 0);
      const rules = '{ "rules": { "base-inherits-portal-cors": "information" } }';
      const cwd = makeFolder({ ...warning, 'apim-policy.config.json': rules });
      const result = await lintJson([], cwd);
      assert.deepEqual([result.exitCode, result.findings[0]?.severity], [0, 'information']);
    });
    it('is 1 with a warning, and 0 where --max-warnings allows it', async () => {
      const cwd = makeFolder(warning);
      assert.equal((await run(['lint'], { cwd })).exitCode, 1);
      assert.equal((await run(['lint', '--max-warnings', '0'], { cwd })).exitCode, 1);
      assert.equal((await run(['lint', '--max-warnings', '1'], { cwd })).exitCode, 0);
    });
    it('is 1 with an error, however many warnings are allowed', async () => {
      const cwd = makeFolder({ 'a.xml': '<policies><inbound></policies>' });
      assert.equal((await run(['lint', '--max-warnings', '9'], { cwd })).exitCode, 1);
    });
    it('is 3 where a target cannot be read, and the others are still checked', async () => {
      const { exitCode, out, err } = await run(['lint', 'nope', 'apis'], { cwd: makeFolder(warning) });
      assert.equal(exitCode, 3);
      assert.equal(err, 'apim-policy: cannot read nope: it does not exist.\n');
      assert.match(out, /base-inherits-portal-cors/);
    });
    it('is 3 with nothing but a JSON document on standard output where nothing can be read', async () => {
      const { exitCode, out } = await run(['lint', 'nope', '--format', 'json'], { cwd: makeFolder({}) });
      assert.deepEqual([exitCode, JSON.parse(out)], [3, { version: 1, filesChecked: 0, findings: [] }]);
      const text = await run(['lint', 'nope'], { cwd: makeFolder({}) });
      assert.deepEqual([text.exitCode, text.out], [3, '']);
    });
  });

  describe('bad input', () => {
    const texts: Readonly<Record<string, string | Uint8Array>> = {
      empty: '',
      'comments only': '<!-- a -->\n<!-- b -->',
      binary: Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff, 0x00, 0x3c]),
      'wrong root': '<project />',
    };
    for (const [name, text] of Object.entries(texts)) {
      it(`is told where a file is named: ${name}`, async () => {
        const result = await lintJson(['x.xml'], makeFolder({ 'x.xml': text }));
        assert.deepEqual([result.exitCode, result.filesChecked, ids(result)], [1, 1, ['x.xml not-a-policy']]);
      });
    }

    it('finds the place in texts with a byte order mark and CRLF', async () => {
      const cwd = makeFolder({
        'x.xml': '\uFEFF<policies>\r\n  <inbound>\r\n    <cors>\r\n  </inbound>\r\n</policies>',
      });
      const { findings } = await lintJson(['x.xml'], cwd);
      const unclosed = findings.find(({ ruleId }) => ruleId === 'syntax-unclosed-element');
      assert.deepEqual(unclosed?.range.start, { line: 2, character: 5 });
    });

    it('takes one megabyte in a second or two', async () => {
      const statement = '<set-variable name="a" value="@(1 < 2 && true)" />\n';
      const cwd = makeFolder({ 'x.xml': definition(statement.repeat(21_000)) });
      assert.equal((await run(['lint'], { cwd })).exitCode, 0);
    });

    it('reports a broken project file once, and the rest of it still counts', async () => {
      const text = '{ "rules": { "base-inherits-portal-cors": "off", "options-operation": "off", "max-agee": "off" } }';
      const cwd = makeFolder({ ...portalService, 'apim-policy.config.json': text });
      for (const target of ['.', 'apis/orders/policy.xml', 'apim-policy.config.json']) {
        const result = await lintJson([target], cwd);
        assert.deepEqual([result.exitCode, ids(result)], [1, ['apim-policy.config.json project-file-invalid']], target);
      }
    });

    it('reports a file that cannot be read, here a link to nowhere, and checks the others', async () => {
      const cwd = makeFolder({ 'apis/orders/policy.xml': definition('    <base />') });
      symlinkSync(join(cwd, 'nowhere'), join(cwd, 'policy.xml'));
      const result = await lintJson([], cwd);
      assert.deepEqual([result.exitCode, ids(result)], [1, ['policy.xml unreadable-file']]);
      assert.equal(
        (await run(['lint', 'policy.xml'], { cwd })).err,
        'apim-policy: cannot read policy.xml: it does not exist.\n',
      );
    });

    it('takes a folder with the name of a policy file for a folder', async () => {
      const cwd = makeFolder({ 'apis/orders/policy.xml': definition('    <base />') });
      mkdirSync(join(cwd, 'policy.xml'));
      assert.equal((await run(['lint'], { cwd })).exitCode, 0);
    });

    it('does not check service files that are named, and says so', async () => {
      const path = 'apis/orders/apiInformation.json';
      const { exitCode, err } = await run(['lint', path], { cwd: makeFolder(portalService) });
      assert.equal(exitCode, 0);
      assert.match(err, /apiInformation\.json is no policy document/);
    });
  });

  describe('--config', () => {
    it('uses one project file for everything, in place of the others', async () => {
      const cwd = makeFolder({
        ...portalService,
        'apim-policy.config.json': '{ "rulez": 1 }',
        'ci/strict.json': '{ "rules": { "base-inherits-portal-cors": "error", "options-operation": "off" } }',
      });
      const result = await lintJson(['--config', 'ci/strict.json', '--max-warnings', '9'], cwd);
      assert.deepEqual(
        [result.exitCode, result.findings.map(({ ruleId, severity }) => `${severity} ${ruleId}`)],
        [1, ['error base-inherits-portal-cors']],
      );
    });

    it('reports on the file itself under its own name', async () => {
      const cwd = makeFolder({ 'p/policy.xml': definition(''), 'ci/strict.json': '{\n  "rulez": {} }' });
      const result = await lintJson(['p', '--config', 'ci/strict.json'], cwd);
      assert.deepEqual(ids(result), ['ci/strict.json project-file-invalid']);
      assert.deepEqual(result.findings[0]?.range.start, { line: 1, character: 2 });
    });

    it('takes the globs of its scopes relative to its folder', async () => {
      const scopes = '{ "scopes": [{ "glob": "policies/{api}.xml", "scope": "api" }], "absent": ["global"] }';
      const cwd = makeFolder({
        'strict.json': scopes,
        'policies/orders.xml': definition('    <base />\n    <cors />'),
        'other/x.json': scopes,
      });
      assert.deepEqual(
        ids(await lintJson(['policies', '--config', 'strict.json'], cwd)).filter((id) => id.includes('global')),
        [],
      );
      assert.deepEqual(
        ids(await lintJson(['policies'], cwd)).filter((id) => id.includes('global')),
        ['policies/orders.xml global-policy-unknown'],
      );
      const outside = await run(['lint', 'policies', '--config', 'other/x.json'], { cwd });
      assert.equal(outside.exitCode, 2);
      assert.match(outside.err, /"scopes" in other\/x\.json are relative to its folder, which does not hold policies/);
    });

    it('is bad usage where the file does not exist', async () => {
      const { exitCode, out, err } = await run(['lint', '--config', 'nope.json'], { cwd: makeFolder(portalService) });
      assert.deepEqual([exitCode, out], [2, '']);
      assert.equal(err, 'apim-policy: cannot read the project file nope.json: it does not exist.\n');
    });
  });

  describe('--stdin', () => {
    const path = 'apis/orders/policy.xml';
    const stdin = ['lint', '--stdin', '--stdin-filepath', path];
    it('checks the text as that file, with its surroundings from the disk', async () => {
      const cwd = makeFolder({ ...portalService, [path]: definition('') });
      const { exitCode, out } = await run([...stdin, '--format', 'json'], { cwd, stdin: portalService[path] ?? '' });
      const result = JSON.parse(out) as LintJson;
      assert.deepEqual([exitCode, result.filesChecked, ids(result)], [1, 1, [`${path} base-inherits-portal-cors`]]);
    });
    it('takes a file that does not exist yet, and a text that is no policy', async () => {
      const cwd = makeFolder({ 'apis/orders/readme.md': '' });
      assert.equal((await run(stdin, { cwd, stdin: definition('') })).exitCode, 0);
      assert.match((await run(stdin, { cwd, stdin: '' })).out, /not-a-policy/);
    });
    it('is bad usage without the path, with other paths, and as a path without --stdin', async () => {
      for (const argv of [['--stdin'], ['--stdin', '--stdin-filepath', path, 'apis'], ['--stdin-filepath', path]]) {
        const { exitCode, out, err } = await run(['lint', ...argv], { cwd: makeFolder(portalService) });
        assert.deepEqual([exitCode, out], [2, ''], argv.join(' '));
        assert.match(err, /stdin/);
      }
    });
  });

  describe('colours', () => {
    const cwd = () => makeFolder(portalService);
    const colour = '\u001b[';
    it('are on a terminal only, and not where NO_COLOR is set', async () => {
      assert.ok((await run(['lint'], { cwd: cwd(), isTty: true })).out.includes(colour));
      assert.ok(!(await run(['lint'], { cwd: cwd(), isTty: false })).out.includes(colour));
      assert.ok(!(await run(['lint'], { cwd: cwd(), isTty: true, env: { NO_COLOR: '1' } })).out.includes(colour));
      assert.ok((await run(['lint'], { cwd: cwd(), isTty: true, env: { NO_COLOR: '' } })).out.includes(colour));
    });
    it('are never in JSON, and change no other character', async () => {
      const folder = cwd();
      const json = await run(['lint', '--format', 'json'], { cwd: folder, isTty: true });
      assert.ok(!json.out.includes(colour));
      const coloured = await run(['lint'], { cwd: folder, isTty: true });
      const plain = await run(['lint'], { cwd: folder });
      assert.equal(coloured.out.replace(/\u001b\[\d+m/g, ''), plain.out);
    });
  });
});
