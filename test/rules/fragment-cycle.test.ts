import assert from 'node:assert/strict';
import { findingOf, lint, lintAll } from '../support/service';

const fragment = 'policy fragments/f/policy.xml';
const including = { 'policy.xml': '<policies><inbound><include-fragment fragment-id="f" /></inbound></policies>' };
const inFragment = (text: string) => ({ ...including, [fragment]: `<fragment>${text}</fragment>` });

const include = (id: string): string => `<include-fragment fragment-id="${id}" />`;
const others = (ids: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(ids).map(([id, next]) => [
      `policy fragments/${id}/policy.xml`,
      `<fragment>${include(next)}</fragment>`,
    ]),
  );

describe('fragment-cycle', () => {
  it('reports a fragment that includes itself', () => {
    assert.deepEqual(lintAll(inFragment(include('F'))), [`${fragment}: error fragment-cycle "${include('F')}"`]);
    assert.equal(
      findingOf(inFragment(include('f')), fragment, 'fragment-cycle').message,
      'The fragment "f" includes itself: this has no end, so the service cannot accept it. Remove one of these inclusions.',
    );
  });
  it('reports every fragment of a circle, and names the way', () => {
    const files = { ...inFragment(include('g')), ...others({ g: 'h', h: 'f' }) };
    assert.deepEqual(
      lintAll(files).map((line) => line.replace(/".*/, '')),
      ['f', 'g', 'h'].map((id) => `policy fragments/${id}/policy.xml: error fragment-cycle `),
    );
    assert.match(
      findingOf(files, fragment, 'fragment-cycle').message,
      /^The fragment "f" includes "g", which includes "h", which includes "f" again:/,
    );
  });
  it('leaves a fragment that only leads into a circle to nested-fragment', () => {
    const files = { ...inFragment(include('g')), ...others({ g: 'g' }) };
    assert.deepEqual(lint(files, fragment), [`warning nested-fragment "${include('g')}"`]);
  });
  it('ends where many fragments include each other', () => {
    const ids = Array.from({ length: 300 }, (_, index) => `n${index}`);
    const all = ids.map((id) => [
      `policy fragments/${id}/policy.xml`,
      `<fragment>${ids.slice(0, 20).map(include).join('')}</fragment>`,
    ]);
    assert.equal(lint({ ...including, ...Object.fromEntries(all) }, 'policy fragments/n0/policy.xml').length, 20);
  });
  it('stays silent without a circle', () => {
    assert.deepEqual(lint({ ...inFragment(include('g')), 'policy fragments/g/policy.xml': '<fragment />' }, fragment), [
      `warning nested-fragment "${include('g')}"`,
    ]);
  });
});
