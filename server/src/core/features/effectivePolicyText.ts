import { expandInclusion, type FragmentLookup } from '../effective/computeEffectivePolicy';
import type { EffectiveItem, EffectivePolicy } from '../effective/effectivePolicy';
import { policiesInside } from '../effective/policyElements';
import type { PolicyDocument, PolicyElement, SectionName } from '../syntax/policyTree';
import { sectionElements } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import { capital } from '../text/wording';
import { describeScope } from '../workspace/policyScope';
import type { ScopeChain, ScopeLink } from '../workspace/scopeChain';
import { createTextWriter, type EffectivePolicyText, type TextWriter } from './effectiveTextWriter';
import { indentationUnit, reindent } from './reindent';

export interface EffectiveTextOptions {
  readonly sections: readonly SectionName[];
  /** How comments name a file. */
  readonly fileName: (path: string) => string;
  /** Those of the chain's service, for fragments that are included inside other policies, such as `choose`. */
  readonly fragments: FragmentLookup;
}

/** Bases that multiply could make a text that no editor opens: the rest is then left out, and a comment says so. */
const maxTextLength = 4_000_000;

/**
 * Statements as written, comments where the part of each file that has one begins and ends, and comments for what cannot
 * be known. It is no document to deploy: what is inherited stands in it as if it were the document's own. Named values
 * stay names. Comments between statements are left out. Well-formed where the sources are.
 */
export function writeEffectivePolicy(policy: EffectivePolicy, options: EffectiveTextOptions): EffectivePolicyText {
  const writer = createTextWriter();
  const unit = unitOf(policy.chain);
  writeHead(writer, policy, unit, options);
  writer.write('<policies>\n');
  for (const section of options.sections) writeSection(writer, policy, section, unit, options);
  writer.write('</policies>\n');
  return writer.result();
}

/** "API orders, in product starter"; the product only where the scope has requests in several ways. */
function describeChain({ links, product }: ScopeChain): string {
  const [own] = links;
  if (own === undefined) return 'nothing';
  const scope = describeScope(own.scope);
  if (own.scope.kind !== 'api' && own.scope.kind !== 'operation') return scope;
  return `${scope}, ${product === undefined ? 'without a product' : `in product ${product}`}`;
}

function unitOf({ links }: ScopeChain): string {
  const present = links.find((link) => link.state === 'present');
  return present === undefined ? '    ' : indentationUnit(present.document);
}

function writeHead(
  writer: TextWriter,
  { chain }: EffectivePolicy,
  unit: string,
  { fileName }: EffectiveTextOptions,
): void {
  const width = Math.max(...chain.links.map(({ scope }) => describeScope(scope).length));
  writer.write(`<!--\n${unit}${safe(`Effective policy of ${describeChain(chain)}`)}\n`);
  for (const link of chain.links) {
    writer.write(`${unit}${unit}${safe(describeScope(link.scope).padEnd(width))}  `);
    writeWhereabouts(writer, link, fileName);
    writer.write('\n');
  }
  writer.write('-->\n');
}

function writeWhereabouts(writer: TextWriter, link: ScopeLink, fileName: (path: string) => string): void {
  if (link.state !== 'present') writer.write(safe(`${link.state}: ${link.because}`));
  else writer.mark('file', safe(fileName(link.document.path)), link.document, { start: 0, end: 0 });
}

function writeSection(
  writer: TextWriter,
  policy: EffectivePolicy,
  section: SectionName,
  unit: string,
  options: EffectiveTextOptions,
): void {
  const items = policy.sections[section];
  // Where `<base />` stands twice, what is missing behind it is missing twice.
  const missing = new Set(
    policy.missingSections.filter((gap) => gap.section === section).map(({ scope }) => describeScope(scope)),
  );
  if (items.length === 0 && missing.size === 0) {
    writer.write(`${unit}<${section} />\n`);
    return;
  }
  const indentation = unit.repeat(2);
  writer.write(`${unit}<${section}>\n`);
  for (const scope of missing) {
    writer.write(`${indentation}<!-- ${safe(`${scope} has no <${section}>: taken as inheriting nothing here`)} -->\n`);
  }
  writeItems(writer, items, indentation, [], { policy, section, unit, places: new Map(), ...options });
  writer.write(`${unit}</${section}>\n`);
}

interface PartContext extends EffectiveTextOptions {
  readonly policy: EffectivePolicy;
  readonly section: SectionName;
  /** One step of indentation. */
  readonly unit: string;
  /** What the borders of a document's parts stand for, found once for each document. */
  readonly places: Map<PolicyDocument, Span>;
}

/** `around` are the parts that are open already. */
function writeItems(
  writer: TextWriter,
  items: readonly EffectiveItem[],
  indentation: string,
  around: readonly Part[],
  context: PartContext,
): void {
  // A document that only passes on what it inherits has no part of its own to show.
  const contributing = new Set([...around, ...items.flatMap(contributorsOf)].map(({ through }) => through));
  let open = around;
  const moveTo = (parts: readonly Part[]): void => {
    let common = 0;
    while (common < Math.min(open.length, parts.length) && open[common]?.through === parts[common]?.through) common++;
    for (const part of open.slice(common).reverse()) writeBorder(writer, 'end', part, indentation, context);
    for (const part of parts.slice(common)) writeBorder(writer, 'begin', part, indentation, context);
    open = parts;
  };
  for (const item of items) {
    if (writer.length() > maxTextLength) {
      writer.write(`${indentation}<!-- The rest is left out: this effective policy is too long to be shown -->\n`);
      break;
    }
    moveTo(partsOf(item).filter(({ through }) => contributing.has(through)));
    if (item.kind === 'unknown') writeUnknown(writer, item, indentation);
    else writeStatement(writer, item, indentation, open, context);
  }
  moveTo(around);
}

type Statement = Extract<EffectiveItem, { kind: 'statement' }>;

/** The statement as written, and in the place of each fragment that it includes, that one's statements. */
function writeStatement(
  writer: TextWriter,
  statement: Statement,
  indentation: string,
  around: readonly Part[],
  context: PartContext,
): void {
  const { document, element, ifPassedOnBy } = statement;
  if (ifPassedOnBy.length > 0) {
    const scopes = safe(ifPassedOnBy.map(describeScope).join(' and '));
    writer.write(`${indentation}<!-- the next one takes part only if ${scopes} has <base /> -->\n`);
  }
  const inclusions = inclusionsIn(element);
  let next = 0;
  let written = element.span.start;
  for (const line of reindent(document, element, indentation, context.unit)) {
    const { start, end } = line.source;
    for (let inclusion = inclusions[next]; inclusion !== undefined; inclusion = inclusions[next]) {
      if (inclusion.span.start >= end) break;
      const before = { start: Math.max(start, written), end: inclusion.span.start };
      const isFirst = writeRestOfLine(writer, document, before, line.indentation);
      const inside = isFirst ? line.indentation : line.indentation + context.unit;
      const items = expandInclusion({ ...statement, element: inclusion }, context.fragments);
      writeItems(writer, items, inside, around, context);
      written = inclusion.span.end;
      next++;
    }
    if (written > start) {
      writeRestOfLine(writer, document, { start: written, end }, line.indentation);
    } else {
      writer.write(line.indentation);
      writer.copy(document, line.source);
      writer.write('\n');
    }
  }
}

/** What stands beside an inclusion gets a line of its own. True where nothing does. */
function writeRestOfLine(writer: TextWriter, document: PolicyDocument, span: Span, indentation: string): boolean {
  const text = document.text.slice(span.start, Math.max(span.start, span.end));
  if (text.trim() === '') return true;
  const start = span.start + text.length - text.trimStart().length;
  writer.write(indentation);
  writer.copy(document, { start, end: start + text.trim().length });
  writer.write('\n');
  return false;
}

/** In the order of the text. */
function inclusionsIn(element: PolicyElement): readonly PolicyElement[] {
  return [...policiesInside(element)].filter(({ name }) => name === 'include-fragment');
}

function writeUnknown(
  writer: TextWriter,
  { because, scope, fragmentId, via }: Extract<EffectiveItem, { kind: 'unknown' }>,
  indentation: string,
): void {
  const what = fragmentId === undefined ? describeScope(scope) : `fragment ${fragmentId}`;
  const told = safe(`UNKNOWN: ${capital(what)} may contribute anything here, since ${because}`);
  const cause = via.at(-1);
  writer.write(`${indentation}<!-- `);
  if (cause === undefined) writer.write(told);
  else writer.mark('place', told, cause.document, cause.element.span);
  writer.write(' -->\n');
}

/** A stretch of a section that one document contributes; parts nest as the documents do. */
interface Part {
  /** The `<base />` or `<include-fragment>` that brings it in; undefined for the chain's own document. */
  readonly through: PolicyElement | undefined;
  readonly fragmentId: string | undefined;
  readonly document: PolicyDocument;
}

function partsOf(item: EffectiveItem): readonly Part[] {
  const documents = item.via.map(({ document }) => document);
  if (item.kind === 'statement') documents.push(item.document);
  return documents.map((document, index) => {
    const step = item.via[index - 1];
    return {
      through: step?.element,
      fragmentId: step?.kind === 'fragment' ? step.fragmentId : undefined,
      document,
    };
  });
}

/** The parts of an item whose documents have something to do with it beyond passing it on: they hold or include it. */
function contributorsOf(item: EffectiveItem): readonly Part[] {
  return partsOf(item).filter((_, index, all) => index === all.length - 1 || item.via[index]?.kind === 'fragment');
}

/** `<!-- begin of global scope: policy.xml -->` */
function writeBorder(
  writer: TextWriter,
  side: 'begin' | 'end',
  { document, fragmentId }: Part,
  indentation: string,
  { policy, section, places, fileName }: PartContext,
): void {
  const link = policy.chain.links.find((candidate) => candidate.state === 'present' && candidate.document === document);
  const name = fragmentId === undefined ? describeScope(link?.scope ?? { kind: 'unknown' }) : `fragment ${fragmentId}`;
  const place = places.get(document) ?? placeOf(document, section);
  places.set(document, place);
  writer.write(`${indentation}<!-- ${side} of ${safe(name)}: `);
  // One link a part is enough: the name at its end stays plain, and leads back all the same.
  writer.mark(side === 'begin' ? 'file' : 'place', safe(fileName(document.path)), document, place);
  writer.write(side === 'begin' && document.problems.length > 0 ? ', which cannot be read as written -->\n' : ' -->\n');
}

/** The section's start tag; a fragment's. */
function placeOf(document: PolicyDocument, section: SectionName): Span {
  const [element = document.root] = sectionElements(document, section);
  return element?.startTagSpan ?? { start: 0, end: 0 };
}

/** Two hyphens may not stand in a comment. */
function safe(text: string): string {
  return text.replace(/-(?=-)/g, '- ').replace(/-$/, '- ');
}
