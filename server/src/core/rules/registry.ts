import { authorizationWithStar } from './authorizationWithStar';
import { backendOwnsCors } from './backendOwnsCors';
import { baseAtGlobalScope } from './baseAtGlobalScope';
import { baseInheritsPortalCors } from './baseInheritsPortalCors';
import { baseInheritsRestrictiveCors } from './baseInheritsRestrictiveCors';
import { baseRemoved } from './baseRemoved';
import { corsInFragment } from './corsInFragment';
import { corsNested } from './corsNested';
import { corsOutsideInbound } from './corsOutsideInbound';
import { corsShadowed } from './corsShadowed';
import { duplicateCorsInSection } from './duplicateCorsInSection';
import { elementOrder } from './elementOrder';
import { failingPolicyBeforeCors } from './failingPolicyBeforeCors';
import { fragmentCycle } from './fragmentCycle';
import { fragmentWithBase } from './fragmentWithBase';
import { fragmentWithSection } from './fragmentWithSection';
import { globalPolicyUnknown } from './globalPolicyUnknown';
import { headersMissing } from './headersMissing';
import { headerVersionedApi } from './headerVersionedApi';
import { localhostSchemeOrPort } from './localhostSchemeOrPort';
import { manualAcao } from './manualAcao';
import { maxAge } from './maxAge';
import { methodsMissing } from './methodsMissing';
import { missingSection } from './missingSection';
import { nestedFragment } from './nestedFragment';
import { operationOverrideBehindBase } from './operationOverrideBehindBase';
import { optionsOperation } from './optionsOperation';
import { originExpression } from './originExpression';
import { originListInOneElement } from './originListInOneElement';
import { originNormalisation } from './originNormalisation';
import { originNotAnOrigin } from './originNotAnOrigin';
import { originPattern } from './originPattern';
import { originReflectsAnything } from './originReflectsAnything';
import { originScheme } from './originScheme';
import { portalCorsNotInherited } from './portalCorsNotInherited';
import { portalCustomHostMissing } from './portalCustomHostMissing';
import { portalNotAllowed } from './portalNotAllowed';
import { productCorsNeedsQueryKey } from './productCorsNeedsQueryKey';
import { repeatedBase } from './repeatedBase';
import type { Rule, RuleMeta } from './rule';
import { starWithCredentialsLists } from './starWithCredentialsLists';
import { syntaxRules } from './syntaxRules';
import { terminateNotExplicit } from './terminateNotExplicit';
import { unmatchedEmpty200 } from './unmatchedEmpty200';
import { unresolvedBackend } from './unresolvedBackend';
import { unresolvedFragment } from './unresolvedFragment';
import { unresolvedLogger } from './unresolvedLogger';
import { unresolvedNamedValue } from './unresolvedNamedValue';
import { unsetVariable } from './unsetVariable';
import { unusedFragment } from './unusedFragment';
import { websocketSkipsCors } from './websocketSkipsCors';
import { wildcardMixed } from './wildcardMixed';
import { wildcardOrigin } from './wildcardOrigin';
import { wildcardWithCredentials } from './wildcardWithCredentials';
import { internalError, projectFileInvalid, serviceFileInvalid, unreadableFile } from './workspaceRules';

/** The rules that look at policies, one file each. */
export const policyRules: readonly Rule[] = [
  baseInheritsPortalCors,
  baseInheritsRestrictiveCors,
  operationOverrideBehindBase,
  corsShadowed,
  terminateNotExplicit,
  duplicateCorsInSection,
  failingPolicyBeforeCors,
  corsOutsideInbound,
  corsNested,
  corsInFragment,
  methodsMissing,
  productCorsNeedsQueryKey,
  headerVersionedApi,
  optionsOperation,
  websocketSkipsCors,
  manualAcao,
  backendOwnsCors,
  portalCorsNotInherited,
  portalCustomHostMissing,
  portalNotAllowed,
  originNotAnOrigin,
  originPattern,
  originListInOneElement,
  originExpression,
  originReflectsAnything,
  wildcardWithCredentials,
  wildcardMixed,
  wildcardOrigin,
  originScheme,
  originNormalisation,
  localhostSchemeOrPort,
  headersMissing,
  authorizationWithStar,
  starWithCredentialsLists,
  maxAge,
  elementOrder,
  unmatchedEmpty200,
  globalPolicyUnknown,
  baseRemoved,
  missingSection,
  repeatedBase,
  baseAtGlobalScope,
  unresolvedFragment,
  unresolvedNamedValue,
  unresolvedBackend,
  unresolvedLogger,
  unsetVariable,
  unusedFragment,
  fragmentWithSection,
  fragmentWithBase,
  nestedFragment,
  fragmentCycle,
];

/** Everything that can be reported, sorted by id: the one list from which tables, schemas and links are made. */
export const allRules: readonly RuleMeta[] = [
  ...policyRules.map(({ meta }) => meta),
  ...syntaxRules,
  projectFileInvalid,
  unreadableFile,
  serviceFileInvalid,
  internalError,
].sort((one, other) => (one.id < other.id ? -1 : 1));

const byId = new Map(allRules.map((meta) => [meta.id, meta]));

/** The rule with this id; undefined for an id that nothing reports. */
export function findRule(id: string): RuleMeta | undefined {
  return byId.get(id);
}

/** Where the page of a rule is published. */
export function rulePageUrl(id: string): string {
  return `${documentationUrl}/rules/${id}.md`;
}

/** The project's pages, as they are on the main branch. */
export const documentationUrl = 'https://github.com/apim-policy-lens/apim-policy-lens/blob/main/docs';
