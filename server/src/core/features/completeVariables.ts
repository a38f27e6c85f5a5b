import type { PolicyDocument } from '../syntax/policyTree';
import { textOf } from '../syntax/treeQueries';
import { type Span, spanTouches } from '../text/span';
import type { CompletionItem, CompletionPlace } from './completion';
import { csharpParts } from './csharpParts';

/** `context.Variables["|`, `context.Variables.GetValueOrDefault<string>("|`, in Liquid also with `'` */
const beforeName =
  /\bcontext\s*\??\.\s*Variables\s*(?:\[|\.\s*\w+\s*(?:(?:<|&lt;)[^()"]{0,100}?(?:>|&gt;))?\s*\()\s*(?:"|&quot;|')([^"'&{}\\\r\n]*)$/;

/** In the name of a policy variable that C# reads: the variables that are set for the same requests. */
export function completeVariables(place: CompletionPlace): readonly CompletionItem[] | undefined {
  const { document, offset } = place;
  const match = beforeName.exec(document.text.slice(Math.max(0, offset - 300), offset));
  if (match === null || isInCSharpComment(document, offset)) return undefined;
  const start = offset - (match[1] as string).length;
  // What follows belongs to the name only where a quote ends it.
  const rest = /^([^"'&<>{}()[\]\\\r\n]*)(?:"|&quot;|')/.exec(document.text.slice(offset, offset + 300))?.[1] ?? '';
  return variableItems(place, { start, end: offset + rest.length });
}

/** Every policy variable that some policy sets for requests that run the document. */
export function variableItems(
  { document, owner, references, relativePath }: CompletionPlace,
  span: Span,
): readonly CompletionItem[] {
  const flow = references.flowIn(owner.service);
  const names = [...references.index.names('variable')].sort();
  return names.flatMap((name): readonly CompletionItem[] => {
    const setter = references.index
      .uses('variable', name, owner.service)
      .find((use) => use.isWritten && flow.runTogether(document.path, use.path));
    if (setter === undefined) return [];
    const detail = `policy variable · set in ${relativePath(setter.path)}`;
    return [{ label: name, kind: 'variable', detail, span, newText: name }];
  });
}

function isInCSharpComment(document: PolicyDocument, offset: number): boolean {
  const expression = document.expressions.find(({ span }) => spanTouches(span, offset));
  if (expression === undefined) return false;
  const inside = offset - expression.span.start;
  return csharpParts(textOf(document, expression.span)).some(
    ({ kind, span }) => kind === 'comment' && span.start < inside && inside <= span.end,
  );
}
