import { strict as assert } from 'node:assert';
import { sniffPolicy } from '../../../server/src/core/syntax/sniffPolicy';

describe('sniffPolicy', () => {
  it('tells the kind by the first element', () => {
    const roots = [
      'policies',
      'fragment',
      'http-data-source',
      'sql-data-source',
      'cosmosdb-data-source',
      'graphql-data-source',
    ];
    assert.deepEqual(
      roots.map((name) => sniffPolicy(`<${name}>`)),
      ['definition', 'fragment', 'resolver', 'resolver', 'resolver', 'resolver'],
    );
    assert.equal(sniffPolicy('<publish-event/>'), 'resolver');
    assert.equal(sniffPolicy('<policies'), 'definition');
  });

  it('looks behind a BOM, white space, a declaration, instructions, comments and a doctype', () => {
    const prologue =
      '\uFEFF\r\n\t<?xml version="1.0"?>\n<!-- <fragment> -->\n<?a <b>?><!----><!DOCTYPE a><!DOCTYPE a [ <!ENTITY b "c"> ]>';
    assert.equal(sniffPolicy(`${prologue}<policies>`), 'definition');
  });

  it('does not recognise other roots and other texts', () => {
    const texts = [
      '',
      'policies',
      '<html><policies>',
      '<Policies>',
      '<policies2>',
      '<x:policies>',
      '{ "a": "<policies>" }',
      '<!-- <policies>',
      '</policies>',
    ];
    assert.deepEqual(
      texts.map((text) => sniffPolicy(text)),
      texts.map(() => 'unrecognised'),
    );
  });

  it('looks at the beginning only', () => {
    assert.equal(sniffPolicy(`<!--${'a'.repeat(8000)}--><policies>`), 'definition');
    assert.equal(sniffPolicy(`<!--${'a'.repeat(9000)}--><policies>`), 'unrecognised');
  });
});
