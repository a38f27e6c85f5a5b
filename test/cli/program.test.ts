import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { definition } from '../support/policies';
import { makeFolder, program, runProgram } from './support/commandLine';
import { portalService } from './support/service';

describe('dist/cli.js, in a process of its own', () => {
  before(() => assert.ok(existsSync(program), `${program} is missing: npm run build makes it`));

  it('is a program for Node', () => {
    assert.ok(readFileSync(program, 'utf8').startsWith('#!/usr/bin/env node\n'));
  });

  it('tells findings by its exit code, with nothing but the result on standard output', async () => {
    const { exitCode, out, err } = await runProgram(['lint', '--format', 'json'], { cwd: makeFolder(portalService) });
    assert.deepEqual([exitCode, err, JSON.parse(out).findings.length], [1, '', 1]);
  });

  it('ends with 0, 2 and 3 for a clean folder, bad usage and a missing folder', async () => {
    const cwd = makeFolder({ 'policy.xml': definition('') });
    assert.equal((await runProgram(['lint'], { cwd })).exitCode, 0);
    for (const [argv, exitCode] of [
      [['lint', '--format', 'sarif'], 2],
      [['lint', 'nope'], 3],
    ] as const) {
      const ran = await runProgram(argv, { cwd });
      assert.deepEqual([ran.exitCode, ran.out], [exitCode, '']);
      assert.notEqual(ran.err, '');
    }
  });

  it('reads standard input, a byte order mark included', async () => {
    const stdin = `\uFEFF${portalService['apis/orders/policy.xml']}`;
    const argv = ['lint', '--stdin', '--stdin-filepath', 'apis/orders/policy.xml', '--format', 'json'];
    const { exitCode, out } = await runProgram(argv, { cwd: makeFolder(portalService), stdin });
    const [finding] = JSON.parse(out).findings;
    assert.deepEqual([exitCode, finding.ruleId, finding.range.start.line], [1, 'base-inherits-portal-cors', 2]);
  });

  it('writes large results to a pipe as a whole', async () => {
    const cwd = makeFolder({ 'policy.xml': definition('    <set-header name="a" />\n'.repeat(20_000)) });
    const { exitCode, out } = await runProgram(['effective', 'policy.xml', '--format', 'json'], { cwd });
    assert.equal(exitCode, 0);
    assert.equal(JSON.parse(out).chains[0].sections.inbound.length > 19_000, true);
  });

  it('ends quietly where the reader of its output goes away', async () => {
    const cwd = makeFolder({ 'policy.xml': definition('    <set-header name="a" />\n'.repeat(20_000)) });
    const child = spawn(process.execPath, [program, 'effective', 'policy.xml'], { cwd });
    let err = '';
    child.stderr.on('data', (text) => {
      err += text;
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const exitCode = await new Promise((done) => child.on('close', done));
    assert.deepEqual([exitCode, err], [0, '']);
  });

  it('reports the findings of the samples', async () => {
    const apim = await runProgram(['lint', 'samples/contoso-apim', '--format', 'json']);
    const findings: { ruleId: string; file: string; fixes: unknown[] }[] = JSON.parse(apim.out).findings;
    assert.deepEqual(
      findings.map(({ ruleId, file }) => `${file} ${ruleId}`),
      [
        'samples/contoso-apim/apis/catalog/operations/delete-item/policy.xml operation-override-behind-base',
        'samples/contoso-apim/apis/orders/policy.xml base-inherits-portal-cors',
        'samples/contoso-apim/apis/quotes-passthrough/policy.xml base-removed',
      ],
    );
    assert.equal(findings[1]?.fixes.length, 5);
    const gateway = await runProgram(['lint', 'samples/contoso-gateway']);
    assert.deepEqual(gateway, { exitCode: 0, out: 'No findings in 6 files.\n', err: '' });
  });
});
