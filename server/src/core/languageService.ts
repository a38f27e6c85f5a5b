import { assumptionSwitches } from './cors/switches';
import { computeEffectivePolicy, type FragmentLookup } from './effective/computeEffectivePolicy';
import type { EffectivePolicy } from './effective/effectivePolicy';
import { lookUpNamedValues, type NamedValueLookup } from './effective/namedValues';
import { type HoverContent, hover, type LinkTo } from './features/hover';
import { createEffectiveContext, type EffectiveContext } from './rules/effectiveContext';
import { allRules } from './rules/registry';
import type { Finding } from './rules/rule';
import { type DefectSink, defectMessage, findingOf, runRules } from './rules/runRules';
import { workspaceFindings } from './rules/workspaceFindings';
import { internalError } from './rules/workspaceRules';
import type { PolicyDocument } from './syntax/policyTree';
import { relativeTo } from './text/paths';
import type { DocumentStore } from './workspace/documentStore';
import { findFragment } from './workspace/fragments';
import { projectFileSchema } from './workspace/projectFileSchema';
import type { ProjectSettings } from './workspace/projectSettings';
import { apiFactsOf, scopeChainsOf } from './workspace/scopeChains';
import { buildWorkspaceModel, type PlacedDocument, type WorkspaceModel } from './workspace/workspaceModel';

/**
 * Everything that hosts ask about policies. Answers are computed from the store's texts as they are now; nothing is
 * read, awaited or remembered beyond the store's versions.
 */
export interface LanguageService {
  readonly store: DocumentStore;
  /** Where every policy document of the workspace belongs. */
  model(): WorkspaceModel;
  /** Undefined where the store does not hold the file, or does not take it for a policy. */
  placed(path: string): PlacedDocument | undefined;
  document(path: string): PolicyDocument | undefined;
  settings(path: string): ProjectSettings;
  namedValues(path: string): NamedValueLookup;
  /** One per chain; none for fragments and resolvers. */
  effectivePolicies(path: string): readonly EffectivePolicy[];
  /** On one policy document, in the order of its text. */
  findings(path: string): readonly Finding[];
  /** On project files, and on files that cannot be read. */
  workspaceFindings(): readonly Finding[];
  /** `linkTo` makes the addresses of places that the text links to. */
  hover(path: string, offset: number, linkTo: LinkTo): HoverContent | undefined;
}

export function createLanguageService(store: DocumentStore, onDefect: DefectSink): LanguageService {
  const cache = cachesOf(store);

  const model = (): WorkspaceModel => cache.model(() => buildWorkspaceModel(store, settingsSchema()));
  const placed = (path: string): PlacedDocument | undefined => model().documents.get(path);
  const settings = (path: string): ProjectSettings => placed(path)?.service.settings ?? model().settingsFor(path);
  const namedValues = (path: string): NamedValueLookup =>
    lookUpNamedValues(placed(path)?.service.facts.namedValues ?? []);
  const fragmentsOf = ({ placement, service }: PlacedDocument): FragmentLookup => {
    const scope = placement.kind === 'definition' ? placement.scope : undefined;
    const workspace = scope !== undefined && 'workspace' in scope ? scope.workspace : undefined;
    return (id) => findFragment(id, workspace, service, store);
  };
  const effectivePolicies = (path: string): readonly EffectivePolicy[] =>
    cache.policies(path, () => {
      const place = placed(path);
      if (place === undefined) return [];
      return scopeChainsOf(place, store).map((chain) => computeEffectivePolicy(chain, fragmentsOf(place)));
    });
  const contextOf = (path: string): EffectiveContext | undefined => {
    const place = placed(path);
    const document = store.document(path);
    if (place?.placement.kind !== 'definition' || document?.kind !== 'definition') return undefined;
    const { placement, service } = place;
    return createEffectiveContext(document, effectivePolicies(path), {
      scope: placement.scope,
      namedValues: namedValues(path),
      settings: settings(path),
      apiFacts: apiFactsOf(placement.scope, service),
      fragments: fragmentsOf(place),
      relativePath: (other) => relativeTo(service.root, other) ?? other,
    });
  };

  return {
    store,
    model,
    placed,
    document: (path) => store.document(path),
    settings,
    namedValues,
    effectivePolicies,
    findings: (path) => {
      try {
        const document = placed(path) === undefined ? undefined : store.document(path);
        if (document === undefined) return [];
        return runRules(document, contextOf(path), settings(path), onDefect);
      } catch (error) {
        onDefect(`findings of ${path}`, error);
        const report = { span: { start: 0, end: 0 }, message: defectMessage('reading the policy', error) };
        return [findingOf(internalError.id, internalError.defaultSeverity, path, report)];
      }
    },
    workspaceFindings: () => workspaceFindings(model(), store),
    hover: (path, offset, linkTo) => {
      const context = contextOf(path);
      return context === undefined ? undefined : hover(context, offset, linkTo);
    },
  };
}

/** The schema of the project file with the rules and switches of this version. */
export function settingsSchema(): object {
  const switches = Object.entries(assumptionSwitches).map(([name, { values }]) => [name, Object.keys(values)] as const);
  return projectFileSchema(
    allRules.map(({ id }) => id),
    Object.fromEntries(switches),
  );
}

/** Life: the model one structure version of the store, effective policies one content version. */
function cachesOf(store: DocumentStore) {
  let model: WorkspaceModel | undefined;
  let policies = new Map<string, readonly EffectivePolicy[]>();
  let policiesVersion = -1;
  return {
    model(build: () => WorkspaceModel): WorkspaceModel {
      if (model?.structureVersion !== store.structureVersion) model = build();
      return model;
    },
    policies(path: string, compute: () => readonly EffectivePolicy[]): readonly EffectivePolicy[] {
      if (policiesVersion !== store.contentVersion) {
        policies = new Map();
        policiesVersion = store.contentVersion;
      }
      const known = policies.get(path) ?? compute();
      policies.set(path, known);
      return known;
    },
  };
}
