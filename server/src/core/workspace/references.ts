import type { Span } from '../text/span';
import { spanTouches } from '../text/span';
import {
  type Definition,
  defineService,
  type ServiceDefinitions,
  spanOfDefinition,
  type UsePlace,
} from './definitions';
import type { Reference, ReferenceKind } from './documentReferences';
import type { DocumentStore } from './documentStore';
import { createReferenceIndex, type ReferenceIndex, type ReferenceUse } from './referenceIndex';
import { idKey, workspaceOfPlacement } from './service';
import { followVariables, type VariableFlow } from './variableFlow';
import type { Service, WorkspaceModel } from './workspaceModel';

/** A stretch of a file. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

/** Something that has a name at a place of a text. */
export interface NamedThing extends UsePlace {
  readonly kind: ReferenceKind;
  readonly name: string;
  /** The name as it is written there. */
  readonly span: Span;
}

/**
 * What names mean across the files of a workspace. Answers hold for the texts as they are now; an answer that takes all
 * files reads each of them once, and later only those that have changed.
 */
export interface References {
  readonly index: ReferenceIndex;
  definitionsIn(service: Service): ServiceDefinitions;
  flowIn(service: Service): VariableFlow;
  /** Whose file it is; undefined for files that take no part. */
  ownerOf(path: string): UsePlace | undefined;
  /** The name at an offset: a reference, or the root of a fragment, which is the fragment itself. */
  thingAt(path: string, offset: number): NamedThing | undefined;
  /** The one definition of a name. Undefined for policy variables, and where the files have none. */
  definitionOf(thing: Pick<NamedThing, 'kind' | 'name' | 'service' | 'workspace'>): Definition | undefined;
  /** Where that is: the definition, or every place that sets the variable for requests that run the file. */
  definitionPlaces(thing: NamedThing, path: string): readonly Place[];
  /** Every use that means the same, by path. Of a variable also those that set it. */
  usesOf(thing: NamedThing, path: string): readonly ReferenceUse[];
}

/** `model` gives the current one. */
export function createReferences(store: DocumentStore, model: () => WorkspaceModel): References {
  const index = createReferenceIndex(store, model);
  /** Life: one model, whose services these are. */
  const definitions = new WeakMap<Service, ServiceDefinitions>();
  let flows = new WeakMap<Service, VariableFlow>();
  let contentVersion = -1;

  const definitionsIn = (service: Service): ServiceDefinitions => {
    const known = definitions.get(service) ?? defineService(service, (path) => model().documents.get(path));
    definitions.set(service, known);
    return known;
  };
  const flowIn = (service: Service): VariableFlow => {
    if (contentVersion !== store.contentVersion) flows = new WeakMap();
    contentVersion = store.contentVersion;
    const known = flows.get(service) ?? followVariables(service, model(), index);
    flows.set(service, known);
    return known;
  };
  const definitionOf: References['definitionOf'] = ({ kind, name, service, workspace }) =>
    definitionsIn(service).find(kind, name, workspace);

  const ownerOf = (path: string): UsePlace | undefined => {
    const placed = model().documents.get(path);
    return placed && { service: placed.service, workspace: workspaceOfPlacement(placed.placement) };
  };

  return {
    index,
    definitionsIn,
    flowIn,
    ownerOf,
    thingAt(path, offset) {
      const placement = model().documents.get(path)?.placement;
      const owner = ownerOf(path);
      if (placement === undefined || owner === undefined) return undefined;
      const reference = index.referencesOf(path)?.references.find((each) => spanTouches(hitSpan(each), offset));
      if (reference !== undefined) {
        const { kind, name, span } = reference;
        return { kind, name, span, ...owner };
      }
      const root = placement.kind === 'fragment' ? store.document(path)?.root : undefined;
      if (placement.kind !== 'fragment' || root === undefined || !spanTouches(root.nameSpan, offset)) return undefined;
      return { kind: 'fragment', name: placement.fragmentId, span: root.nameSpan, ...owner };
    },
    definitionOf,
    definitionPlaces(thing, path) {
      const { kind, name, service } = thing;
      if (kind === 'variable') {
        const flow = flowIn(service);
        return index
          .uses(kind, name, service)
          .filter((use) => use.isWritten && flow.runTogether(path, use.path))
          .map((use) => ({ path: use.path, span: use.span }));
      }
      const definition = definitionOf(thing);
      if (definition?.path === undefined) return [];
      return [{ path: definition.path, span: spanOfDefinition(definition, store) }];
    },
    usesOf(thing, path) {
      const { kind, name, service } = thing;
      if (kind === 'variable') return flowIn(service).sharedUses(name, path);
      const meaning = meaningOf(thing, definitionOf(thing));
      return index.uses(kind, name, service).filter((use) => meaningOf(use, definitionOf(use)) === meaning);
    },
  };
}

/** Names that are defined nowhere still mean the same in the same place: certificates, for example, have no files. */
function meaningOf(
  { name, workspace }: { readonly name: string; readonly workspace: string | undefined },
  definition: Definition | undefined,
): string {
  return definition === undefined ? idKey(name, workspace) : `defined:${idKey(definition.name, definition.workspace)}`;
}

/** The braces of a named value are part of what people point at. */
function hitSpan({ kind, span }: Reference): Span {
  return kind === 'namedValue' ? { start: span.start - 2, end: span.end + 2 } : span;
}
