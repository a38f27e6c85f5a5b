import { documentEdit, insertion } from '../../rules/corsFixes/documentEdit';
import type { Fix, TextEdit } from '../../rules/rule';
import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { childElements, sectionElements } from '../../syntax/treeQueries';
import { encodeEntities } from '../../syntax/xmlEntities';
import { indentationAt, indentationStep, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import { describeScope, type PolicyScope } from '../../workspace/policyScope';
import type { NeededGrants } from './grantRequest';

/**
 * Puts a `cors` for a request first in a document's inbound section, and leaves other origins to those behind it. The
 * lists that the reference requires are written even where this request needs none of them. Undefined where the document
 * has no such section with an end, or has a `cors` of its own.
 */
export function insertCors(
  document: PolicyDocument,
  scope: PolicyScope,
  needed: NeededGrants,
  relativePath: (path: string) => string,
): Fix | undefined {
  const [inbound] = sectionElements(document, 'inbound');
  if (inbound === undefined || inbound.closing === 'implied' || document.isEmbedded === true) return undefined;
  const children = childElements(inbound);
  if (children.some(({ name }) => name === 'cors')) return undefined;
  const isBeforeBase = children.some(({ name }) => name === 'base');
  return {
    id: 'insert-cors',
    title: `Insert a cors for ${needed.origin} in ${describeScope(scope)}${isBeforeBase ? ', before <base />' : ''} (${relativePath(document.path)})`,
    edits: [insertFirst(document, inbound, children[0], needed)],
  };
}

function insertFirst(
  document: PolicyDocument,
  inbound: PolicyElement,
  first: PolicyElement | undefined,
  needed: NeededGrants,
): TextEdit {
  const { text } = document;
  const lineEnd = lineEndNear(text, inbound.span.start);
  const outer = indentationAt(text, inbound.span.start);
  const inner =
    first !== undefined && isFirstOnLine(text, first.span.start)
      ? indentationAt(text, first.span.start)
      : outer + indentationStep(outer, outer);
  const step = indentationStep(outer, inner);
  const block = corsLines(needed, step)
    .map((line) => lineEnd + inner + line)
    .join('');
  if (inbound.closing === 'selfClosing') {
    const start = (inbound.attributes.at(-1)?.span ?? inbound.nameSpan).end;
    return documentEdit(document, { start, end: inbound.span.end }, `>${block}${lineEnd}${outer}</${inbound.name}>`);
  }
  const isClosedHere = !/[\r\n]/.test(
    text.slice(inbound.startTagSpan.end, first?.span.start ?? inbound.endTagSpan?.start),
  );
  const after = first === undefined ? outer : inner;
  return insertion(document, inbound.startTagSpan.end, block + (isClosedHere ? lineEnd + after : ''));
}

function corsLines({ origin, method, headerNames, credentials }: NeededGrants, step: string): readonly string[] {
  const headers = headerNames.length === 0 ? ['content-type'] : headerNames;
  return [
    `<cors${credentials ? ' allow-credentials="true"' : ''} terminate-unmatched-request="false">`,
    ...list('allowed-origins', 'origin', [origin], step),
    ...list('allowed-methods', 'method', [method ?? 'GET'], step, ' preflight-result-max-age="300"'),
    ...list('allowed-headers', 'header', headers, step),
    '</cors>',
  ];
}

function list(
  name: string,
  entry: string,
  values: readonly string[],
  step: string,
  attributes = '',
): readonly string[] {
  const entries = values.map((value) => `${step}${step}<${entry}>${encodeEntities(value)}</${entry}>`);
  return [`${step}<${name}${attributes}>`, ...entries, `${step}</${name}>`];
}
