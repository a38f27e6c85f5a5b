import { skipSpace } from './characters';
import type { MarkupToken, StartTagToken, TextToken } from './markupTokens';
import type { NamedValueStretch } from './namedValueScanner';
import type { PolicyElement, PolicyNode, PolicyText, SyntaxProblem } from './policyTree';
import type { SaxReading } from './saxReader';
import { problemAt } from './syntaxProblems';
import { isLiquidTemplate } from './treeQueries';

export interface BuiltTree {
  readonly nodes: readonly PolicyNode[];
  /** The elements among them: more than one where the text has several roots. */
  readonly roots: readonly PolicyElement[];
  /** Tags that sax refuses although the scanner accepts them: no text is known that has one. */
  readonly unreadable: readonly SyntaxProblem[];
  /** Where double braces do not, or not only, mean named values; in order. */
  readonly stretches: readonly NamedValueStretch[];
}

/** An element that is still open: the same object that readers get, before it is finished. */
type OpenElement = { -readonly [Key in keyof PolicyElement]: PolicyElement[Key] } & { children: PolicyNode[] };

/** Turns tokens into nodes with parents. Iterative: documents may be nested as deep as they like. */
export function buildTree(
  text: string,
  tokens: readonly MarkupToken[],
  closes: readonly number[],
  reading: SaxReading,
): BuiltTree {
  const nodes: PolicyNode[] = [];
  const open: OpenElement[] = [];
  const unreadable: SyntaxProblem[] = [];
  const stretches: NamedValueStretch[] = [];
  let nextTag = 0;

  const add = (node: PolicyNode): void => {
    (open.at(-1)?.children ?? nodes).push(node);
  };
  const closeImplied = (count: number, end: number): void => {
    for (let closed = 0; closed < count; closed++) {
      const element = open.pop();
      if (element !== undefined) element.span = { start: element.span.start, end };
    }
  };
  /** The scanner's tags come in the same order, and sax must have seen each of them. */
  const isReadBySax = (start: number): boolean => {
    while ((reading.tagStarts[nextTag] ?? Number.POSITIVE_INFINITY) < start) nextTag++;
    return reading.tagStarts[nextTag] === start;
  };

  const isLiquid = (): boolean => {
    const parent = open.at(-1);
    return parent !== undefined && isLiquidTemplate(parent);
  };

  tokens.forEach((token, index) => {
    const closed = closes[index] ?? 0;
    const parent = (): PolicyElement | undefined => open.at(-1);
    const { span } = token;
    if (token.kind === 'startTag') {
      closeImplied(closed, span.start);
      if (!isReadBySax(span.start)) unreadable.push(refusedTag(token));
      const element = createElement(token, parent());
      add(element);
      if (!token.isSelfClosing) open.push(element);
    } else if (token.kind === 'endTag') {
      closeImplied(closed - 1, span.start);
      const element = closed > 0 ? open.pop() : undefined;
      if (element === undefined) {
        add({ kind: 'skipped', span, parent: parent() });
      } else {
        element.span = { start: element.span.start, end: span.end };
        element.endTagSpan = span;
        element.closing = 'endTag';
      }
    } else if (token.kind === 'text') {
      add(createText(text, token, parent()));
      if (isLiquid()) stretches.push({ kind: 'liquid', span });
    } else {
      const { kind, expression } = token;
      add(expression === undefined ? { kind, span, parent: parent() } : { kind, span, parent: parent(), expression });
      if (token.kind === 'comment') stretches.push({ kind: 'comment', span });
      else if (token.kind === 'cdata' && isLiquid()) stretches.push({ kind: 'liquid', span });
    }
  });
  closeImplied(open.length, text.length);
  const roots = nodes.filter((node): node is PolicyElement => node.kind === 'element');
  return { nodes, roots, unreadable, stretches };
}

function createElement(token: StartTagToken, parent: PolicyElement | undefined): OpenElement {
  const { name, nameSpan, span, attributes } = token;
  return {
    kind: 'element',
    name,
    nameSpan,
    span,
    startTagSpan: span,
    endTagSpan: undefined,
    closing: token.isSelfClosing ? 'selfClosing' : 'implied',
    attributes,
    children: [],
    parent,
  };
}

/** A text is an expression where nothing but white space stands around it. */
function createText(text: string, token: TextToken, parent: PolicyElement | undefined): PolicyText {
  const { span, expression } = token;
  const isWhole = expression !== undefined && skipSpace(text, expression.span.end) >= span.end;
  return { kind: 'text', span, parent, expression: isWhole ? expression : undefined };
}

function refusedTag({ name, nameSpan }: StartTagToken): SyntaxProblem {
  return problemAt(nameSpan, `The tag <${name}> cannot be read as XML. Check its name, its quotes and its brackets.`);
}
