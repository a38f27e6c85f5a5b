import { strict as assert } from 'node:assert';
import { readMarkers, textWithCursor, textWithSpans } from '../../support/markers';

describe('markers in fixtures', () => {
  it('are taken out, and give offsets in the text that is left', () => {
    assert.deepEqual(readMarkers('a¦b«c«d»»e'), {
      text: 'abcde',
      cursors: [1],
      spans: [
        { start: 2, end: 4 },
        { start: 3, end: 4 },
      ],
    });
  });

  it('throw where one is missing or too many', () => {
    for (const fixture of ['«a', 'a»', '«a»»']) assert.throws(() => readMarkers(fixture));
    for (const fixture of ['a', '¦a¦', '¦«a»']) assert.throws(() => textWithCursor(fixture));
    assert.throws(() => textWithSpans('¦«a»'));
  });
});
