import assert from 'node:assert/strict';
import { findingOf, lint, lintAll } from '../support/service';

const fragment = 'policy fragments/f/policy.xml';
const including = { 'policy.xml': '<policies><inbound><include-fragment fragment-id="f" /></inbound></policies>' };
const inFragment = (text: string) => ({ ...including, [fragment]: `<fragment>${text}</fragment>` });

describe('fragment-with-base', () => {
  it('reports <base /> in a fragment, in conditions too', () => {
    assert.deepEqual(lint(inFragment('<base />'), fragment), ['error fragment-with-base "<base />"']);
    const condition = '<choose><when condition="@(true)"><base /></when></choose>';
    assert.deepEqual(lint(inFragment(condition), fragment), ['error fragment-with-base "<base />"']);
    assert.equal(
      findingOf(inFragment('<base />'), fragment, 'fragment-with-base').message,
      'A policy fragment cannot hold <base />: it belongs to no scope, so it has no parent. Put <base /> beside the <include-fragment> of the policies that include it.',
    );
  });
  it('stays silent in definitions, and in what a policy writes', () => {
    assert.deepEqual(lintAll(inFragment('<set-body><html><base href="/" /></html></set-body>')), []);
    assert.deepEqual(lintAll(inFragment('<!-- <base /> -->')), []);
  });
});
