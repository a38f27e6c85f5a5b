import { type AttributeReference, mayRefer, referenceOf } from '../catalog/policyReferences';
import { cursorOver } from '../syntax/forwardSearch';
import { findPlaceholder } from '../syntax/placeholderScanner';
import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import { allElements } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import { contextAccesses, isPlainName } from './contextAccesses';

/** What a text can name that is defined elsewhere. */
export type ReferenceKind = Exclude<AttributeReference, 'readVariable' | 'writtenVariable'> | 'namedValue' | 'variable';

/** A name of something that is defined elsewhere, where it is written. */
export interface Reference {
  readonly kind: ReferenceKind;
  /** As written. */
  readonly name: string;
  /** `{{|name|}}`, `fragment-id="|name|"`, `context.Variables["|name|"]` */
  readonly span: Span;
  /** True where the text sets the policy variable. Of other kinds, no policy sets anything. */
  readonly isWritten: boolean;
}

/** What one file refers to. Holds no nodes of its tree. */
export interface FileReferences {
  /** In the order of the text. */
  readonly references: readonly Reference[];
  /** Kinds of which the text names something that only the service or a deployment tool knows: `fragment-id="${id}"`. */
  readonly openKinds: readonly ReferenceKind[];
}

/** Everything that a policy document names. Names that are put together at run time are not among them. */
export function readReferences(document: PolicyDocument): FileReferences {
  const references: Reference[] = document.namedValues.map(({ name, span }) => ({
    kind: 'namedValue',
    name,
    span: { start: span.start + 2, end: span.end - 2 },
    isWritten: false,
  }));
  const openKinds = new Set<ReferenceKind>();
  for (const element of allElements(document)) {
    if (mayRefer(element.name)) addAttributes(element, references, openKinds);
  }
  for (const { variable } of contextAccesses(document)) {
    if (variable !== undefined) references.push({ kind: 'variable', ...variable, isWritten: false });
  }
  references.push(...variablesOfTemplates(document));
  references.sort((one, other) => one.span.start - other.span.start);
  return { references, openKinds: [...openKinds] };
}

function addAttributes(element: PolicyElement, references: Reference[], openKinds: Set<ReferenceKind>): void {
  for (const { name, value, valueSpan, expression } of element.attributes) {
    const meaning = referenceOf(element, name);
    if (meaning === undefined || value.trim() === '') continue;
    const kind = meaning === 'readVariable' || meaning === 'writtenVariable' ? 'variable' : meaning;
    const isFixed = expression === undefined && isPlainName(value) && findPlaceholder(value) === undefined;
    if (!isFixed) openKinds.add(kind);
    else references.push({ kind, name: value, span: valueSpan, isWritten: meaning === 'writtenVariable' });
  }
}

/** Liquid templates read variables, too: `{{context.Variables["name"]}}`. */
function variablesOfTemplates({ text, expressions }: PolicyDocument): readonly Reference[] {
  if (!text.includes('context.Variables')) return [];
  const pattern = /\{\{-?[^{}\r\n]{0,200}?context\.Variables\[(["'])([^"'{}&\\\r\n]{1,256})\1\]/g;
  const isInExpression = cursorOver(expressions.map(({ span }) => span));
  return [...text.matchAll(pattern)].flatMap(({ 0: written, 2: name = '', index }): readonly Reference[] => {
    if (isInExpression(index)) return [];
    const end = index + written.length - 2;
    return [{ kind: 'variable', name, span: { start: end - name.length, end }, isWritten: false }];
  });
}
