import assert from 'node:assert/strict';
import { lintCors, ordersPolicy, withCors } from '../support/corsElements';
import { shopCors } from '../support/policies';
import { applyFix, findingOf, lint } from '../support/service';

const ruleId = 'element-order';
const list = (name: string) => new RegExp(` *<${name}[ >][\\s\\S]*</${name}>\\n`);
const partOf = (name: string) => list(name).exec(shopCors)?.[0] ?? '';
const [origins, methods, headers] = ['allowed-origins', 'allowed-methods', 'allowed-headers'].map(partOf);
const made = (...parts: readonly (string | undefined)[]) => `    <cors>\n${parts.join('')}    </cors>`;
const exposed = '      <expose-headers>\n        <header>x-trace</header>\n      </expose-headers>\n';

describe(ruleId, () => {
  it('warns once of another order, at the first list that stands too early', () => {
    assert.deepEqual(lintCors(made(origins, exposed, headers, methods)), [`warning ${ruleId} "expose-headers"`]);
    assert.equal(
      findingOf(withCors(made(headers, methods, origins)), ordersPolicy, ruleId).message,
      'Microsoft’s page asks to keep the order of its policy statement: allowed-origins, allowed-methods and allowed-headers. The official schema accepts any order, so this may well work; put them in order to be sure.',
    );
  });
  it('warns of empty lists, of no origins, and of a repeated list', () => {
    assert.deepEqual(lintCors(made('<allowed-origins />', methods, headers)), [
      `warning ${ruleId} "<allowed-origins />"`,
    ]);
    assert.deepEqual(lintCors(made(methods, headers)), [`warning ${ruleId} "<cors>"`]);
    assert.deepEqual(lintCors(made(origins, methods, headers, '<expose-headers><!-- none --></expose-headers>')), [
      `warning ${ruleId} "<expose-headers>"`,
    ]);
    assert.deepEqual(lintCors(made(origins, methods, headers, headers)), [`warning ${ruleId} "<allowed-headers>"`]);
    assert.match(
      findingOf(withCors(made('<allowed-origins />', methods, headers)), ordersPolicy, ruleId).message,
      /Nobody is admitted\.$/,
    );
  });

  const silent: Readonly<Record<string, string>> = {
    'for the documented order': made(origins, methods, headers, exposed),
    'with comments between': made('<!-- a -->', origins, '<!-- b -->', methods, headers),
    'for a list that a deployment tool fills': made('<allowed-origins>#{origins}#</allowed-origins>', methods, headers),
    'for a cors that a deployment tool fills': '<cors>#{lists}#</cors>',
  };
  for (const [title, text] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintCors(text).filter((line) => line.includes(ruleId)),
        [],
      );
    });
  }

  it('puts the lists in order, with the comments that belong to them', () => {
    const told = `      <!-- what pages send -->\n${headers}`;
    const after = applyFix(withCors(made(told, exposed, origins, methods)), ordersPolicy, ruleId, 'reorder-lists');
    assert.equal(after[ordersPolicy], withCors(made(origins, methods, told, exposed))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
  });
  it('removes an empty expose-headers, and offers as a guess to remove empty methods', () => {
    const empty = withCors(made(origins, methods, headers, '      <expose-headers />\n'));
    const after = applyFix(empty, ordersPolicy, ruleId, 'remove-empty-list');
    assert.equal(after[ordersPolicy], withCors(made(origins, methods, headers))[ordersPolicy]);
    assert.deepEqual(lint(after, ordersPolicy), []);
    const files = withCors(made(origins, '      <allowed-methods preflight-result-max-age="300" />\n', headers));
    assert.deepEqual(
      findingOf(files, ordersPolicy, ruleId).fixes.map(({ isGuess }) => isGuess),
      [true],
    );
  });
});
