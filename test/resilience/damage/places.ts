import {
  type PolicyAttribute,
  type PolicyDocument,
  type PolicyElement,
  type PolicyExpression,
  type PolicyNode,
  type PolicyOther,
  sectionNames,
} from '../../../server/src/core/syntax/policyTree';
import { allElements } from '../../../server/src/core/syntax/treeQueries';
import type { Span } from '../../../server/src/core/text/span';

/** Where damage can be done: parts of a sound document, in the order of the text. */

export function elements(document: PolicyDocument): readonly PolicyElement[] {
  return [...allElements(document)];
}

/** True where an editor shows both offsets within two lines of each other. */
export function areNear({ text }: PolicyDocument, one: number, other: number): boolean {
  return (text.slice(Math.min(one, other), Math.max(one, other)).match(/\r\n?|\n/g) ?? []).length <= 2;
}

export type PairedElement = PolicyElement & { readonly endTagSpan: Span };

/** `<a>…</a>` */
export function pairedElements(document: PolicyDocument): readonly PairedElement[] {
  return elements(document).filter((element): element is PairedElement => element.endTagSpan !== undefined);
}

/** Those whose tags stand together: when one of them goes, the other one shows it. */
export function shortElements(document: PolicyDocument): readonly PairedElement[] {
  return pairedElements(document).filter(({ startTagSpan, endTagSpan }) =>
    areNear(document, startTagSpan.end, endTagSpan.start),
  );
}

/** `<a />` */
export function selfClosingElements(document: PolicyDocument): readonly PolicyElement[] {
  return elements(document).filter(({ closing }) => closing === 'selfClosing');
}

/** The sections of a policy definition. */
export function sections(document: PolicyDocument): readonly PolicyElement[] {
  return elements(document).filter(
    ({ name, parent }) => parent === document.root && sectionNames.some((section) => section === name),
  );
}

export function attributes(document: PolicyDocument): readonly PolicyAttribute[] {
  return elements(document).flatMap((element) => element.attributes);
}

/** Those with a quoted value that is a plain text: no expression, no token of a template, no entity. */
export function literalAttributes(document: PolicyDocument): readonly PolicyAttribute[] {
  return attributes(document).filter(({ value, quote }) => quote !== undefined && /^[\w .:/-]+$/.test(value));
}

export function expressionAttributes(document: PolicyDocument): readonly PolicyAttribute[] {
  return attributes(document).filter(({ expression }) => expression !== undefined);
}

/** Each attribute that follows another one, with the one before. */
export function attributePairs(
  document: PolicyDocument,
): readonly (readonly [before: PolicyAttribute, attribute: PolicyAttribute])[] {
  return elements(document).flatMap(({ attributes: [...list] }) =>
    list.slice(1).map((attribute, index) => [list[index] as PolicyAttribute, attribute] as const),
  );
}

function nodes(document: PolicyDocument): readonly PolicyNode[] {
  return [...document.nodes, ...elements(document).flatMap(({ children }) => children)];
}

export function commentsOf(document: PolicyDocument): readonly PolicyOther[] {
  return nodes(document).filter((node): node is PolicyOther => node.kind === 'comment');
}

export function cdataOf(document: PolicyDocument): readonly PolicyOther[] {
  return nodes(document).filter((node): node is PolicyOther => node.kind === 'cdata');
}

export function instructionsOf(document: PolicyDocument): readonly PolicyOther[] {
  return nodes(document).filter((node): node is PolicyOther => node.kind === 'instruction');
}

/** Comments that begin and end within two lines. */
export function shortComments(document: PolicyDocument): readonly PolicyOther[] {
  return commentsOf(document).filter(({ span }) => areNear(document, span.start, span.end));
}

/** Texts in elements, without the white space around them; expressions, Liquid and templates' tokens are left alone. */
export function plainTexts({ text, ...document }: PolicyDocument): readonly Span[] {
  return nodes({ text, ...document }).flatMap(({ kind, parent, span }) => {
    const written = text.slice(span.start, span.end);
    if (kind !== 'text' || parent === undefined || !/^\s*\w[\w .:/-]*$/.test(written)) return [];
    const start = span.start + written.search(/\S/);
    return [{ start, end: start + written.trim().length }];
  });
}

/** Between the children of a section or another policy: where a person would type the next policy. */
export function emptyLines(document: PolicyDocument): readonly number[] {
  return nodes(document).flatMap((node) => {
    if (node.kind !== 'text' || node.parent === undefined) return [];
    const lineBreak = document.text.slice(node.span.start, node.span.end).search(/\n\s*$/);
    const isOnlySpace = document.text.slice(node.span.start, node.span.end).trim() === '';
    return lineBreak < 0 || !isOnlySpace ? [] : [node.span.start + lineBreak + 1];
  });
}

/** Expressions that begin and end within two lines: what they lack is found at their beginning. */
export function shortExpressions(document: PolicyDocument): readonly PolicyExpression[] {
  return document.expressions.filter(({ span }) => areNear(document, span.start, span.end));
}

/** Of the form `@{…}`. */
export function multiStatements({ expressions }: PolicyDocument): readonly PolicyExpression[] {
  return expressions.filter(({ form }) => form === 'multiStatement');
}
