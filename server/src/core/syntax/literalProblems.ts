import type { Span } from '../text/span';
import { skipSpace } from './characters';
import { cursorOver, type ForwardSearch, remember } from './forwardSearch';
import type { MarkupToken } from './markupTokens';
import type { Placeholder, PolicyAttribute, PolicyExpression, SyntaxProblem } from './policyTree';
import { at, characterAt, problemAt } from './syntaxProblems';
import { findTagWithoutStart, lessThan } from './tagText';
import { isLiquidTemplate } from './treeQueries';
import { forbiddenCharacter, isPredefinedEntity } from './xmlEntities';

/**
 * What is wrong in literal text: attribute values and element text that are no policy expressions, where `&` and `<` have
 * the meaning that XML gives them. One finding for each kind and value, whose fix mends all of that kind in it.
 */
export function literalProblems(
  text: string,
  tokens: readonly MarkupToken[],
  expressions: readonly PolicyExpression[],
  placeholders: readonly Placeholder[],
): readonly SyntaxProblem[] {
  const literal: Literals = {
    text,
    problems: [],
    nextAmpersand: remember((from) => text.indexOf('&', from)),
    nextLess: remember((from) => text.indexOf('<', from)),
    nextCdataEnd: remember((from) => text.indexOf(']]>', from)),
    nextCommentEnd: remember((from) => text.indexOf('-->', from)),
    hasOwnEntities: tokens.some(({ kind, span }) => kind === 'doctype' && declaresEntity(text, span)),
    isReplaced: cursorOver(placeholders.map(({ span }) => span)),
    isCode: cursorOver(expressions.map(({ span }) => span)),
  };
  let names: ReadonlySet<string> | undefined;
  const namesOfTags = (): ReadonlySet<string> => {
    names ??= new Set(tokens.flatMap((token) => ('name' in token ? [token.name] : [])));
    return names;
  };
  let isLiquid = false;
  for (const token of tokens) {
    if (token.kind === 'startTag') {
      isLiquid = isLiquidTemplate(token);
      if (!token.isDamaged) for (const attribute of token.attributes) checkValue(literal, attribute);
    } else if (token.kind === 'text' && token.expression === undefined) {
      checkText(literal, token.span, isLiquid, namesOfTags);
    } else if (token.kind === 'text') {
      checkAmpersands(literal, token.span);
    }
  }
  return literal.problems;
}

interface Literals {
  readonly text: string;
  readonly problems: SyntaxProblem[];
  readonly nextAmpersand: ForwardSearch;
  readonly nextLess: ForwardSearch;
  readonly nextCdataEnd: ForwardSearch;
  readonly nextCommentEnd: ForwardSearch;
  /** The document type declares entities, which are not looked at. */
  readonly hasOwnEntities: boolean;
  /** True where a deployment tool replaces the character. Ask in the order of the text. */
  readonly isReplaced: (offset: number) => boolean;
  /** True in an expression: of a value that has more than one, too. Ask in the order of the text. */
  readonly isCode: (offset: number) => boolean;
}

function declaresEntity(text: string, { start, end }: Span): boolean {
  return text.slice(start, end).includes('<!ENTITY');
}

function checkValue(literal: Literals, { valueSpan, expression }: PolicyAttribute): void {
  if (expression !== undefined) return;
  checkAmpersands(literal, valueSpan);
  const { text, problems, isCode } = literal;
  const less = literal.nextLess(valueSpan.start);
  if (less < 0 || less >= valueSpan.end || isCode(less)) return;
  const all = offsetsOf(text, '<', less, valueSpan.end);
  const message =
    'XML does not allow < in an attribute value that is no policy expression. Write &lt; instead. ' +
    'An APIOps extractor is reported to write the plain character.';
  problems.push({ ...lessThan(less, all, message), variant: 'value' });
}

function checkText(literal: Literals, span: Span, isLiquid: boolean, names: () => ReadonlySet<string>): void {
  const { text, problems } = literal;
  // Most texts are the indentation between tags.
  if (skipSpace(text, span.start) >= span.end) return;
  const cdataEnd = literal.nextCdataEnd(span.start);
  const commentEnd = literal.nextCommentEnd(span.start);
  if (cdataEnd >= 0 && cdataEnd < span.end) problems.push(endWithoutStart(cdataEnd, ']]>', 'CDATA section'));
  if (commentEnd >= 0 && commentEnd < span.end && !text.slice(span.start, commentEnd).includes('<')) {
    problems.push(endWithoutStart(commentEnd, '-->', 'comment'));
  }
  const lost = isLiquid ? undefined : findTagWithoutStart(text, span, names);
  if (lost !== undefined) problems.push(lost);
  else checkAmpersands(literal, span);
}

function endWithoutStart(offset: number, mark: ']]>' | '-->', name: string): SyntaxProblem {
  const escaped = mark.replace('>', '&gt;');
  const message =
    `This ${mark} ends a ${name}, and none is open here. ` +
    `Add its beginning, remove it, or write ${escaped} where the text means it.`;
  const span = { start: offset, end: offset + mark.length };
  const plain = problemAt(span, message, 'syntax-incomplete-markup');
  // XML forbids ]]> in text, but not -->.
  const problem: SyntaxProblem = mark === '-->' ? { ...plain, variant: 'legal' } : plain;
  const removal = { id: 'remove', title: `Remove ${mark}`, edits: [{ span, newText: '' }] };
  const asText = {
    id: 'escape',
    title: `Write ${escaped}`,
    edits: [{ span: characterAt(span.end - 1), newText: '&gt;' }],
  };
  return { ...problem, fixes: () => [removal, asText] };
}

/** Stops at the first problem of each kind: the fix looks for the others. */
function checkAmpersands(literal: Literals, span: Span): void {
  const { text, problems, nextAmpersand, isReplaced, isCode } = literal;
  let bare: number | undefined;
  let unknown: Entity | undefined;
  for (let offset = nextAmpersand(span.start); offset >= 0 && offset < span.end; offset = nextAmpersand(offset + 1)) {
    if (isReplaced(offset) || isCode(offset)) continue;
    const entity = entityAt(text, offset);
    if (entity === undefined) bare ??= offset;
    else if (!entity.isKnown && !literal.hasOwnEntities) unknown ??= entity;
  }
  if (bare !== undefined) problems.push(bareAmpersand(text, bare, span));
  if (unknown !== undefined) problems.push(unknownEntity(text, unknown, span));
}

interface Entity {
  readonly span: Span;
  readonly name: string;
  readonly isKnown: boolean;
}

/** Undefined where the `&` begins no entity. */
function entityAt(text: string, offset: number): Entity | undefined {
  const pattern = /&(#\d{1,20}|#[xX][0-9a-fA-F]{1,20}|[A-Za-z_][\w.-]{0,40});/y;
  pattern.lastIndex = offset;
  const name = pattern.exec(text)?.[1];
  if (name === undefined) return undefined;
  return { span: { start: offset, end: pattern.lastIndex }, name, isKnown: isKnownEntity(name) };
}

function isKnownEntity(name: string): boolean {
  if (!name.startsWith('#')) return isPredefinedEntity(name);
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return code <= 0x10ffff && !forbiddenCharacter.test(String.fromCodePoint(code));
}

function bareAmpersand(text: string, offset: number, span: Span): SyntaxProblem {
  const message =
    'XML does not allow a bare & here. Write &amp; instead. ' +
    'An APIOps extractor is reported to write the plain character.';
  const problem = problemAt(characterAt(offset), message, 'syntax-bare-ampersand');
  return {
    ...problem,
    fixes: () => {
      const bare = offsetsOf(text, '&', offset, span.end).filter((each) => entityAt(text, each) === undefined);
      const edits = bare.map((each) => ({ span: characterAt(each), newText: '&amp;' }));
      const title = edits.length > 1 ? 'Write &amp; for every bare & of this text' : 'Write &amp;';
      const asEntity = { id: 'escape', title, edits };
      const name = /^&(?:amp|lt|gt|quot|apos)(?![\w;])/.exec(text.slice(offset, offset + 6))?.[0];
      if (name === undefined) return [asEntity];
      const end = { span: at(offset + name.length), newText: ';' };
      return [{ id: 'end', title: `Write ${name};`, edits: [end] }, asEntity];
    },
  };
}

/** Entities of HTML that people write in policies; XML knows none of them. */
const htmlEntities: Readonly<Record<string, number>> = {
  nbsp: 160,
  copy: 169,
  reg: 174,
  ndash: 8211,
  mdash: 8212,
  hellip: 8230,
  euro: 8364,
  trade: 8482,
};

/** The fix mends the entity wherever it stands in the value. */
function unknownEntity(text: string, { span, name }: Entity, value: Span): SyntaxProblem {
  const what = name.startsWith('#') ? 'No character that XML allows has this number' : `XML knows no entity &${name};`;
  const message = `${what}, and XML readers stop at it. Write the character itself, or &amp; if & itself is meant.`;
  const problem = problemAt(span, message, 'syntax-unknown-entity');
  const code = htmlEntities[name];
  const written = `&${name};`;
  const newText = code === undefined ? `&amp;${name};` : `&#${code};`;
  const edits = () =>
    offsetsOf(text, written, span.start, value.end).map((start) => ({
      span: { start, end: start + written.length },
      newText,
    }));
  const id = code === undefined ? 'escape' : 'number';
  return { ...problem, fixes: () => [{ id, title: `Write ${newText}`, edits: edits() }] };
}

/** Where a text occurs between two offsets; `first` is the first of them. */
export function offsetsOf(text: string, written: string, first: number, end: number): readonly number[] {
  const offsets: number[] = [];
  for (let offset = first; offset >= 0 && offset < end; offset = text.indexOf(written, offset + 1))
    offsets.push(offset);
  return offsets;
}
