import { strict as assert } from 'node:assert';
import { maskText } from '../../../server/src/core/syntax/expressionMask';

describe('expressionMask', () => {
  it('replaces every repair by its filler and keeps the length', () => {
    const text = '<a b="@(c\r\n)"/>';
    assert.equal(maskText(text, [{ start: 6, end: 12, filler: 'x' }]), '<a b="xxxxxx"/>');
  });

  it('replaces every &', () => {
    assert.equal(maskText('<a b="&amp;&"/>', []), '<a b="xamp;x"/>');
  });

  it('takes repairs in any order, and the outer one of two', () => {
    const repairs = [
      { start: 4, end: 5, filler: '>' },
      { start: 1, end: 4, filler: ' ' },
      { start: 2, end: 3, filler: 'x' },
    ] as const;
    assert.equal(maskText('abcdef', repairs), 'a   >f');
  });

  it('refuses repairs that overlap, since every offset rests on it', () => {
    assert.throws(() =>
      maskText('abcdef', [
        { start: 1, end: 3, filler: 'x' },
        { start: 2, end: 4, filler: 'x' },
      ]),
    );
  });
});
