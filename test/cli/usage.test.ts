import assert from 'node:assert/strict';
import { makeFolder, run } from './support/commandLine';
import { portalService } from './support/service';

describe('apim-policy, usage', () => {
  it('prints help and version on standard output, with exit code 0', async () => {
    const help = await run(['--help']);
    assert.deepEqual([help.exitCode, help.err], [0, '']);
    for (const command of ['lint', 'format', 'effective', 'scopes', 'cors', 'cors-map', 'cors-test']) {
      assert.match(help.out, new RegExp(`^  ${command} `, 'm'));
      const ofCommand = await run([command, '--help']);
      assert.deepEqual([ofCommand.exitCode, ofCommand.err], [0, '']);
      assert.match(ofCommand.out, new RegExp(`^Usage: apim-policy ${command} `));
    }
    const version = await run(['--version']);
    assert.equal(version.exitCode, 0);
    assert.match(version.out, /^\d+\.\d+\.\d+\n$/);
  });

  const wrong: Readonly<Record<string, readonly [argv: readonly string[], message: RegExp]>> = {
    'no command': [[], /Usage: apim-policy/],
    'an unknown command': [['lnit'], /unknown command 'lnit'\n\(Did you mean lint\?\)/],
    'an unknown option': [['lint', '--fromat', 'json'], /unknown option '--fromat'\n\(Did you mean --format\?\)/],
    'an unknown format': [['lint', '--format', 'xml'], /'xml' is invalid\. Use text or json\./],
    'a format of a later version': [
      ['lint', '--format', 'sarif'],
      /sarif is not available in this version\. Use text or json\./,
    ],
    'a format without a value': [['lint', '--format'], /argument missing/],
    'a number that is none': [['lint', '--max-warnings', 'many'], /Give a number, 0 or more/],
    'an unknown section': [['effective', 'policy.xml', '--section', 'inbuond'], /Allowed choices are inbound, backend/],
    'an unknown key place': [['cors', 'policy.xml', '--key', 'cookie'], /Allowed choices are none, header, query/],
    'a missing file': [['effective'], /missing required argument 'file'/],
    'a file too many': [['scopes', 'apis', 'products'], /too many arguments/],
    'a folder in place of a file': [['effective', 'apis'], /apis is a folder; effective takes one policy file\./],
    'a - for standard input': [
      ['format', '-'],
      /- is no path; format, convert and lint read standard input with --stdin/,
    ],
    'a pattern': [['lint', '*.xml'], /there is no file \*\.xml; patterns are not expanded\. Leave out the quotes/],
    'a choice in capitals': [['convert', '--to', 'Raw', 'policy.xml'], /'Raw' is invalid\. Did you mean raw\?/],
    'a slip in an indentation': [['format', '--indent', 'tab', 'policy.xml'], /Did you mean tabs\?/],
    'an empty path': [['lint', ''], /a path is empty/],
  };
  for (const [name, [argv, message]] of Object.entries(wrong)) {
    it(`is refused with exit code 2 and nothing on standard output: ${name}`, async () => {
      const { exitCode, out, err } = await run(argv, { cwd: makeFolder(portalService) });
      assert.deepEqual([exitCode, out], [2, '']);
      assert.match(err, message);
    });
  }

  it('ends with 3 and a stack on standard error where the program itself fails', async () => {
    const { exitCode, out, err } = await run(['scopes'], {
      cwd: makeFolder(portalService),
      io: {
        out() {
          throw new TypeError('a defect');
        },
      },
    });
    assert.deepEqual([exitCode, out], [3, '']);
    assert.match(err, /^apim-policy: internal error, please report it: TypeError: a defect\n {4}at /);
  });
});
