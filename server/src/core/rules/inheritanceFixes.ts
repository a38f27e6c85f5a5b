import { type PolicyDocument, type PolicyElement, type SectionName, sectionNames } from '../syntax/policyTree';
import { sectionElements } from '../syntax/treeQueries';
import { indentationAt, indentationStep, isFirstOnLine, lineEndNear, lineStart } from '../text/textEdits';
import { joinNames } from '../text/wording';
import { attachedCommentStart, trailingCommentEnd } from './corsFixes/attachedComments';
import { documentEdit, insertion, removals } from './corsFixes/documentEdit';
import { describeItems } from './describeItems';
import type { EffectiveContext } from './effectiveContext';
import type { LostInheritance } from './lostInheritance';
import type { Fix, TextEdit } from './rule';
import { describeUncovered } from './uncoveredRules';

/** Lets the section inherit again, before everything of its own. The title says what comes along, and what that brings about. */
export function addBase(
  { element, section, statements, unknown }: LostInheritance,
  context: EffectiveContext,
): readonly Fix[] {
  const edit = element === undefined ? undefined : baseAtStart(context.document, element);
  if (edit === undefined) return [];
  const what = describeItems([...statements, ...unknown]);
  const title = `Add <base /> at the start of ${section}: inherits ${what}`;
  return [told({ id: 'add-base', title, edits: [edit] }, context)];
}

/** Writes the sections with `<base />` in them, in the order of the pipeline. */
export function addSections(missing: readonly LostInheritance[], context: EffectiveContext): readonly Fix[] {
  const edits = sectionEdits(
    context.document,
    missing.map(({ section }) => section),
  );
  if (edits === undefined) return [];
  const names = joinNames(missing.map(({ section }) => section));
  const what = describeItems(missing.flatMap(({ statements, unknown }) => [...statements, ...unknown]));
  const title = `Add the ${names} section${missing.length === 1 ? '' : 's'} with <base />: inherits ${what} for certain`;
  return [told({ id: 'add-sections', title, edits }, context)];
}

export function removeRepeatedBase(base: PolicyElement, context: EffectiveContext): readonly Fix[] {
  if (base.closing === 'implied') return [];
  const title = 'Remove this <base />: the other one inherits the same';
  return [told({ id: 'remove-repeated-base', title, edits: removals(context.document, [base.span]) }, context)];
}

/** All of them, since none has an effect. */
export function removeUselessBases(bases: readonly PolicyElement[], context: EffectiveContext): readonly Fix[] {
  if (bases.some(({ closing }) => closing === 'implied')) return [];
  const spans = bases.map(({ span }) => span);
  const title = `Remove ${bases.length === 1 ? 'this <base />: it inherits' : `the ${bases.length} <base />: they inherit`} nothing`;
  return [told({ id: 'remove-useless-base', title, edits: removals(context.document, spans) }, context)];
}

function told(fix: Fix, context: EffectiveContext): Fix {
  return { ...fix, title: fix.title + describeUncovered(fix.edits, context) };
}

/** Undefined where the section's end is not in the text. */
function baseAtStart(document: PolicyDocument, section: PolicyElement): TextEdit | undefined {
  const { text } = document;
  const { startTagSpan, endTagSpan, span } = section;
  if (section.closing === 'implied') return undefined;
  const lineEnd = lineEndNear(text, span.start);
  const indent = indentationAt(text, span.start);
  const isOnItsLine = isFirstOnLine(text, span.start);
  const inner = innerIndentation(document, section, indent);
  const content = isOnItsLine ? `${lineEnd}${inner}<base />${lineEnd}${indent}` : '<base />';
  if (endTagSpan === undefined) {
    const startTag = text.slice(startTagSpan.start, startTagSpan.end).replace(/\s*\/>$/, '>');
    return documentEdit(document, span, `${startTag}${content}</${section.name}>`);
  }
  const between = { start: startTagSpan.end, end: endTagSpan.start };
  if (text.slice(between.start, between.end).trim() === '') return documentEdit(document, between, content);
  const [gap = ''] = /^[ \t]*/.exec(text.slice(between.start, between.end)) ?? [];
  const isAloneOnLine = /^(\r|\n)/.test(text.slice(between.start + gap.length));
  return insertion(document, between.start, isAloneOnLine ? `${lineEnd}${inner}<base />` : `${gap}<base />`);
}

/** That of the first thing in the section that stands on a line of its own, else one step deeper than the section. */
function innerIndentation(document: PolicyDocument, { children, parent }: PolicyElement, indent: string): string {
  const { text } = document;
  const first = children.find(({ kind, span }) => kind !== 'text' && isFirstOnLine(text, span.start));
  if (first !== undefined) return indentationAt(text, first.span.start);
  return indent + indentationStep(parent === undefined ? '' : indentationAt(text, parent.span.start), indent);
}

/** Undefined where there is no section to put them beside, or where it has no end in the text. */
function sectionEdits(document: PolicyDocument, missing: readonly SectionName[]): readonly TextEdit[] | undefined {
  const places = new Map<PolicyElement, { readonly before: SectionName[]; readonly after: SectionName[] }>();
  for (const section of missing) {
    const neighbour = neighbourOf(document, section);
    if (neighbour === undefined || neighbour.element.closing === 'implied') return undefined;
    const place = places.get(neighbour.element) ?? { before: [], after: [] };
    places.set(neighbour.element, place);
    place[neighbour.side].push(section);
  }
  return [...places].flatMap(([element, { before, after }]) => [
    ...(before.length === 0 ? [] : [sectionsBefore(document, element, before)]),
    ...(after.length === 0 ? [] : [sectionsAfter(document, element, after)]),
  ]);
}

/** The section behind which a missing one belongs, or the first one where nothing comes before it. */
function neighbourOf(document: PolicyDocument, section: SectionName) {
  const index = sectionNames.indexOf(section);
  const present = (name: SectionName): readonly PolicyElement[] => sectionElements(document, name);
  const element = sectionNames.slice(0, index).flatMap(present).at(-1);
  if (element !== undefined) return { element, side: 'after' } as const;
  const following = sectionNames.slice(index + 1).flatMap(present)[0];
  return following && ({ element: following, side: 'before' } as const);
}

function sectionsBefore(document: PolicyDocument, next: PolicyElement, names: readonly SectionName[]): TextEdit {
  const { text } = document;
  const at = attachedCommentStart(document, next);
  const written = sectionTexts(document, next, names);
  if (!isFirstOnLine(text, at)) return insertion(document, at, written.join(''));
  const lineEnd = lineEndNear(text, at);
  return insertion(document, lineStart(text, at), written.map((each) => each + lineEnd).join(''));
}

function sectionsAfter(document: PolicyDocument, last: PolicyElement, names: readonly SectionName[]): TextEdit {
  const { text } = document;
  const at = trailingCommentEnd(document, last);
  const written = sectionTexts(document, last, names);
  if (!isFirstOnLine(text, last.span.start)) return insertion(document, at, written.join(''));
  const lineEnd = lineEndNear(text, last.span.start);
  return insertion(document, at, written.map((each) => lineEnd + each).join(''));
}

/** In the manner of a section that is there. */
function sectionTexts(
  document: PolicyDocument,
  sibling: PolicyElement,
  names: readonly SectionName[],
): readonly string[] {
  const { text } = document;
  if (!isFirstOnLine(text, sibling.span.start)) return names.map((name) => `<${name}><base /></${name}>`);
  const lineEnd = lineEndNear(text, sibling.span.start);
  const indent = indentationAt(text, sibling.span.start);
  const inner = innerIndentation(document, sibling, indent);
  return names.map((name) => `${indent}<${name}>${lineEnd}${inner}<base />${lineEnd}${indent}</${name}>`);
}
