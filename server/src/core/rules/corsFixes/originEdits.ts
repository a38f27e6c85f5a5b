import type { AllowedOrigin } from '../../cors/corsPolicy';
import { serialiseOrigin } from '../../cors/origin';
import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { encodeEntities } from '../../syntax/xmlEntities';
import type { CorsElement } from '../corsElement';
import type { TextEdit } from '../rule';
import { documentEdit, removals } from './documentEdit';
import { replaceEntry } from './replaceEntry';

/** Writes other text into an `<origin>`. Undefined where it has no end, or holds more than text. */
export function replaceOriginText(document: PolicyDocument, origin: AllowedOrigin, text: string): TextEdit | undefined {
  return isPlainText(document, origin) ? documentEdit(document, origin.span, encodeEntities(text)) : undefined;
}

/** As `replaceOriginText`, for C# without `<` and `&`: it stays readable, quotes included. */
export function replaceByExpression(
  document: PolicyDocument,
  origin: AllowedOrigin,
  condition: string,
): TextEdit | undefined {
  return isPlainText(document, origin) ? documentEdit(document, origin.span, originExpression(condition)) : undefined;
}

/** One `<origin>` each instead of this one, in its place and manner. Undefined as for `replaceOriginText`. */
export function replaceOriginBy(
  document: PolicyDocument,
  origin: AllowedOrigin,
  values: readonly string[],
): TextEdit | undefined {
  return isPlainText(document, origin) ? replaceEntry(document, origin.element, values) : undefined;
}

/** Takes entries out of their lists. Undefined where one has no end in the text. */
export function removeEntries(
  document: PolicyDocument,
  entries: readonly PolicyElement[],
): readonly TextEdit[] | undefined {
  if (entries.some(({ closing }) => closing === 'implied')) return undefined;
  return removals(
    document,
    entries.map(({ span }) => span),
  );
}

/** The project file's origins that the `cors` does not list yet, as browsers write them. */
export function projectOriginsFor({ cors, settings }: CorsElement): readonly string[] {
  const listed = new Set(cors.origins.map(({ value }) => (value.known ? serialiseOrigin(value.value) : undefined)));
  const known = settings.origins.flatMap((origin) => serialiseOrigin(origin) ?? []);
  return [...new Set(known)].filter((origin) => origin !== 'null' && !listed.has(origin));
}

/**
 * Returns the request's origin where the condition about `origin` holds, and nothing elsewhere: the shape that a Microsoft
 * engineer recommends (learn.microsoft.com/answers/questions/39141).
 */
function originExpression(condition: string): string {
  return `@{ var origin = context.Request.Headers.GetValueOrDefault("Origin", ""); return ${condition} ? origin : ""; }`;
}

function isPlainText({ text }: PolicyDocument, { element, span }: AllowedOrigin): boolean {
  return element.closing === 'endTag' && !text.slice(span.start, span.end).includes('<');
}
