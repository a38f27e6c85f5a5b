import assert from 'node:assert/strict';
import {
  applyEdits,
  isFirstOnLine,
  lineEndNear,
  removalSpans,
  wholeLines,
} from '../../../server/src/core/text/textEdits';
import { textWithSpans } from '../../support/markers';

/** The text without its marked spans. */
function without(fixture: string): string {
  const { text, spans } = textWithSpans(fixture);
  return applyEdits(
    text,
    removalSpans(text, spans).map((span) => ({ span, newText: '' })),
  );
}

describe('removalSpans', () => {
  const cases: readonly (readonly [title: string, fixture: string, expected: string])[] = [
    ['takes a line of its own with its end', 'a\n  «x»\nb', 'a\nb'],
    ['takes \\r\\n as one line end', 'a\r\n\t«x» \r\nb', 'a\r\nb'],
    ['takes the last line of a text without a line end', 'a\n  «x»', 'a\n'],
    ['takes several lines', 'a\n  «x\n  y»\nb', 'a\nb'],
    ['keeps the indentation of what follows on the line', 'a\n  «x» b\nc', 'a\n  b\nc'],
    ['leaves no blanks at the end of a line', 'a\n  b «x» \nc', 'a\n  b\nc'],
    ['leaves one gap of two', 'a «x» b', 'a b'],
    ['leaves no gap before what follows at once', 'a «x»b', 'ab'],
    ['takes nothing else where nothing is blank', 'a«x»b', 'ab'],
    ['takes spans side by side as one', 'a\n  «x» «y»\nb', 'a\nb'],
    ['takes spans on lines of their own', 'a\n  «x»\n  «y»\nb', 'a\nb'],
    ['takes spans in any place', '«x» a «y»', 'a'],
  ];
  for (const [title, fixture, expected] of cases) it(title, () => assert.equal(without(fixture), expected));

  it('gives spans in order, whatever the order of the wanted ones', () => {
    const [one, other] = [
      { start: 4, end: 5 },
      { start: 0, end: 1 },
    ];
    assert.deepEqual(removalSpans('x\nb\ny\n', [one, other]), [
      { start: 0, end: 2 },
      { start: 4, end: 6 },
    ]);
  });
});

describe('applyEdits', () => {
  it('keeps the order of edits at the same place', () => {
    const at = { start: 1, end: 1 };
    const edits = ['1', '2'].map((newText) => ({ span: at, newText }));
    assert.equal(applyEdits('ab', edits), 'a12b');
  });
  it('throws where two edits overlap', () => {
    const edits = [
      { span: { start: 0, end: 2 }, newText: '' },
      { span: { start: 1, end: 3 }, newText: '' },
    ];
    assert.throws(() => applyEdits('abc', edits), /overlap at 1/);
  });
});

describe('lines in edits', () => {
  it('end as near the offset, else as the first line does, else with \\n', () => {
    assert.equal(lineEndNear('a\nb\r\nc', 2), '\r\n');
    assert.equal(lineEndNear('a\r\nb', 3), '\r\n');
    assert.equal(lineEndNear('a\rb', 0), '\r');
    assert.equal(lineEndNear('a', 0), '\n');
  });
  it('begin with blanks, or behind a byte order mark', () => {
    assert.equal(isFirstOnLine('\ufeff<a />', 1), true);
    assert.equal(isFirstOnLine('<a /> ', 6), false);
  });
  it('are whole only where nothing else stands on them', () => {
    const span = { start: 4, end: 5 };
    assert.equal(wholeLines('a\n  x b', span), span);
    assert.deepEqual(wholeLines('a\n  x \nb', span), { start: 2, end: 7 });
  });
});
