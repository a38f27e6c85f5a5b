import assert from 'node:assert/strict';
import { findingOf, lint, lintAll } from '../support/service';

const fragment = 'policy fragments/f/policy.xml';
const including = { 'policy.xml': '<policies><inbound><include-fragment fragment-id="f" /></inbound></policies>' };
const inFragment = (text: string) => ({ ...including, [fragment]: `<fragment>${text}</fragment>` });

describe('fragment-with-section', () => {
  it('reports sections and whole definitions in a fragment', () => {
    assert.deepEqual(lint(inFragment('<inbound><set-header name="a" /></inbound><on-error />'), fragment), [
      'error fragment-with-section "inbound"',
      'error fragment-with-section "on-error"',
    ]);
    assert.deepEqual(lint(inFragment('<policies><inbound /></policies>'), fragment), [
      'error fragment-with-section "policies"',
    ]);
    assert.equal(
      findingOf(inFragment('<outbound />'), fragment, 'fragment-with-section').message,
      'A policy fragment cannot hold sections: its policies run in the section that includes it. Move what is in <outbound> out of it, and remove it.',
    );
  });
  it('stays silent in definitions, and in what a policy writes', () => {
    assert.deepEqual(lintAll(inFragment('<set-body><inbound /></set-body>')), []);
    assert.deepEqual(lintAll(inFragment('<set-header name="a"><value>inbound</value></set-header>')), []);
  });
});
