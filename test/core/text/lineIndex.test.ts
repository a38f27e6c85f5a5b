import { strict as assert } from 'node:assert';
import { createLineIndex } from '../../../server/src/core/text/lineIndex';

describe('lineIndex', () => {
  it('counts lines at every kind of line end, also where a file mixes them', () => {
    const index = createLineIndex('a\nb\r\nc\rd');
    assert.equal(index.lineCount, 4);
    assert.deepEqual(
      [0, 2, 5, 7].map((offset) => index.positionAt(offset)),
      [0, 1, 2, 3].map((line) => ({ line, character: 0 })),
    );
  });

  it('keeps an offset between \\r and \\n on the line that they end', () => {
    assert.deepEqual(createLineIndex('ab\r\nc').positionAt(3), { line: 0, character: 3 });
  });

  it('reads \\n\\r as two line ends', () => {
    assert.equal(createLineIndex('a\n\rb').lineCount, 3);
  });

  it('counts UTF-16 units, and a BOM as one of them', () => {
    assert.deepEqual(createLineIndex('\uFEFF😀<a/>').positionAt(3), { line: 0, character: 3 });
  });

  it('moves offsets outside the text to its nearest end', () => {
    const index = createLineIndex('ab\ncd');
    assert.deepEqual(index.positionAt(-5), { line: 0, character: 0 });
    assert.deepEqual(index.positionAt(99), { line: 1, character: 2 });
  });

  it('finds the offset of every position that it gives', () => {
    const text = 'one\r\n\r\ntwo\n\tthree\r';
    const index = createLineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) {
      if (text[offset - 1] === '\r' && text[offset] === '\n') continue;
      assert.equal(index.offsetAt(index.positionAt(offset)), offset);
    }
  });

  it('moves a character behind the end of its line to the end of the line, before the line break', () => {
    const index = createLineIndex('ab\r\ncd\nef\rgh');
    assert.deepEqual(
      [0, 1, 2, 3, 4].map((line) => index.offsetAt({ line, character: 50 })),
      [2, 6, 9, 12, 12],
    );
  });

  it('moves negative lines and characters to the beginning', () => {
    const index = createLineIndex('ab\ncd');
    assert.equal(index.offsetAt({ line: -1, character: 1 }), 0);
    assert.equal(index.offsetAt({ line: 1, character: -1 }), 3);
  });

  it('gives the range of a span', () => {
    assert.deepEqual(createLineIndex('a\nbc').rangeOf({ start: 0, end: 4 }), {
      start: { line: 0, character: 0 },
      end: { line: 1, character: 2 },
    });
  });

  it('has one line for an empty text', () => {
    const index = createLineIndex('');
    assert.equal(index.lineCount, 1);
    assert.equal(index.offsetAt({ line: 3, character: 3 }), 0);
  });
});
