import assert from 'node:assert/strict';
import { rename, renameTargetAt } from '../../../server/src/core/features/rename';
import { applyEdits } from '../../../server/src/core/text/textEdits';
import { readMarkers, textWithCursor } from '../../support/markers';
import { parse } from '../../support/syntax';

/** The whole text after the rename; the reason where it is refused. */
function renamed(marked: string, newName: string): string | undefined {
  const { text, offset } = textWithCursor(marked);
  const renaming = rename(parse(text), offset, newName, undefined);
  if (renaming === undefined) return undefined;
  return 'edits' in renaming ? applyEdits(text, renaming.edits) : renaming.refusedBecause;
}

describe('rename', () => {
  const after = '<policies><outbound><base /></outbound></policies>';
  it('changes both tags of a pair, from either', () => {
    assert.equal(renamed('<policies><inb¦ound><base /></inbound></policies>', 'outbound'), after);
    assert.equal(renamed('<policies><¦inbound><base /></inbound></policies>', 'outbound'), after);
    assert.equal(renamed('<policies><inbound><base /></inbound¦></policies>', 'outbound'), after);
  });
  it('shows the name under the cursor while it is typed', () => {
    for (const marked of [
      '<policies><«inb¦ound»></inbound></policies>',
      '<policies><inbound></«inb¦ound»></policies>',
    ]) {
      const { text, cursors, spans } = readMarkers(marked);
      assert.deepEqual(renameTargetAt(parse(text), cursors[0] ?? -1, undefined), { span: spans[0], name: 'inbound' });
    }
  });
  it('refuses what cannot be a name', () => {
    for (const name of ['', 'a b', '1a', '<a', '-a', 'a"', '{{a}}']) {
      assert.match(
        renamed('<policies><inb¦ound></inbound></policies>', name) ?? '',
        /cannot be the name of an element/,
      );
    }
    assert.match(renamed('<policies><inb¦ound></inbound></policies>', 'überall.x-1') ?? '', /<überall.x-1>/);
  });
  it('has nothing to rename elsewhere', () => {
    for (const marked of [
      '<policies><ba¦se /></policies>',
      '<policies><inb¦ound></policies>',
      '<policies><a b="¦c"></a></policies>',
      '<policies><a>te¦xt</a></policies>',
      '<policies><a>@(b("<a¦>"))</a></policies>',
      '<!-- <a¦></a> --><policies></policies>',
    ]) {
      assert.equal(renamed(marked, 'x'), undefined, marked);
    }
  });
});
