import assert from 'node:assert/strict';
import { findingOf, lint, lintAll } from '../support/service';

const fragment = 'policy fragments/f/policy.xml';
const including = { 'policy.xml': '<policies><inbound><include-fragment fragment-id="f" /></inbound></policies>' };
const inFragment = (text: string) => ({ ...including, [fragment]: `<fragment>${text}</fragment>` });

const other = { 'policy fragments/g/policy.xml': '<fragment />' };

describe('nested-fragment', () => {
  it('warns of a fragment in a fragment, in conditions too, and names both sources', () => {
    const include = '<include-fragment fragment-id="g" />';
    assert.deepEqual(lint({ ...other, ...inFragment(include) }, fragment), [`warning nested-fragment "${include}"`]);
    const condition = `<choose><otherwise>${include}</otherwise></choose>`;
    assert.deepEqual(lint({ ...other, ...inFragment(condition) }, fragment), [`warning nested-fragment "${include}"`]);
    assert.equal(
      findingOf({ ...other, ...inFragment(include) }, fragment, 'nested-fragment').message,
      'This fragment includes the fragment "g". Microsoft’s page says that a fragment cannot nest another one, while its policy toolkit offers to. Include both where they are used, or make sure that your service accepts it.',
    );
  });
  it('warns whatever the id is', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
    const include = '<include-fragment fragment-id="${id}" />';
    assert.deepEqual(lint(inFragment(include), fragment), [`warning nested-fragment "${include}"`]);
  });
  it('stays silent in definitions, and in what a policy writes', () => {
    assert.deepEqual(lintAll(inFragment('')), []);
    assert.deepEqual(lintAll(inFragment('<set-body><include-fragment fragment-id="f" /></set-body>')), []);
  });
});
