import assert from 'node:assert/strict';
import { createRandom } from '../support/random';
import { namesService } from '../support/references';
import { absolute, openService, type ServiceFiles } from '../support/service';

const pieces = [
  '{{',
  '}}',
  '"',
  "'",
  '<base />',
  '<include-fragment fragment-id="',
  'context.Variables["',
  '-->',
  '<!--',
  '@(',
  '\\',
  '&quot;',
  '<fragment>',
  ']',
  '{{orders-url}}',
];

describe('names in damaged texts', () => {
  it('are asked about without an exception, and every edit of a rename replaces the name', function () {
    this.timeout(60_000);
    const random = createRandom(1);
    for (let round = 0; round < 400; round++) {
      const files: Record<string, string> = { ...namesService };
      for (let edits = 1 + random.below(6); edits > 0; edits--) {
        const path = random.oneOf(Object.keys(files));
        const text = files[path] ?? '';
        const at = random.below(text.length + 1);
        files[path] = text.slice(0, at) + random.oneOf(pieces) + text.slice(at + random.below(12));
      }
      askEverywhere(files, round);
    }
  });
  it('are found at any depth', function () {
    this.timeout(60_000);
    const depth = 50_000;
    const nested = `${'<choose><when>'.repeat(depth)}<include-fragment fragment-id="f" />${'</when></choose>'.repeat(depth)}`;
    const path = 'policy fragments/f/policy.xml';
    const service = openService({ 'policy.xml': '<policies />', [path]: `<fragment>${nested}</fragment>` });
    const rules = service.findings(absolute(path)).map(({ ruleId }) => ruleId);
    assert.deepEqual([...new Set(rules)].sort(), ['fragment-cycle', 'unused-fragment']);
    const offset = (service.store.text(absolute(path)) ?? '').indexOf('id="f') + 4;
    assert.equal(service.usesAt(absolute(path), offset, true)?.length, 2);
    assert.equal(service.complete(absolute(path), offset).length, 1);
  });
});

function askEverywhere(files: ServiceFiles, round: number): void {
  const random = createRandom(round);
  const service = openService(files);
  for (const path of service.model().documents.keys()) {
    const text = service.store.text(path) ?? '';
    service.findings(path);
    service.documentLinks(path);
    for (let asks = 0; asks < 8; asks++) {
      const offset = random.below(text.length + 1);
      service.definition(path, offset);
      service.usesAt(path, offset, true);
      service.hover(path, offset, () => '#');
      for (const { span } of service.complete(path, offset)) {
        assert.ok(span.start <= offset && offset <= span.end && !/[\r\n]/.test(text.slice(span.start, span.end)));
      }
      if (service.nameKindAt(path, offset) === undefined || service.tagPair(path, offset) !== undefined) continue;
      const target = service.renameTarget(path, offset);
      const renaming = service.rename(path, offset, 'renamed');
      if (target === undefined || renaming === undefined || 'refusedBecause' in renaming) continue;
      for (const edit of renaming.edits) {
        const replaced = service.store.text(edit.path)?.slice(edit.span.start, edit.span.end);
        const isFragmentRoot =
          target.name === 'fragment' || text.slice(target.span.start, target.span.end) !== target.name;
        assert.ok(
          isFragmentRoot || replaced?.toLowerCase() === target.name.toLowerCase(),
          `${replaced} for ${target.name} in round ${round}`,
        );
      }
    }
  }
}
