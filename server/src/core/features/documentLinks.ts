import type { PolicyDocument } from '../syntax/policyTree';
import type { Span } from '../text/span';
import { type Definition, describeDefinition, spanOfDefinition } from '../workspace/definitions';
import type { DocumentStore } from '../workspace/documentStore';
import type { Place, References } from '../workspace/references';

/** A name in the text that leads to another file. */
export interface DocumentLink {
  readonly span: Span;
  readonly target: Place;
  /** What it leads to, for people: "policy fragment log". */
  readonly title: string;
}

/** The names whose definition is a file, in the order of the text. Policy variables are set in many places, and are none. */
export function documentLinks(
  document: PolicyDocument,
  references: References,
  store: DocumentStore,
): readonly DocumentLink[] {
  const owner = references.ownerOf(document.path);
  if (owner === undefined) return [];
  const spans = new Map<Definition, Span>();
  return (references.index.referencesOf(document.path)?.references ?? []).flatMap(({ kind, name, span }) => {
    const definition = references.definitionOf({ kind, name, ...owner });
    if (definition?.path === undefined || definition.path === document.path) return [];
    const targetSpan = spans.get(definition) ?? spanOfDefinition(definition, store);
    spans.set(definition, targetSpan);
    return [{ span, target: { path: definition.path, span: targetSpan }, title: describeDefinition(definition) }];
  });
}
