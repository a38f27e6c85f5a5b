import { type CorsReader, createCorsReader } from './cors/corsChain';
import { type CorsQuestion, type CorsTargetReading, readCorsTarget } from './cors/corsTarget';
import { assumptionSwitches } from './cors/switches';
import { computeEffectivePolicy, computeParentPolicy, type FragmentLookup } from './effective/computeEffectivePolicy';
import type { EffectivePolicy } from './effective/effectivePolicy';
import { createModelCaches } from './effective/modelCaches';
import { lookUpNamedValues, type NamedValueLookup } from './effective/namedValues';
import { unknown } from './effective/resolved';
import { type ClosingTag, closingTagAt } from './features/closingTag';
import { type CaseCompletions, completeCorsCase } from './features/completeCorsCase';
import { type CompletionItem, complete } from './features/completion';
import { type ConversionTarget, convertFormat, type FormatConversion } from './features/convertFormat';
import { computingCorsMap } from './features/corsMap/computeCorsMap';
import type { CorsMap, CorsMapOptions } from './features/corsMap/corsMap';
import { hasRowGroups } from './features/corsMap/corsMapRows';
import { type Definitions, definition } from './features/definition';
import { type DocumentLink, documentLinks } from './features/documentLinks';
import { documentSymbols, type PolicySymbol } from './features/documentSymbols';
import type { LinkTo } from './features/effectiveCorsMarkdown';
import { writeEffectivePolicy } from './features/effectivePolicyText';
import type { EffectivePolicyText } from './features/effectiveTextWriter';
import { type CorsChoices, corsChoices } from './features/explainCors/corsChoices';
import type { CorsRequestAnswer, OfferedRepair } from './features/explainCors/corsExplanation';
import type { CorsRepair } from './features/explainCors/corsRepairs';
import type { CorsRequestForm } from './features/explainCors/corsRequestForm';
import {
  type CorsExpectation,
  type CorsTestFile,
  type CorsTestRefusal,
  type CorsTestWriting,
  writeCorsTest,
} from './features/explainCors/corsTestCases';
import { describeRequest } from './features/explainCors/describeRequest';
import { explainablePlaces } from './features/explainCors/explainablePlaces';
import { corsRepair, type ExplainSurroundings, explainCorsRequest } from './features/explainCors/explainCorsRequest';
import { type FoldingRange, foldingRanges } from './features/foldingRanges';
import { formatDocument, formatRange } from './features/formatting/formatDocument';
import { formatOnType } from './features/formatting/formatOnType';
import type { FormattingStyle } from './features/formatting/formattingStyle';
import { type KeptPlace, keptPlaces } from './features/formatting/keptPlaces';
import { type FragmentSurroundings, fragmentHover } from './features/fragmentHover';
import { type HoverContent, hover, joinHovers } from './features/hover';
import { type PolicyFormat, policyFormatOf } from './features/policyFormat';
import { referenceHover } from './features/referenceHover';
import { type RenameEdit, type RenameTarget, type Renaming, rename, renameTargetAt } from './features/rename';
import { folderRenameEdits } from './features/renameFolder';
import { createScopeTree, type ScopeTree } from './features/scopeTree';
import { selectionSpans } from './features/selectionSpans';
import { type SemanticToken, semanticTokens } from './features/semanticTokens';
import { type TagPair, tagPairAt } from './features/tagPair';
import { usesOfThing } from './features/usesOfThing';
import { type WorkspaceSymbol, workspaceSymbols } from './features/workspaceSymbols';
import { createEffectiveContext, type EffectiveContext } from './rules/effectiveContext';
import { createEmbeddedFragmentFindings } from './rules/embeddedFragmentFindings';
import type { ReferenceContext } from './rules/referenceContext';
import { allRules } from './rules/registry';
import type { Finding } from './rules/rule';
import { type DefectSink, defectMessage, findingOf, reportedRules, runRules } from './rules/runRules';
import { specificationFindings, workspaceFindings } from './rules/workspaceFindings';
import { internalError } from './rules/workspaceRules';
import { type PolicyDocument, sectionNames } from './syntax/policyTree';
import { foldersAbove, joinPath, relativeTo } from './text/paths';
import type { Span } from './text/span';
import type { SpanEdit } from './text/textEdits';
import type { ReferenceKind } from './workspace/documentReferences';
import type { DocumentStore } from './workspace/documentStore';
import { findFragment } from './workspace/fragments';
import { createNarrowerPlaces } from './workspace/narrowerPlaces';
import { sameId } from './workspace/policyScope';
import { readProjectFile } from './workspace/projectFile';
import { projectFileSchema } from './workspace/projectFileSchema';
import { defaultSettings, type ProjectSettings } from './workspace/projectSettings';
import { createReferences, type Place } from './workspace/references';
import type { ScopeChain } from './workspace/scopeChain';
import { apiFactsOf, needsKey, productFactsOf, scopeChainsOf } from './workspace/scopeChains';
import { listScopeEntries, type ScopeEntries } from './workspace/scopeEntries';
import { noServiceFacts, workspaceOfPlacement } from './workspace/service';
import { projectFileName } from './workspace/workspaceHost';
import {
  buildWorkspaceModel,
  type PlacedDocument,
  type Service,
  type WorkspaceModel,
} from './workspace/workspaceModel';

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
  /** Of rules and of CORS: those of the nearest project file above. A service's named values and products: `placed`. */
  settings(path: string): ProjectSettings;
  /** As the document sees them; those of another scope in its chains for callers that name that scope. */
  namedValues(path: string): NamedValueLookup;
  /** Finds what a document's `include-fragment` names. */
  fragments(path: string): FragmentLookup;
  /** One per chain; none for fragments and resolvers. */
  effectivePolicies(path: string): readonly EffectivePolicy[];
  /**
   * Policies and facts for CORS requests to the document's scope: operations, versions, products and the rest of what
   * the repository tells. Undefined as for `placed`.
   */
  corsTarget(path: string, question: CorsQuestion): CorsTargetReading | undefined;
  /**
   * Names that fit a place in the text of a file of CORS tests. `targetPath` finds the path of the policy that a target
   * names; for `folders` see CaseSurroundings.
   */
  completeCorsCase(
    file: { readonly path: string; readonly text: string; readonly folders: readonly string[] },
    offset: number,
    targetPath: (name: string) => string | undefined,
  ): CaseCompletions | undefined;
  /** One chain's merged policy as a document to read. Undefined where the document has no such chain, or no parent. */
  effectivePolicyText(path: string, choice: ChainChoice): EffectivePolicyText | undefined;
  /** What becomes of a call to the scope of a policy document. Undefined where the store does not hold the file, or does not take it for a policy. */
  explainCorsRequest(path: string, form: CorsRequestForm): CorsRequestAnswer | undefined;
  /** One of the repairs that an explanation has offered. Undefined where it is not offered now. */
  corsRepair(path: string, form: CorsRequestForm, wanted: Pick<OfferedRepair, 'id' | 'title'>): CorsRepair | undefined;
  /** How to write such a call down as cases of `cors-test`. Undefined as for `explainCorsRequest`. */
  writeCorsTest(
    path: string,
    form: CorsRequestForm,
    expect: CorsExpectation,
    file: Omit<CorsTestFile, 'targetPath'>,
  ): CorsTestWriting | CorsTestRefusal | undefined;
  /** What a person may choose from to describe such a call. `offset`: where the person is in the text. Undefined as for `explainCorsRequest`. */
  corsChoices(path: string, offset: number | undefined): CorsChoices | undefined;
  /** Where in a document a person may want a request explained. */
  explainablePlaces(path: string): readonly Span[];
  /** On one policy document, in the order of its text. */
  findings(path: string): readonly Finding[];
  /**
   * Those that follow from the document's text alone: what can be said while the workspace is still being read. Builds
   * no model. None where the text is not recognised as a policy.
   */
  textFindings(path: string): readonly Finding[];
  /** On project files, and on files that cannot be read. */
  workspaceFindings(): readonly Finding[];
  /** The files that are no policies and hold the text of a policy fragment: `findings` knows them, too. Sorted. */
  embeddedFragmentPaths(): readonly string[];
  /** On specifications that cannot be read. Reads them all, which takes long in large services. */
  specificationFindings(): readonly Finding[];
  /** The scopes of the workspace, with and without policies. Life: that of the model. */
  scopeTree(): ScopeTree;
  /** The folders of the services that have something to map, sorted. */
  corsMapRoots(): readonly string[];
  /**
   * The map of the service in a folder, computed in steps between which a host can let others run, and stop. Undefined
   * where there is no such service. A host that meets a change of the store begins anew.
   */
  computingCorsMap(root: string, options: CorsMapOptions): Generator<void, CorsMap | undefined>;
  /** `linkTo` makes the addresses of places that the text links to; `explainLink` is one that explains a CORS request. */
  hover(path: string, offset: number, linkTo: LinkTo, explainLink?: string): HoverContent | undefined;
  /** The outline; empty where the store does not hold the file, or does not take it for a policy. */
  documentSymbols(path: string): readonly PolicySymbol[];
  foldingRanges(path: string): readonly FoldingRange[];
  /** What "expand selection" walks through, innermost first. */
  selectionSpans(path: string, offset: number): readonly Span[];
  /** Names whose meaning no grammar can know, in order, each on one line. */
  semanticTokens(path: string): readonly SemanticToken[];
  /** The names of the start and end tag at the offset. */
  tagPair(path: string, offset: number): TagPair | undefined;
  /** What has a name at the offset that can be changed. */
  renameTarget(path: string, offset: number): RenameTarget | undefined;
  /** What the name at the offset means; undefined elsewhere. A hover on a name rests on all files, and so does the definition of a variable. */
  nameKindAt(path: string, offset: number): ReferenceKind | undefined;
  /** Where the name or `<base />` at the offset is defined. */
  definition(path: string, offset: number): Definitions | undefined;
  /** Every use of what has a name at the offset, by path; undefined where nothing has. `withDefinition` adds where it is defined. */
  usesAt(path: string, offset: number, withDefinition: boolean): readonly Place[] | undefined;
  documentLinks(path: string): readonly DocumentLink[];
  /** What can stand at the offset, best first. */
  complete(path: string, offset: number): readonly CompletionItem[];
  workspaceSymbols(query: string): readonly WorkspaceSymbol[];
  /**
   * Reads what `usesAt`, `rename`, `complete`, and hovers on names rest on, one file a step. They read what is missing
   * themselves; a host that takes the steps first can let others run, and stop.
   */
  readingReferences(): Generator<void>;
  rename(path: string, offset: number, newName: string): Renaming | undefined;
  /** What to change before a folder gets another name; nothing where no name rests on it. */
  folderRenameEdits(from: string, to: string): readonly RenameEdit[];
  /** What to insert behind a `>` or `</` that was just typed. */
  closingTag(path: string, offset: number): ClosingTag | undefined;
  /** Undefined for what is no policy document of its own, such as a fragment's text inside an information file. */
  policyFormat(path: string): PolicyFormat | undefined;
  /** How to write the document's expressions, or those that `within` touches, raw or escaped. Undefined as for `policyFormat`. */
  convertFormat(path: string, to: ConversionTarget, within?: Span): FormatConversion | undefined;
  /** Edits of white space; none where the store does not hold the file, does not take it for a policy, or has it from inside another file. */
  formatDocument(path: string, style: FormattingStyle): readonly SpanEdit[];
  /** What `formatDocument` leaves as it is because of a syntax problem. */
  keptByFormatting(path: string, style: FormattingStyle): readonly KeptPlace[];
  /** `formatDocument` for the lines that the span touches. */
  formatRange(path: string, span: Span, style: FormattingStyle): readonly SpanEdit[];
  /** After one of `formattingTriggers` was typed before the offset: at most the indentation of that line. */
  formatOnType(path: string, offset: number, typed: string, style: FormattingStyle): readonly SpanEdit[];
}

/** One of the merged policies around a document. */
export interface ChainChoice {
  /** Undefined: for requests without a product. A product's own document has the chain of that product alone. */
  readonly product: string | undefined;
  /** `parent`: what the document's scope inherits from. */
  readonly of: 'document' | 'parent';
}

export function createLanguageService(store: DocumentStore, onDefect: DefectSink): LanguageService {
  const cache = createModelCaches(store);

  let tree: { readonly model: WorkspaceModel; readonly scopes: ScopeTree } | undefined;
  let entries: { readonly model: WorkspaceModel; readonly byRoot: ReadonlyMap<string, ScopeEntries> } | undefined;

  const model = (): WorkspaceModel => cache.model(() => buildWorkspaceModel(store, settingsSchema()));
  const placed = (path: string): PlacedDocument | undefined => model().documents.get(path);
  const settings = (path: string): ProjectSettings => model().settingsFor(path);
  const namedValues = (path: string): NamedValueLookup => {
    const { service, placement } = placed(path) ?? {};
    const around = service ?? { facts: noServiceFacts, settings: settings(path) };
    return lookUpNamedValues(around, placement && workspaceOfPlacement(placement));
  };
  // A service lives as long as the model, and so do its named values.
  const corsReaders = new WeakMap<Service, CorsReader>();
  const corsReaderOf = (service: Service): CorsReader => {
    const reader = corsReaders.get(service) ?? createCorsReader(lookUpNamedValues(service, undefined));
    corsReaders.set(service, reader);
    return reader;
  };
  // A chain goes through the service and a workspace, and each has fragments of its own: the includer's count.
  const fragmentsOf =
    (place: PlacedDocument): FragmentLookup =>
    (id, includer) => {
      const { placement } = placed(includer.path) ?? place;
      return findFragment(id, workspaceOfPlacement(placement), place.service, store);
    };
  const effectivePolicies = (path: string): readonly EffectivePolicy[] =>
    cache.policies(path, model(), (restsOn) => {
      const place = placed(path);
      if (place === undefined) return [];
      const fragments = fragmentsOf(place);
      const noted: FragmentLookup = (id, includer) => {
        const fragment = fragments(id, includer);
        if (fragment !== undefined) restsOn(fragment);
        return fragment;
      };
      const chains = scopeChainsOf(place, store);
      for (const { links } of chains) for (const link of links) if (link.state === 'present') restsOn(link.document);
      return chains.map((chain) => computeEffectivePolicy(chain, noted));
    });
  const contextOf = (path: string): EffectiveContext | undefined => {
    const place = placed(path);
    const document = store.document(path);
    if (place?.placement.kind !== 'definition' || document?.kind !== 'definition') return undefined;
    const { placement, service } = place;
    return createEffectiveContext(document, effectivePolicies(path), {
      scope: placement.scope,
      isScopeGuessed: placement.confidence === 'guessed',
      namedValues: namedValues(path),
      readCors: corsReaderOf(service),
      settings: settings(path),
      apiFacts: apiFactsOf(placement.scope, service),
      needsKey: needsKey(placement.scope, service),
      productFacts: productFactsOf(placement.scope, service),
      fragments: fragmentsOf(place),
      narrower: () => narrowerContexts(path),
      reportedRules,
      relativePath: (other) => relativeTo(service.root, other) ?? other,
    });
  };

  // Every text that is a policy has a place. So what rests on the text alone needs no model, which is no more than half
  // true while a workspace is read.
  const onDocument = <T>(path: string, ask: (document: PolicyDocument) => T): T | undefined => {
    const isPolicy = store.isPolicy(path) || placed(path) !== undefined;
    const document = isPolicy ? store.document(path) : undefined;
    return document === undefined ? undefined : ask(document);
  };

  /** Its spans count in the file. */
  const onFile = <T>(path: string, ask: (document: PolicyDocument) => T): T | undefined =>
    onDocument(path, (document) => (document.isEmbedded === true ? undefined : ask(document)));

  const narrowerPlaces = createNarrowerPlaces(model);
  /** Of the definitions whose chains pass through the document at the path. */
  const narrowerContexts = (path: string): readonly EffectiveContext[] => {
    const passes = ({ chain }: EffectivePolicy): boolean =>
      chain.links.slice(1).some((link) => link.state === 'present' && link.document.path === path);
    const own = placed(path);
    if (own === undefined) return [];
    // Judged by their places first, so that few documents are read for an API's fix in a large service.
    return narrowerPlaces(own).flatMap((other) =>
      effectivePolicies(other.path).some(passes) ? (contextOf(other.path) ?? []) : [],
    );
  };

  const references = createReferences(store, model);
  const chainsOf = (path: string): readonly ScopeChain[] => {
    const place = placed(path);
    return place === undefined ? [] : scopeChainsOf(place, store);
  };
  const placementOf = (path: string) => placed(path)?.placement;
  const embeddedFragments = createEmbeddedFragmentFindings(store, model, references, placementOf, onDefect);
  /** As messages name files that belong to the service of a file. */
  const relativePathFrom = (path: string) => (other: string) => {
    const root = placed(path)?.service.root;
    return root === undefined ? other : (relativeTo(root, other) ?? other);
  };
  /** The policy documents that include the fragment, sorted by path. */
  const includersOf = (fragmentId: string, service: Service): readonly PolicyDocument[] => {
    const paths = new Set(references.index.uses('fragment', fragmentId, service).map((use) => use.path));
    return [...paths].flatMap((path) => (store.isPolicy(path) ? (store.document(path) ?? []) : []));
  };
  const referenceContextOf = (path: string, document: PolicyDocument): ReferenceContext | undefined => {
    const placement = placed(path)?.placement;
    const owner = references.ownerOf(path);
    if (placement === undefined || owner === undefined) return undefined;
    return { document, placement, owner, references, store, placementOf };
  };
  const nameHover = (path: string, offset: number, linkTo: LinkTo): HoverContent | undefined => {
    const thing = onFile(path, () => references.thingAt(path, offset));
    if (thing === undefined) return undefined;
    const surroundings = { references, store, namedValues: namedValues(path), relativePath: relativePathFrom(path) };
    return referenceHover(thing, path, surroundings, linkTo);
  };
  const policyHover = (
    path: string,
    offset: number,
    linkTo: LinkTo,
    explainLink?: string,
  ): HoverContent | undefined => {
    const context = contextOf(path);
    if (context !== undefined) return hover(context, offset, linkTo, explainLink);
    const place = placed(path);
    const document = store.document(path);
    if (place?.placement.kind !== 'fragment' || document?.kind !== 'fragment') return undefined;
    const { fragmentId } = place.placement;
    const surroundings: FragmentSurroundings = {
      fragmentId,
      includers: includersOf(fragmentId, place.service),
      namedValues: namedValues(path),
      relativePath: relativePathFrom(path),
    };
    return fragmentHover(document, offset, surroundings, linkTo);
  };

  /** Life: that of the model. */
  const scopeEntries = (): ReadonlyMap<string, ScopeEntries> => {
    const current = model();
    if (entries?.model !== current) entries = { model: current, byRoot: listScopeEntries(current, store) };
    return entries.byRoot;
  };

  /** A defect of ours is a finding, too. */
  const findingsOf = (path: string, find: () => readonly Finding[]): readonly Finding[] => {
    cache.release();
    try {
      return find();
    } catch (error) {
      onDefect(`findings of ${path}`, error);
      const report = { span: { start: 0, end: 0 }, message: defectMessage('reading the policy', error) };
      return [findingOf(internalError.id, internalError.defaultSeverity, path, report)];
    }
  };

  const explainingAround = (path: string): ExplainSurroundings => ({
    ...service,
    effectiveContext: contextOf,
    relativePath: relativePathFrom(path),
  });

  const service: LanguageService = {
    store,
    model,
    placed,
    document: (path) => store.document(path),
    settings,
    namedValues,
    fragments: (path) => {
      const place = placed(path);
      return place === undefined ? () => undefined : fragmentsOf(place);
    },
    effectivePolicies,
    completeCorsCase: ({ path, text, folders }, offset, targetPath) =>
      completeCorsCase(text, offset, {
        path,
        folders,
        model: model(),
        settings: settings(path),
        findTarget: (name) => {
          const target = targetPath(name);
          return target === undefined ? undefined : placed(target);
        },
      }),
    corsTarget: (path, question) => {
      const place = placed(path);
      return place && readCorsTarget(place, question, service);
    },
    findings: (path) =>
      findingsOf(path, () => {
        const document = placed(path) === undefined ? undefined : store.document(path);
        if (document === undefined) return embeddedFragments.findings(path);
        const context = contextOf(path);
        const references = referenceContextOf(path, document);
        // What the context holds already is not made again.
        const known = context ?? { settings: settings(path), namedValues: namedValues(path) };
        const around = { context, references, settings: known.settings, namedValues: known.namedValues };
        return runRules(document, around, onDefect);
      }),
    textFindings: (path) =>
      findingsOf(path, () => {
        const document = store.isPolicy(path) ? store.document(path) : undefined;
        if (document === undefined) return [];
        return runRules(document, { settings: nearestSettings(path, store), namedValues: noNamedValues }, onDefect);
      }),
    scopeTree: () => {
      const current = model();
      if (tree?.model !== current) tree = { model: current, scopes: createScopeTree(current, store, service.findings) };
      return tree.scopes;
    },
    corsMapRoots: () => [...scopeEntries()].flatMap(([root, entries]) => (hasRowGroups(entries) ? [root] : [])).sort(),
    computingCorsMap: (root, options) =>
      computingCorsMap(root, options, {
        store,
        settings,
        effectivePolicies,
        entries: (folder) => scopeEntries().get(folder),
        namedValuesOf: lookUpNamedValues,
        fragmentsOf: (around, workspace) => (id, includer) => {
          const placement = placed(includer.path)?.placement;
          return findFragment(id, placement === undefined ? workspace : workspaceOfPlacement(placement), around, store);
        },
      }),
    effectivePolicyText: (path, choice) => {
      const place = placed(path);
      const own = effectivePolicies(path).find(({ chain }) => sameId(chain.product, choice.product));
      if (place === undefined || own === undefined) return undefined;
      const policy = choice.of === 'document' ? own : computeParentPolicy(own, fragmentsOf(place));
      const fileName = (other: string): string => relativeTo(place.service.root, other) ?? other;
      return (
        policy && writeEffectivePolicy(policy, { sections: sectionNames, fileName, fragments: fragmentsOf(place) })
      );
    },
    explainCorsRequest: (path, form) => {
      const place = placed(path);
      return place && explainCorsRequest(place, form, explainingAround(path));
    },
    corsRepair: (path, form, wanted) => {
      const place = placed(path);
      return place && corsRepair(place, form, wanted, explainingAround(path));
    },
    writeCorsTest: (path, form, expect, file) => {
      const place = placed(path);
      if (place === undefined) return undefined;
      const described = describeRequest(place, form, service);
      return 'problems' in described
        ? { because: described.problems.map(({ message }) => message).join(' ') }
        : writeCorsTest(described, form, expect, { ...file, targetPath: path });
    },
    corsChoices: (path, offset) => {
      const place = placed(path);
      const paths = (id: string, owner: Service) => includersOf(id, owner).map((document) => document.path);
      return place && corsChoices(place, offset, { ...service, includersOf: paths });
    },
    explainablePlaces: (path) => onFile(path, explainablePlaces) ?? [],
    embeddedFragmentPaths: () => embeddedFragments.paths(),
    workspaceFindings: () => workspaceFindings(model(), store),
    specificationFindings: () => specificationFindings(model()),
    documentSymbols: (path) => onDocument(path, documentSymbols) ?? [],
    foldingRanges: (path) => onDocument(path, foldingRanges) ?? [],
    selectionSpans: (path, offset) => onDocument(path, (document) => selectionSpans(document, offset)) ?? [],
    semanticTokens: (path) => onDocument(path, semanticTokens) ?? [],
    tagPair: (path, offset) => onDocument(path, (document) => tagPairAt(document, offset)),
    renameTarget: (path, offset) => onFile(path, (document) => renameTargetAt(document, offset, references)),
    rename: (path, offset, newName) =>
      onFile(path, (document) =>
        rename(document, offset, newName, { references, store, relativePath: relativePathFrom(path) }),
      ),
    folderRenameEdits: (from, to) => {
      const services = new Set([...model().documents.values()].map(({ service: each }) => each));
      return folderRenameEdits(from, to, services, { references, store, relativePath: relativePathFrom(from) });
    },
    definition: (path, offset) => onFile(path, (document) => definition(document, offset, chainsOf(path), references)),
    nameKindAt: (path, offset) => references.thingAt(path, offset)?.kind,
    usesAt: (path, offset, withDefinition) => {
      const thing = references.thingAt(path, offset);
      return thing && usesOfThing(thing, path, references, withDefinition);
    },
    documentLinks: (path) => onFile(path, (document) => documentLinks(document, references, store)) ?? [],
    complete: (path, offset) => {
      const owner = references.ownerOf(path);
      const relativePath = relativePathFrom(path);
      const ask = (document: PolicyDocument): readonly CompletionItem[] =>
        owner === undefined
          ? []
          : complete({ document, offset, owner, references, namedValues: namedValues(path), relativePath });
      return onFile(path, ask) ?? [];
    },
    workspaceSymbols: (query) => workspaceSymbols(query, model(), references, store),
    readingReferences: () => references.index.reading(),
    closingTag: (path, offset) => onFile(path, (document) => closingTagAt(document, offset)),
    policyFormat: (path) => onFile(path, policyFormatOf),
    convertFormat: (path, to, within) => onFile(path, (document) => convertFormat(document, to, within)),
    formatDocument: (path, style) => onFile(path, (document) => formatDocument(document, style)) ?? [],
    keptByFormatting: (path, style) => onFile(path, (document) => keptPlaces(document, style)) ?? [],
    formatRange: (path, span, style) => onFile(path, (document) => formatRange(document, span, style)) ?? [],
    formatOnType: (path, offset, typed, style) =>
      onFile(path, (document) => formatOnType(document, offset, typed, style)) ?? [],
    hover: (path, offset, linkTo, explainLink) =>
      joinHovers(nameHover(path, offset, linkTo), policyHover(path, offset, linkTo, explainLink)),
  };
  return service;
}

/** The schema of the project file with the rules and switches of this version. */
export function settingsSchema(): object {
  const switches = Object.entries(assumptionSwitches).map(([name, { values }]) => [name, Object.keys(values)] as const);
  return projectFileSchema(
    allRules.map(({ id }) => id),
    Object.fromEntries(switches),
  );
}

/** While the workspace is still being read, what a named value stands for is not known. */
const noNamedValues: NamedValueLookup = (name) => unknown(`the value of {{${name}}} is not read yet`);

/** Those of the nearest project file that the store has, without a model. */
function nearestSettings(path: string, store: DocumentStore): ProjectSettings {
  for (const folder of foldersAbove(path)) {
    const file = store.read(joinPath(folder, projectFileName), readSettings);
    if (file !== undefined) return file;
  }
  return defaultSettings;
}

function readSettings(text: string, path: string): ProjectSettings {
  return readProjectFile(path, text, settingsSchema()).settings;
}
