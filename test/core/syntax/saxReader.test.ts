import { strict as assert } from 'node:assert';
import { readTags } from '../../../server/src/core/syntax/saxReader';
import { readMarkers } from '../../support/markers';

describe('saxReader', () => {
  it('gives the offset of every tag once, in order', () => {
    const { text, cursors } = readMarkers('\uFEFF <!-- <x> -->¦<a b="<c>">\r\n¦<d/>¦<e>¦</e><![CDATA[<f>]]>¦</a >\n');
    assert.deepEqual(readTags(text), { tagStarts: cursors, complaints: [] });
  });

  it('gives an end tag that closes several elements once', () => {
    const { text, cursors } = readMarkers('¦<a>¦<b>¦<c>¦</a>');
    const { tagStarts, complaints } = readTags(text);
    assert.deepEqual(tagStarts, cursors);
    assert.deepEqual(new Set(complaints.map(({ kind }) => kind)), new Set(['nesting']));
  });

  it('reads several roots with text in them', () => {
    const { text, cursors } = readMarkers('¦<a>¦</a>\n¦<b>c¦</b>');
    assert.deepEqual(readTags(text), { tagStarts: cursors, complaints: [] });
  });

  it('goes on behind an error, and tells its kind and place', () => {
    const { complaints } = readTags('<a b>x<c$ /></a>y');
    assert.deepEqual(complaints, [
      { kind: 'attribute', offset: 4 },
      { kind: 'name', offset: 8 },
      { kind: 'text', offset: 16 },
    ]);
  });
});
