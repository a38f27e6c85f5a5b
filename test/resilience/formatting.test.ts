import { strict as assert } from 'node:assert';
import { formatDocument, formatRange } from '../../server/src/core/features/formatting/formatDocument';
import { formatOnType, formattingTriggers } from '../../server/src/core/features/formatting/formatOnType';
import { type FormattingStyle, serviceStyle } from '../../server/src/core/features/formatting/formattingStyle';
import { createLineTable } from '../../server/src/core/features/formatting/lineTable';
import { planLayout } from '../../server/src/core/features/formatting/planLayout';
import type { PolicyDocument, PolicyExpression, PolicyNode } from '../../server/src/core/syntax/policyTree';
import { applyEdits } from '../../server/src/core/text/textEdits';
import { findCorpus, readCorpus } from '../support/corpus';
import { assertLinearTime, repeat } from '../support/linearTime';
import { createRandom } from '../support/random';
import { randomPolicy } from '../support/randomPolicy';
import { parse } from '../support/syntax';
import { editedText } from './editedText';

const styles: readonly FormattingStyle[] = [serviceStyle, { indentation: '  ' }, { indentation: '    ' }];

/**
 * Formats a text and returns the result, after it has held that formatting changes white space alone, leaves what the
 * text says, and has nothing to do the second time. None of this asks the formatter's own judgement.
 */
function formatWell(text: string, style: FormattingStyle): string {
  const document = parse(text);
  const formatted = applyEdits(text, formatDocument(document, style));
  assert.equal(withoutSpace(formatted), withoutSpace(text));
  const after = parse(formatted);
  assert.deepEqual(contentOf(after), contentOf(document));
  assert.deepEqual(formatDocument(after, style), [], 'formatting again changes something');
  return formatted;
}

function withoutSpace(text: string): string {
  return text.replace(/[ \t\r\n]+/g, '');
}

/** What a document says, a line for each tag, value, text and comment; lines of C# and comments without indentation. */
function contentOf({ text, nodes, problems }: PolicyDocument): readonly string[] {
  const content = problems.map(({ ruleId }) => ruleId as string);
  const code = ({ span }: PolicyExpression): string => withoutIndentation(text.slice(span.start, span.end));
  const waiting: (PolicyNode | string)[] = [...nodes].reverse();
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (typeof node === 'string') {
      content.push(node);
    } else if (node.kind === 'element') {
      const attributes = node.attributes.map(({ name, quote, value, expression }) => {
        return `${name}${quote}${expression === undefined ? value : code(expression)}`;
      });
      content.push([node.closing, node.name, ...attributes].join(' '));
      waiting.push(`end of ${node.name}`);
      for (let index = node.children.length - 1; index >= 0; index--) waiting.push(node.children[index] as PolicyNode);
    } else if (node.kind === 'text' && node.expression !== undefined) {
      content.push(code(node.expression));
    } else {
      const written = text.slice(node.span.start, node.span.end);
      if (node.kind === 'comment') content.push(withoutIndentation(written));
      else if (node.kind !== 'text' || /[^ \t\r\n\uFEFF]/.test(written)) content.push(written);
    }
  }
  return content;
}

function withoutIndentation(text: string): string {
  return text.replace(/(\r\n|\n|\r)[ \t]*/g, '$1');
}

/** Strings of C# that can go over several lines. A pattern is enough for sound code. */
function stringsOf({ text, expressions }: PolicyDocument): readonly string[] {
  return expressions.flatMap(
    ({ span }) => text.slice(span.start, span.end).match(/\$?@"(?:[^"]|"")*"|"""[^"]*"""/g) ?? [],
  );
}

function assertSameStrings(text: string, formatted: string): void {
  assert.deepEqual(stringsOf(parse(formatted)), stringsOf(parse(text)));
}

/** Any text: formatting it does not throw, and formatting it again changes nothing. */
function assertFormattable(text: string, style: FormattingStyle, how: string): string {
  try {
    return formatWell(text, style);
  } catch (error) {
    throw new Error(`${how}: ${JSON.stringify(text.slice(0, 3000))}`, { cause: error });
  }
}

describe('formatting leaves what a policy says', () => {
  const random = createRandom(20261120);

  it('in documents of any layout', function () {
    this.timeout(60_000);
    for (let run = 0; run < 1500; run++) {
      const text = randomPolicy(random);
      assert.deepEqual(parse(text).problems, [], text);
      assertSameStrings(text, assertFormattable(text, random.oneOf(styles), `Document ${run}`));
    }
  });

  it('in a part of a document, and the whole comes out as if it had been formatted at once', function () {
    this.timeout(60_000);
    for (let run = 0; run < 500; run++) {
      const text = randomPolicy(random);
      const style = random.oneOf(styles);
      const start = random.below(text.length);
      const span = { start, end: Math.min(text.length, start + random.below(200)) };
      const edited = applyEdits(text, formatRange(parse(text), span, style));
      assert.deepEqual(contentOf(parse(edited)), contentOf(parse(text)));
      formatWell(edited, style);
    }
  });

  it('in documents with random edits, while typing too', function () {
    this.timeout(60_000);
    for (let run = 0; run < 1500; run++) {
      const text = editedText([randomPolicy(random)], run);
      const style = random.oneOf(styles);
      assertFormattable(text, style, `Edit ${run}`);
      const edits = formatOnType(parse(text), random.below(text.length + 1), random.oneOf(formattingTriggers), style);
      assert.equal(withoutSpace(applyEdits(text, edits)), withoutSpace(text));
    }
  });

  const folder = findCorpus();
  it('in all real files, and in damaged ones', function () {
    this.timeout(120_000);
    if (folder === undefined) {
      console.log('    There is no corpus of real policy files beside the project; this test did not run.');
      return;
    }
    const files = readCorpus(folder);
    for (const { path, text } of files) {
      for (const style of styles) assertSameStrings(text, assertFormattable(text, style, path));
    }
    const short = files.flatMap(({ text }) => (text.length < 6_000 ? [text] : []));
    for (let run = 0; run < 2000; run++) {
      assertFormattable(editedText(short, run), random.oneOf(styles), `Edit ${run}`);
    }
  });

  it('and all of what the service itself has written', () => {
    if (folder === undefined) {
      console.log('    There is no corpus of real policy files beside the project; this test did not run.');
      return;
    }
    const exported = readCorpus(folder).filter(({ path }) => /apiops-redbeard|StarWarsSynGQLApi\/resolvers/.test(path));
    const changed = exported.filter(({ text }) => formatWell(text, serviceStyle) !== text);
    console.log(`    ${exported.length - changed.length} of ${exported.length} exported files stay as they are.`);
    assert.equal(exported.length, 44);
    assert.deepEqual(
      changed.map(({ path }) => path),
      [],
    );
  });
});

/** Texts that would take quadratic time in a careless formatter; of about `length` characters. */
const texts: Readonly<Record<string, (length: number) => string>> = {
  'nested elements': (length) => repeat('<a>', length / 2) + '</a>'.repeat(Math.ceil(length / 6)),
  'nested elements on lines': (length) => repeat('<a>\n', length / 2) + '</a>\n'.repeat(Math.ceil(length / 8)),
  'elements on one line': (length) => `<a>${repeat('<b/>', length)}</a>`,
  'a deep line of elements': (length) => `${repeat(' ', length / 2)}<a>${repeat('<b/>', length / 2)}</a>`,
  blanks: (length) => `<a>${repeat(' ', length)}<b/></a>`,
  'blank lines': (length) => `<a>${repeat(' \n', length)}<b/></a>`,
  'lines of C#': (length) => `  <a b="@{\n${repeat('  c;\n', length)}}"/>`,
  'strings over several lines': (length) => ` <a b="@{\n${repeat('c(@"\n");\n', length)}}"/>`,
  '# and $ in C#': (length) => ` <a b="@{\n${repeat('#', length / 2)}\n${repeat('$', length / 2)}}"/>`,
  'expressions behind expressions': (length) => ` <a ${repeat('b="@{\n}" ', length)}/>`,
  'lines of a comment': (length) => `<a>\n   <!--\n${repeat('  b\n', length)}--></a>`,
  'lines of attributes': (length) =>
    `<a${Array.from({ length: length / 12 }, (_, at) => `\n  b${at} = "c"`).join('')}/>`,
  'elements with problems': (length) => `<a>${repeat('<b c="d" c="e"/>', length)}</a>`,
  'elements with several lines of text': (length) => `<a>${repeat('<b>\n c </b>', length)}</a>`,
  'unclosed elements': (length) => repeat('<a>\n', length),
  'end tags that close nothing': (length) => `<a>${repeat('<b/></c>', length)}</a>`,
};

describe('formatting takes time in proportion to the length', () => {
  for (const [name, textOfLength] of Object.entries(texts)) {
    it(name, function () {
      this.timeout(60_000);
      assertLinearTime((length) => {
        const document = parse(textOfLength(length));
        return () => {
          planLayout(document, createLineTable(document.text), serviceStyle);
          formatDocument(document, serviceStyle);
        };
      });
    });
  }

  it('100,000 levels', function () {
    this.timeout(60_000);
    assert.ok(formatDocument(parse('<a>'.repeat(100_000) + '</a>'.repeat(100_000)), serviceStyle).length > 100_000);
  });
});
