import assert from 'node:assert/strict';
import { applyEdits, type Finding, type Fix } from '../../server/src/core';
import { cors, definition, portalGlobal } from '../support/policies';
import { createRandom, type Random } from '../support/random';
import { absolute, openService, relative, type ServiceFiles } from '../support/service';

const origins = ['https://shop.contoso.com', 'https://admin.contoso.com', 'https://partner.example', '{{spa}}', '*'];
const documents = [
  'policy.xml',
  'products/starter/policy.xml',
  'apis/orders/policy.xml',
  'apis/orders/operations/get-order/policy.xml',
];

/** A service of four scopes with cors and base in any order, or none. */
function randomService(random: Random): ServiceFiles {
  const files: Record<string, string> = { 'products/starter/apis.json': '[{ "name": "orders" }]' };
  for (const path of documents) {
    if (random.chance(0.2)) continue;
    files[path] =
      path === 'policy.xml' && random.chance(0.5) ? portalGlobal(randomTerminate(random)) : randomDefinition(random);
  }
  return files;
}

function randomDefinition(random: Random): string {
  const statements = [
    ...(random.chance(0.8) ? ['    <base />'] : []),
    ...(random.chance(0.75) ? [randomCors(random)] : []),
    ...(random.chance(0.5)
      ? ['    <set-header name="x" exists-action="override">\n      <value>@("a" + "b")</value>\n    </set-header>']
      : []),
  ];
  return definition(statements.sort(() => random.oneOf([-1, 1])).join('\n'));
}

function randomCors(random: Random): string {
  return cors({
    origins: origins
      .filter(() => random.chance(0.35))
      .slice(0, 3)
      .concat(random.oneOf(origins)),
    methods: random.oneOf([['*'], ['GET'], ['GET', 'PUT']]),
    headers: random.oneOf([['*'], ['content-type'], ['content-type', 'authorization']]),
    attributes: randomTerminate(random) + random.oneOf(['', '', ' allow-credentials="true"']),
  });
}

function randomTerminate(random: Random): string {
  return random.oneOf([
    '',
    ' terminate-unmatched-request="false"',
    ' terminate-unmatched-request="true"',
    ' terminate-unmatched-request="@(context.Subscription != null)"',
  ]);
}

function afterFix(files: ServiceFiles, fix: Fix): ServiceFiles {
  const after: Record<string, string> = { ...files };
  for (const path of new Set(fix.edits.map((edit) => relative(edit.path)))) {
    const edits = fix.edits.filter((edit) => relative(edit.path) === path);
    after[path] = applyEdits(after[path] ?? '', edits);
  }
  return after;
}

function keysOf(files: ServiceFiles, path: string): readonly string[] {
  return openService(files).findings(absolute(path)).map(keyOf);
}

function keyOf({ ruleId, severity }: Finding): string {
  return `${severity} ${ruleId}`;
}

describe('every fix of an inherited cors, on 300 random services', function () {
  this.timeout(60_000);

  it('removes its finding, and brings no new warning or error to its document that its title does not name', () => {
    let tried = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const files = randomService(createRandom(seed));
      for (const path of documents) {
        if (files[path] === undefined) continue;
        const before = openService(files).findings(absolute(path));
        for (const finding of before) {
          for (const fix of finding.fixes) {
            tried++;
            const after = keysOf(afterFix(files, fix), path);
            const told = `seed ${seed}, ${path}, ${finding.ruleId}, ${fix.id}`;
            const count = (keys: readonly string[]) => keys.filter((key) => key === keyOf(finding)).length;
            assert.ok(count(after) < count(before.map(keyOf)), `${told}: the finding is still there`);
            const isNamed = (key: string) => fix.title.includes(key.split(' ')[1] ?? '');
            const isNew = (key: string) => !before.map(keyOf).includes(key) && !isNamed(key);
            const added = after.filter((key) => !key.startsWith('information') && isNew(key));
            assert.deepEqual(added, [], told);
          }
        }
      }
    }
    assert.ok(tried > 300, `fixes tried: ${tried}`);
  });
});
