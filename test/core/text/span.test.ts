import { strict as assert } from 'node:assert';
import { spanContains, spanTouches } from '../../../server/src/core/text/span';

describe('span', () => {
  const span = { start: 2, end: 5 };

  it('is touched by every offset in it and by the one behind it', () => {
    assert.deepEqual(
      [1, 2, 4, 5, 6].map((offset) => spanTouches(span, offset)),
      [false, true, true, true, false],
    );
  });

  it('contains itself and what lies in it', () => {
    assert.equal(spanContains(span, span), true);
    assert.equal(spanContains(span, { start: 3, end: 4 }), true);
    assert.equal(spanContains(span, { start: 1, end: 3 }), false);
  });
});
