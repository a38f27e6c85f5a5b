import { maskText } from './expressionMask';
import { literalProblems } from './literalProblems';
import { scanMarkup } from './markupScanner';
import { scanNamedValues } from './namedValueScanner';
import { scanPlaceholders } from './placeholderScanner';
import type { PolicyDocument, PolicyNode, SyntaxProblem } from './policyTree';
import { notAPolicy, severalRoots } from './rootProblems';
import { readTags, type SaxComplaintKind, type SaxReading } from './saxReader';
import { documentKindOf } from './sniffPolicy';
import { characterAt, problemAt } from './syntaxProblems';
import { nestTags } from './tagNesting';
import { textProblems } from './textProblems';
import { buildTree } from './treeBuilder';

/**
 * Reads one text. Never throws, whatever the text is, and takes time in proportion to its length: broken text gives a
 * tree and problems, never nothing.
 *
 * One pass over the raw text finds markup and expressions, sax reads the masked text, and the tree is built from the tags
 * that both have found. Every span refers to the text as given.
 */
export function parsePolicyDocument(text: string, path: string, version: number): PolicyDocument {
  if (text.includes('\0')) return binaryDocument(text, path, version);
  const scan = scanMarkup(text);
  const nesting = nestTags(text, scan.tokens);
  // What nesting takes out of the mask counts more than what the scanner puts in.
  const reading = readTags(maskText(text, [...nesting.repairs, ...scan.repairs]));
  const known = [...scan.problems, ...nesting.problems];
  if (known.length === 0) known.push(...problemsSaxSees(reading));
  const comments = scan.tokens.filter(({ kind }) => kind === 'comment').map(({ span }) => span);
  const placeholders = scanPlaceholders(text, scan.expressions, comments);
  const tree = buildTree(text, scan.tokens, nesting.closes, reading);

  const { nodes, roots, unreadable } = tree;
  const root = roots[0];
  const kind = documentKindOf(root?.name);
  const all =
    root === undefined
      ? // Where there is no element, that is the one thing to say, and what may have swallowed them.
        known.filter(({ ruleId }) => ruleId === 'syntax-incomplete-markup')
      : [
          ...known,
          ...unreadable,
          ...literalProblems(text, scan.tokens, scan.expressions, placeholders),
          ...textProblems(text),
        ];
  const problems = withoutConsequences(text, all);
  if (kind === 'unrecognised') problems.push(notAPolicy(text, root));
  const [, secondRoot] = roots;
  if (root !== undefined && secondRoot !== undefined) problems.push(severalRoots(root, secondRoot));
  problems.sort((one, other) => one.span.start - other.span.start || one.span.end - other.span.end);
  const namedValues = scanNamedValues(text, tree.stretches);
  return { path, version, text, kind, root, nodes, expressions: scan.expressions, namedValues, placeholders, problems };
}

/** Without what is said of the end tags of elements whose start tags have lost their `<`. */
function withoutConsequences(text: string, problems: readonly SyntaxProblem[]): SyntaxProblem[] {
  const lost = new Map<string, number>();
  for (const { ruleId, variant, span } of problems) {
    if (ruleId !== 'syntax-incomplete-tag' || variant !== 'legal') continue;
    const endTag = `</${text.slice(span.start, span.end)}>`;
    lost.set(endTag, (lost.get(endTag) ?? 0) + 1);
  }
  if (lost.size === 0) return [...problems];
  return problems.filter(({ ruleId, span }) => {
    const written = text.slice(span.start, span.end);
    const left = ruleId === 'syntax-unexpected-end-tag' ? (lost.get(written) ?? 0) : 0;
    if (left > 0) lost.set(written, left - 1);
    return left === 0;
  });
}

/** What neither the scanner nor the nesting has found; sax's other complaints only repeat, or follow from, theirs. */
function problemsSaxSees({ complaints }: SaxReading): readonly SyntaxProblem[] {
  return complaints.slice(0, 1).map(({ kind, offset }) => problemAt(characterAt(offset), saxMessages[kind]));
}

/** No text is known that needs one of these: the scanner takes out of the mask what it cannot read. */
const saxMessages: Readonly<Record<SaxComplaintKind, string>> = {
  nesting: 'The elements here are not well-formed XML: their tags do not match. Check their names.',
  name: 'This tag is not well-formed XML: its name has a character that cannot be there. Correct the name.',
  attribute: 'This tag is not well-formed XML: one of its attributes cannot be read. Check names, = and quotes.',
  text: 'This text is not well-formed XML. Check it for < and &, and whether it stands in the root element.',
  other: 'This is not well-formed XML, so the service may refuse the document. Check the tags and quotes here.',
};

/** No text has NUL characters, but UTF-16 that was read as something else has, and so have images. */
function binaryDocument(text: string, path: string, version: number): PolicyDocument {
  const nodes: readonly PolicyNode[] = [{ kind: 'skipped', span: { start: 0, end: text.length }, parent: undefined }];
  const problems = [notAPolicy(text, undefined)];
  return {
    path,
    version,
    text,
    kind: 'unrecognised',
    root: undefined,
    nodes,
    expressions: [],
    namedValues: [],
    placeholders: [],
    problems,
  };
}
