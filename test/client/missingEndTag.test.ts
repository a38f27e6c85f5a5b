import assert from 'node:assert/strict';
import { carryOver, isPlainContent, makeRoom, type TextChange } from '../../client/src/missingEndTag';

const place = { askedAt: 10, contentEnd: 15 };
const change = (rangeOffset: number, rangeLength: number, text: string): TextChange => ({
  rangeOffset,
  rangeLength,
  text,
});

describe('a missing end tag', () => {
  it('comes behind what was typed where it belongs, and stays before what is typed behind it', () => {
    assert.deepEqual(carryOver(place, change(15, 0, 'ab')), { askedAt: 10, contentEnd: 17 });
    assert.deepEqual(carryOver(place, change(11, 2, '')), { askedAt: 10, contentEnd: 13 });
    assert.deepEqual(carryOver(place, change(16, 3, 'ab')), place);
    assert.deepEqual(carryOver(place, change(2, 1, 'abc')), { askedAt: 12, contentEnd: 17 });
  });
  it('is given up where its tag, or the place itself, is replaced', () => {
    assert.equal(carryOver(place, change(9, 1, '')), undefined);
    assert.equal(carryOver(place, change(8, 4, 'a')), undefined);
    assert.equal(carryOver(place, change(14, 3, 'a')), undefined);
  });
  it('comes behind the end tag of an inner element, and before that of an outer one', () => {
    assert.deepEqual(makeRoom(place, { offset: 15, length: 4, isOuter: false }), { askedAt: 10, contentEnd: 19 });
    assert.deepEqual(makeRoom(place, { offset: 15, length: 4, isOuter: true }), place);
    assert.deepEqual(makeRoom(place, { offset: 3, length: 4, isOuter: true }), { askedAt: 14, contentEnd: 19 });
  });
  it('needs another answer when markup was typed or something was removed', () => {
    assert.ok(isPlainContent(change(10, 0, 'ab >')));
    assert.ok(!isPlainContent(change(10, 0, '<')));
    assert.ok(!isPlainContent(change(10, 1, '')));
  });
});
