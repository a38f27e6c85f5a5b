import { lookUpNamedValues } from '../effective/namedValues';
import { type PolicyDocument, spanInFile } from '../syntax/policyTree';
import { readReferences } from '../workspace/documentReferences';
import type { DocumentStore } from '../workspace/documentStore';
import { findFragment } from '../workspace/fragments';
import type { References } from '../workspace/references';
import { idKey, type Placement } from '../workspace/service';
import type { Service, WorkspaceModel } from '../workspace/workspaceModel';
import type { ReferenceContext } from './referenceContext';
import type { Finding } from './rule';
import { type DefectSink, runRules } from './runRules';

/** Fragments whose text is a string in a file about them: an information file, an ARM template. */
export interface EmbeddedFragmentFindings {
  /** The files that hold one, sorted. */
  paths(): readonly string[];
  /** On the texts of the fragments in a file, in its order. Spans count in the file, and nothing brings a fix. */
  findings(path: string): readonly Finding[];
}

/** A fragment whose text counts: where it has a file of its own, the string does not. */
interface HeldFragment {
  readonly service: Service;
  readonly fragmentId: string;
  readonly workspace: string | undefined;
}

export function createEmbeddedFragmentFindings(
  store: DocumentStore,
  model: () => WorkspaceModel,
  references: References,
  placementOf: ReferenceContext['placementOf'],
  onDefect: DefectSink,
): EmbeddedFragmentFindings {
  let known:
    | { readonly model: WorkspaceModel; readonly byPath: ReadonlyMap<string, readonly HeldFragment[]> }
    | undefined;
  const held = (): ReadonlyMap<string, readonly HeldFragment[]> => {
    const current = model();
    if (known?.model !== current) known = { model: current, byPath: heldFragments(current) };
    return known.byPath;
  };
  const findingsOf = (path: string, fragment: HeldFragment): readonly Finding[] => {
    const document = findFragment(fragment.fragmentId, fragment.workspace, fragment.service, store);
    if (document?.isEmbedded !== true) return [];
    const surroundings = {
      references: { ...contextOf(document, fragment, references, store), placementOf },
      settings: model().settingsFor(path),
      namedValues: lookUpNamedValues(fragment.service, fragment.workspace),
    };
    const found = runRules(document, surroundings, onDefect);
    return found.map((finding) => inFile(finding, document));
  };
  return {
    paths: () => [...held().keys()].sort(),
    findings: (path) => (held().get(path) ?? []).flatMap((fragment) => findingsOf(path, fragment)),
  };
}

function heldFragments(model: WorkspaceModel): ReadonlyMap<string, readonly HeldFragment[]> {
  const byPath = new Map<string, HeldFragment[]>();
  const services = new Set([...model.documents.values()].map(({ service }) => service));
  for (const service of services) {
    for (const { fragmentId, workspace, path } of service.facts.embeddedFragments) {
      if (service.fragments.get(idKey(fragmentId, workspace)) !== path) continue;
      byPath.set(path, [...(byPath.get(path) ?? []), { service, fragmentId, workspace }]);
    }
  }
  return byPath;
}

/** The index counts in files; the rules want what the string names, counted in the string. */
function contextOf(
  document: PolicyDocument,
  { service, fragmentId, workspace }: HeldFragment,
  references: References,
  store: DocumentStore,
): Omit<ReferenceContext, 'placementOf'> {
  const own = readReferences(document);
  const placement: Placement = {
    kind: 'fragment',
    fragmentId,
    ...(workspace === undefined ? {} : { workspace }),
    confidence: 'certain',
    why: 'held as a string',
  };
  const index: References['index'] = {
    ...references.index,
    referencesOf: (path) => (path === document.path ? own : references.index.referencesOf(path)),
  };
  return { document, placement, owner: { service, workspace }, references: { ...references, index }, store };
}

function inFile(finding: Finding, document: PolicyDocument): Finding {
  return {
    ruleId: finding.ruleId,
    severity: finding.severity,
    path: finding.path,
    span: spanInFile(document, finding.span),
    message: finding.message,
    related: finding.related.map((place) =>
      place.path === document.path ? { ...place, span: spanInFile(document, place.span) } : place,
    ),
    fixes: [],
  };
}
