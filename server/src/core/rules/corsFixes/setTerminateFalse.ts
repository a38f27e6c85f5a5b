import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { findAttribute } from '../../syntax/treeQueries';
import type { CorsConflict, CorsInChain } from '../corsConflicts';
import { corsInInbound } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix, TextEdit } from '../rule';

const attributeName = 'terminate-unmatched-request';

/**
 * Lets preflights of other origins fall through the inherited `cors` to the own one (cors-semantics 6.4, D).
 *
 * Every inherited `cors` that stands in the way in a chain of the conflict is changed; one alone would only move the
 * finding. On real requests, whether the later `cors` adds its headers is not documented (switch SW4).
 */
export function setTerminateFalse(conflict: CorsConflict, context: EffectiveContext): Fix | undefined {
  const blockers = inheritedBlockers(conflict, context);
  if (blockers.some(({ statement }) => statement.document.isEmbedded)) return undefined;
  const files = [...new Set(blockers.map(({ statement }) => context.relativePath(statement.document.path)))];
  const target = blockers.length === 1 ? 'the inherited cors' : `the ${blockers.length} inherited cors policies`;
  return {
    id: 'set-terminate-false',
    title: `Set terminate-unmatched-request="false" on ${target} (${files.join(', ')})`,
    edits: blockers.map(({ statement }) => setTerminateEdit(statement.document, statement.element, 'false')),
  };
}

/** The inherited `cors` statements before the own one that are not told to let other origins pass, each once. */
export function inheritedBlockers(conflict: CorsConflict, context: EffectiveContext): readonly CorsInChain[] {
  const blockers = new Map<PolicyElement, CorsInChain>();
  for (const policy of conflict.policies) {
    const inChain = corsInInbound(policy, context);
    const ownIndex = inChain.findIndex(({ isOwn }) => isOwn);
    for (const candidate of inChain.slice(0, Math.max(ownIndex, 0))) {
      const { terminateUnmatched: terminate } = candidate.cors;
      if (terminate?.known && !terminate.value) continue;
      blockers.set(candidate.statement.element, candidate);
    }
  }
  return [...blockers.values()];
}

/** Writes the attribute, or replaces its value. */
export function setTerminateEdit(document: PolicyDocument, cors: PolicyElement, value: 'true' | 'false'): TextEdit {
  const target = { path: document.path, version: document.version };
  const attribute = findAttribute(cors, attributeName);
  if (attribute !== undefined) {
    return attribute.quote === undefined
      ? { ...target, span: attribute.span, newText: `${attributeName}="${value}"` }
      : { ...target, span: attribute.valueSpan, newText: value };
  }
  const end = (cors.attributes.at(-1)?.span ?? cors.nameSpan).end;
  return { ...target, span: { start: end, end }, newText: ` ${attributeName}="${value}"` };
}
