import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, shopCors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const global = 'policy.xml';
const other = cors({ origins: ['https://b.example'], attributes: ' id="second"' });

describe('duplicate-cors-in-section', () => {
  it('reports every cors of a section but the first', () => {
    assert.deepEqual(
      lint(
        { 'apis/a/policy.xml': '<policies/>', [global]: globalDefinition(`${shopCors}\n${other}\n${shopCors}`) },
        global,
      ),
      ['error duplicate-cors-in-section "<cors id="second">"', 'error duplicate-cors-in-section "<cors>"'],
    );
  });
  it('counts the cors of a section that is written twice', () => {
    const text = `<policies><inbound>${shopCors}</inbound><inbound>${other}</inbound></policies>`;
    assert.deepEqual(lint({ 'apis/a/policy.xml': '<policies/>', [global]: text }, global), [
      'error duplicate-cors-in-section "<cors id="second">"',
    ]);
  });
  it('looks at fragments too', () => {
    const fragment = 'policy fragments/f/policy.xml';
    const including = definition('    <include-fragment fragment-id="f" />');
    const files = { 'apis/a/policy.xml': including, [fragment]: `<fragment>${shopCors}${other}</fragment>` };
    assert.deepEqual(lint(files, fragment), ['error duplicate-cors-in-section "<cors id="second">"']);
  });
  it('stays silent for one cors, and for others inside choose, of which cors-nested tells', () => {
    const nested = `${shopCors}\n<choose><when condition="@(true)">${other}</when></choose>`;
    assert.deepEqual(lint({ 'apis/a/policy.xml': '<policies/>', [global]: globalDefinition(nested) }, global), [
      'warning cors-nested "<cors id="second">"',
    ]);
  });

  describe('merges', () => {
    const ruleId = 'duplicate-cors-in-section';
    const api = 'apis/a/policy.xml';
    const service = (text: string) => ({ [api]: globalDefinition(text) });
    const merged = (one: string, two: string) => applyFix(service(`${one}\n${two}`), api, ruleId, 'merge-cors');
    const fixesOf = (one: string, two: string) => findingOf(service(`${one}\n${two}`), api, ruleId).fixes;
    const [a, b] = ['https://a.example', 'https://b.example'];

    it('two that differ in their origins alone, with comments and all', () => {
      const second = `    <!-- for b -->\n${cors({ origins: [b, a] })} <!-- done -->`;
      assert.equal(merged(cors({ origins: [a] }), second)[api], globalDefinition(cors({ origins: [a, b] })));
      assert.deepEqual(
        fixesOf(cors({ origins: [a] }), second).map(({ title, isGuess }) => [title, isGuess]),
        [['Merge into the first cors, which gets https://b.example; drops the comments of this one', false]],
      );
    });
    it('what they allow, too, as a guess that says so', () => {
      const [one, two] = [
        cors({ origins: [a], methods: ['GET'] }),
        cors({ origins: [b], methods: ['PUT'], headers: ['x-trace'] }),
      ];
      assert.equal(
        merged(one, two)[api],
        globalDefinition(
          cors({ origins: [a, b], methods: ['GET', 'PUT'], headers: ['content-type', 'authorization', 'x-trace'] }),
        ),
      );
      assert.deepEqual(
        fixesOf(one, two).map(({ title, isGuess }) => [title, isGuess]),
        [
          [
            'Merge into the first cors, which gets https://b.example, method PUT, header x-trace; all its origins then share the grants of both',
            true,
          ],
        ],
      );
    });
    it('and leaves no finding behind', () => {
      assert.deepEqual(lint(merged(cors({ origins: [a] }), cors({ origins: [b] })), api), []);
    });
    it('not where credentials or terminate-unmatched-request differ, or an entry is not known', () => {
      const plain = cors({ origins: [a] });
      for (const attributes of [' allow-credentials="true"', ' terminate-unmatched-request="false"']) {
        assert.deepEqual(fixesOf(plain, cors({ origins: [b], attributes })), [], attributes);
      }
      assert.deepEqual(fixesOf(plain, cors({ origins: [b], headers: ['@(MyHeader(context))'] })), []);
    });
  });
});
