import { strict as assert } from 'node:assert';
import { createCsharpScan, readCsharp } from '../../../server/src/core/syntax/csharpScanner';
import { readMarkers } from '../../support/markers';

/** The marked spans are all stops of the expression before the limit, and these are their kinds. */
function check(marked: string, ...expected: readonly string[]): void {
  const { text, spans } = readMarkers(marked);
  assert.deepEqual(
    stopsOf(text),
    spans.map(({ start, end }, index) => `${expected[index]} ${start}-${end}`),
  );
  assert.equal(spans.length, expected.length, 'as many marked spans as expected stops');
}

/** Where one breaks off, a `!` stands behind its kind. */
function stopsOf(text: string, decodesEntities = true): readonly string[] {
  const stops: string[] = [];
  const scan = createCsharpScan(text, 0, { decodesEntities });
  for (let stop = readCsharp(scan); stop !== 'limit'; stop = readCsharp(scan)) {
    stops.push(`${stop}${scan.reach === 'unterminated' ? '!' : ''} ${scan.stopStart}-${scan.offset}`);
  }
  return stops;
}

describe('csharpScanner: what is no code', () => {
  it('is a string, a character and a comment', () => {
    check(`@(a + «"b)"» + «'c'» «/* ) */»«)»`, 'string', 'character', 'comment', 'end');
  });
  it('is a string on both sides of its holes, with the formats in them', () => {
    check('@($«"a{»b«:0.0»«}c{»d[«"e"»]«}"»«)»', 'string', 'format', 'string', 'string', 'string', 'end');
  });
  it('is a line of the preprocessor, on the first line too', () => {
    check('@{«#region a»\n b; # c\n «#endregion»\n«}»', 'comment', 'comment', 'end');
  });
  it('is no line of the preprocessor in a single statement', () => {
    check('@(a\n#b«)»', 'end');
  });
  it('is the same where it is escaped', () => {
    const stops = ['string', 'character', 'comment', 'string', 'end'];
    check('@(a[«&quot;b&quot;»] &lt; «&apos;c&apos;» «// d»&#xA; «&quot;e&quot;»«)»', ...stops);
  });
  it('is no entity where entities are text', () => {
    assert.deepEqual(stopsOf('@(&quot;b&apos; // d&#xA;)', false), ['comment 16-26']);
  });
});

describe('csharpScanner: behind what is broken', () => {
  it('goes on behind a string that breaks off at its line', () => {
    check('@(«"a + b»\n «"c"»«)»', 'string!', 'string', 'end');
  });
  it('goes on behind markup, and behind a statement that ends in brackets', () => {
    check('@{ a(b«;» «<»/c> «/»> «"d"») «}»', 'foreign', 'foreign', 'foreign', 'string', 'end');
  });
  it('leaves a bracket open that another one would close', () => {
    check('@{ a(b«}» «"c"») «}»', 'wrongBracket', 'string', 'end');
  });
  it('ends a hole with its brace alone', () => {
    check('@($«"a{»b«)»«}c"» + «"d"»«)»', 'string', 'wrongBracket', 'string', 'string', 'end');
  });
  it('goes on behind the end of the expression', () => {
    check('@(a«)» «"b"» «)»', 'end', 'string', 'wrongBracket');
  });
});
