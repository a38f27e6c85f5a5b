/** The only public door of the policy core: what hosts, the language server, the command line and tests may use. */

export type { CalledOperation } from './cors/calledOperation';
export { compareWithExpected } from './cors/caseComparison';
export { type Call, type CallExplanation, explainCall } from './cors/corsCall';
export { type CorsCase, readCorsCase, situationOfCase } from './cors/corsCase';
export { type CorsCaseFile, readCorsCaseFile, type WrittenCase } from './cors/corsCaseFile';
export { type CorsCaseRun, explainCaseRun, lineOf, questionOfCase, runCorsCase } from './cors/corsCaseRun';
export { corsTestsSchema } from './cors/corsCaseShape';
export { decideCors } from './cors/corsDecision';
export type { BrowserVerdict, CorsDecision, DecisionStep, PolicyPlace } from './cors/corsOutcome';
export {
  type CorsFacts,
  type CorsPolicies,
  type CorsSituation,
  clientKinds,
  credentialsModes,
  type KeyPlace,
  keyPlaces,
} from './cors/corsSituation';
export type {
  CorsQuestion,
  CorsTarget,
  CorsTargetProblem,
  CorsTargetReading,
  CorsTargetRemark,
} from './cors/corsTarget';
export { describeTargetProblem } from './cors/describeTargetProblem';
export { type CaseDifference, judgeCase } from './cors/judgeCase';
export { serialiseOrigin } from './cors/origin';
export { type RejectingStatement, rejectingStatements } from './cors/rejectingStatements';
export type { CallHeader } from './cors/safelist';
export { describeAssumption, type SwitchSettings } from './cors/switches';
export type { EffectiveItem, EffectivePolicy, EffectiveStatement, ViaStep } from './effective/effectivePolicy';
export type { ClosingTag } from './features/closingTag';
export type { CaseCompletions } from './features/completeCorsCase';
export type { CompletionItem } from './features/completion';
export type { ConversionTarget, FormatConversion, KeptExpression } from './features/convertFormat';
export { type CorsCallNote, corsCallNotes } from './features/corsCallNotes';
export {
  anyOtherOrigin,
  type CorsMap,
  type CorsMapAnswer,
  type CorsMapApi,
  type CorsMapCall,
  type CorsMapCode,
  type CorsMapOptions,
  type CorsMapOrigin,
  type CorsMapRow,
  corsMapCodes,
} from './features/corsMap/corsMap';
export { describeCorsMapTerms } from './features/corsMap/corsMapWords';
export type { Definitions } from './features/definition';
export { describeCall } from './features/describeCall';
export type { DocumentLink } from './features/documentLinks';
export type { PolicySymbol } from './features/documentSymbols';
export type { LinkTo } from './features/effectiveCorsMarkdown';
export { writeEffectivePolicy } from './features/effectivePolicyText';
export type { EffectivePolicyText } from './features/effectiveTextWriter';
export type { CorsChoices } from './features/explainCors/corsChoices';
export type { CorsRequestAnswer, CorsRequestExplanation } from './features/explainCors/corsExplanation';
export type { CorsRequestForm } from './features/explainCors/corsRequestForm';
export type { OpenQuestion } from './features/explainCors/openQuestions';
export type { LinkedPlace, RequestJourney, Station } from './features/explainCors/requestJourney';
export type { FoldingRange } from './features/foldingRanges';
export { formattingTriggers } from './features/formatting/formatOnType';
export { type FormattingStyle, serviceStyle } from './features/formatting/formattingStyle';
export type { KeptPlace } from './features/formatting/keptPlaces';
export type { HoverContent } from './features/hover';
export type { PolicyFormat } from './features/policyFormat';
export type { RenameEdit, RenameTarget, Renaming } from './features/rename';
export type { ScopeState } from './features/scopeState';
export type { ScopeSuggestion, SuggestionQuery } from './features/scopeSuggestions';
export type { ScopeGroup, ScopeTree, ScopeTreeNode } from './features/scopeTree';
export { type SemanticToken, semanticTokenModifiers, semanticTokenTypes } from './features/semanticTokens';
export {
  broaderMapping,
  refuseChoice,
  removeFromProjectFile,
  type ScopeChoice,
  type ScopeRefusal,
  type ScopeWriting,
  writeAsComment,
  writeToProjectFile,
} from './features/setScope';
export type { TagPair } from './features/tagPair';
export type { WorkspaceSymbol } from './features/workspaceSymbols';
export { type ChainChoice, createLanguageService, type LanguageService, settingsSchema } from './languageService';
export { allRules, documentationUrl, findRule, rulePageUrl } from './rules/registry';
export type { Finding, Fix, RelatedLocation, RuleMeta, TextEdit } from './rules/rule';
export type { DefectSink } from './rules/runRules';
export type { PolicyDocument, PolicyDocumentKind, SectionName } from './syntax/policyTree';
export { sectionNames, spanInFile } from './syntax/policyTree';
export { sniffPolicy } from './syntax/sniffPolicy';
export { createLineIndex, type LineIndex, type Position, type Range } from './text/lineIndex';
export { foldersAbove, joinPath } from './text/paths';
export type { Span } from './text/span';
export { applyEdits, type SpanEdit } from './text/textEdits';
export { capital, joinNames } from './text/wording';
export { DocumentStore } from './workspace/documentStore';
export { scopeOfDebuggedPolicy } from './workspace/layouts/officialExtension';
export { createLimiter, type Limiter } from './workspace/limiter';
export { type KnownPart, type LoadTarget, loadWorkspace, reasonOf } from './workspace/loadWorkspace';
export {
  describeId,
  describeScope,
  isIdentified,
  type PolicyScope,
  type ScopeConfidence,
  scopeKey,
} from './workspace/policyScope';
export type { Place } from './workspace/references';
export { playsPart } from './workspace/relevance';
export type { ScopeChain, ScopeLink } from './workspace/scopeChain';
export { apiFactsOf, productsWith } from './workspace/scopeChains';
export { type ApiFacts, describeReason, type Operation, type ProductFacts } from './workspace/service';
export { type Severity, severities } from './workspace/severity';
export {
  type Cancellation,
  corsTestFileGlob,
  type FolderEntry,
  isCorsTestFile,
  isFetchedCopy,
  isServiceFile,
  isSkippedFolder,
  isUploadedOnSave,
  mayHoldCreatorConfiguration,
  mayHoldPolicy,
  NothingThereError,
  projectFileName,
  type WorkspaceHost,
} from './workspace/workspaceHost';
export type { PlacedDocument, WorkspaceModel } from './workspace/workspaceModel';
