import { type CallExplanation, type CallSituation, explainCall } from '../../cors/corsCall';
import { createCorsReader, readCorsChain } from '../../cors/corsChain';
import type { BrowserVerdict } from '../../cors/corsOutcome';
import { leavesCorsToBackend } from '../../cors/corsTarget';
import { needsPreflight } from '../../cors/safelist';
import type { EffectivePolicy } from '../../effective/effectivePolicy';
import type { EffectiveContext } from '../../rules/effectiveContext';
import type { Finding, Fix, TextEdit } from '../../rules/rule';
import { sameId } from '../../workspace/policyScope';
import type { DescribedCall } from './describeRequest';
import { grantRequest, neededGrants } from './grantRequest';
import { insertCors } from './insertCors';
import { letPass } from './letPass';
import { headersOf } from './sentRequests';

/** A change of the policies that was tried on the call. */
export interface CorsRepair {
  /** The same as long as the texts and the request are. */
  readonly id: string;
  /** Says what is lost, where something is. */
  readonly title: string;
  /** Of the call, with the change made. */
  readonly browser: BrowserVerdict;
  /** False where the verdict then still hangs on something open. */
  readonly isCertain: boolean;
  readonly edits: readonly TextEdit[];
}

/** What repairs are tried on. */
export interface RepairSurroundings {
  /** Undefined for what is no policy definition. */
  effectiveContext(path: string): EffectiveContext | undefined;
  findings(path: string): readonly Finding[];
}

/** More than anybody weighs. */
const mostRepairs = 6;

/**
 * The fixes of the rules, and those that grant just this request, that bring the call further: each is tried on the texts
 * and the call explained again. Best first as the rules have them, then from the narrowest `cors` to the broadest. None for
 * a call that certainly passes.
 */
export function corsRepairs(
  described: DescribedCall,
  explanation: CallExplanation,
  surroundings: RepairSurroundings,
): readonly CorsRepair[] {
  const { browser } = explanation;
  if (browser === 'not-applicable' || (browser === 'allowed' && isCertainCall(explanation))) return [];
  const [own] = described.target.policies.withoutProduct.chain.links;
  const context = own?.state === 'present' ? surroundings.effectiveContext(own.document.path) : undefined;
  if (context === undefined) return [];
  const before = rank(explanation);
  const repairs = new Map<string, CorsRepair>();
  for (const { fix, id } of candidates(described, context, surroundings)) {
    const key = editsKey(fix);
    if (repairs.size >= mostRepairs || fix.edits.length === 0 || repairs.has(key)) continue;
    const after = explainCall(situationAfter(described.situation, context.afterEdits(fix.edits)));
    if (rank(after) <= before) continue;
    const { title, edits } = fix;
    repairs.set(key, { id, title, browser: after.browser, isCertain: isCertainCall(after), edits });
  }
  return [...repairs.values()];
}

/** False where another reading, or something that only the running gateway knows, changes what the browser does. */
export function isCertainCall({ preflight, actual }: CallExplanation): boolean {
  return [preflight, actual].every(
    (decision) => decision === undefined || decision.alternatives.every(({ browser }) => browser === decision.browser),
  );
}

/** The worse verdicts first. */
const order: readonly BrowserVerdict[] = ['blocked', 'unknown', 'depends-on-backend', 'allowed'];

function rank(explanation: CallExplanation): number {
  return order.indexOf(explanation.browser) * 2 + (isCertainCall(explanation) ? 1 : 0);
}

interface Candidate {
  readonly id: string;
  readonly fix: Fix;
}

function* candidates(
  { call, target, situation }: DescribedCall,
  context: EffectiveContext,
  { findings }: RepairSurroundings,
): Generator<Candidate> {
  for (const { ruleId, span, fixes } of findings(context.document.path)) {
    for (const fix of fixes) yield { id: `${ruleId}/${fix.id}@${span.start}`, fix };
  }
  const need = needsPreflight({ method: call.method, headers: headersOf(call) });
  const preflight = need.isNeeded ? { method: call.method, headerNames: need.headerNames } : undefined;
  const needed = neededGrants(call, preflight);
  const { withoutProduct, withProduct, namedValues } = situation;
  for (const policy of [withoutProduct, withProduct]) {
    const participants = policy === undefined ? [] : readCorsChain(policy, createCorsReader(namedValues)).participants;
    const passing = letPass(participants, needed.origin, context.relativePath);
    if (passing !== undefined) yield { id: 'let-pass', fix: passing };
    const ownFirst = [...participants].sort((one, other) => Number(other.isOwn) - Number(one.isOwn));
    for (const participant of ownFirst) {
      const fix = grantRequest(participant, needed, context.relativePath);
      const { document, element } = participant.statement;
      if (fix !== undefined) yield { id: `grant:${document.path}@${element.span.start}`, fix };
    }
  }
  const inserted = insertCors(context.document, target.scope, needed, context.relativePath);
  if (inserted !== undefined) yield { id: 'insert', fix: inserted };
}

function editsKey({ edits }: Fix): string {
  return edits.map(({ path, span, newText }) => `${path}:${span.start}-${span.end}:${newText}`).join('\n');
}

function situationAfter(situation: CallSituation, { policies, fragments }: EffectiveContext): CallSituation {
  const same = (before: EffectivePolicy | undefined): EffectivePolicy | undefined =>
    before && policies.find(({ chain }) => sameId(chain.product, before.chain.product));
  const withoutProduct = same(situation.withoutProduct) ?? situation.withoutProduct;
  const withProduct = same(situation.withProduct);
  const backendAddsCors = [withoutProduct, withProduct].every(leavesCorsToBackend) ? 'unknown' : undefined;
  return { ...situation, withoutProduct, withProduct, fragments, facts: { ...situation.facts, backendAddsCors } };
}
