import { type Call, type CallExplanation, explainCall } from '../../cors/corsCall';
import { createCorsReader, readCorsChain } from '../../cors/corsChain';
import type { CorsDecision, PolicyPlace } from '../../cors/corsOutcome';
import type { CorsTarget, CorsTargetSources } from '../../cors/corsTarget';
import { isForbiddenHeader } from '../../cors/safelist';
import { type EffectivePolicy, isInherited } from '../../effective/effectivePolicy';
import type { PolicyDocument } from '../../syntax/policyTree';
import { capital } from '../../text/wording';
import { describeScope } from '../../workspace/policyScope';
import type { PlacedDocument } from '../../workspace/workspaceModel';
import { corsCallNotes } from '../corsCallNotes';
import { describeCall } from '../describeCall';
import type {
  CorsRequestAnswer,
  CorsRequestExplanation,
  OfferedRepair,
  PageHint,
  ScopeOnTheWay,
} from './corsExplanation';
import { type CorsRepair, corsRepairs, isCertainCall, type RepairSurroundings } from './corsRepairs';
import type { CorsRequestForm } from './corsRequestForm';
import { describeRequest } from './describeRequest';
import { openQuestions } from './openQuestions';
import { type JourneySurroundings, journeyOf, type LinkedPlace, linkedPlace } from './requestJourney';
import { sentCall, sentPreflight } from './sentRequests';

/** What an explanation is made from; a language service is one. */
export interface ExplainSurroundings extends CorsTargetSources, RepairSurroundings {
  /** How sentences name a file of the same service. */
  relativePath(path: string): string;
}

/** Explains the call that a form describes to the scope of a policy definition. */
export function explainCorsRequest(
  placed: PlacedDocument,
  form: CorsRequestForm,
  surroundings: ExplainSurroundings,
): CorsRequestAnswer {
  const described = describeRequest(placed, form, surroundings);
  if ('problems' in described) return { explanation: undefined, problems: described.problems };
  const { call, target, situation } = described;
  const explained = explainCall(situation);
  const { preflight, actual } = explained;
  const around = (decision: CorsDecision): JourneySurroundings => ({
    scope: target.scope,
    participants: readCorsChain(policyThatRuns(decision, target), createCorsReader(target.policies.namedValues))
      .participants,
    relativePath: (path) => surroundings.relativePath(path),
    fragmentIdOf: (document) => fragmentIdOf(document, surroundings),
  });
  const explanation: CorsRequestExplanation = {
    title: describeCall(call, target),
    method: call.method,
    origin: call.origin ?? '',
    scopes: scopesOnTheWay(target, surroundings),
    needsPreflight: explained.needsPreflight,
    why: `${capital(explained.why)}.`,
    preflight: preflight && journeyOf(sentPreflight(call), preflight, around(preflight)),
    actual: actual && journeyOf(sentCall(call), actual, around(actual)),
    browser: explained.browser,
    isCertain: isCertainCall(explained),
    console: explained.console,
    because: capital(explained.because),
    decidedAt: placeOf((preflight?.browser === 'blocked' ? preflight : actual)?.deciding, surroundings),
    cachedForSeconds: preflight?.browser === 'allowed' ? explained.cachedForSeconds : undefined,
    readableHeaders: explained.readableHeaders,
    hints: pageHints(call, explained),
    dependsOn: openQuestions(situation, explained),
    repairs: corsRepairs(described, explained, surroundings).map(({ edits, ...offered }) => offered),
    notes: corsCallNotes(call, target, explained).map(({ text }) => text),
  };
  return { explanation, problems: [] };
}

/** One of the offered repairs with its edits. Undefined where it is not offered now: the texts have changed. */
export function corsRepair(
  placed: PlacedDocument,
  form: CorsRequestForm,
  wanted: Pick<OfferedRepair, 'id' | 'title'>,
  surroundings: ExplainSurroundings,
): CorsRepair | undefined {
  const described = describeRequest(placed, form, surroundings);
  if ('problems' in described) return undefined;
  const repairs = corsRepairs(described, explainCall(described.situation), surroundings);
  return repairs.find(({ id, title }) => id === wanted.id && title === wanted.title);
}

function placeOf(place: PolicyPlace | undefined, surroundings: ExplainSurroundings): LinkedPlace | undefined {
  return place && linkedPlace(place, (path) => surroundings.relativePath(path));
}

/** A preflight may run another policy than the call: it shows no key that tells the product. */
function policyThatRuns({ steps }: CorsDecision, { policies }: CorsTarget): EffectivePolicy {
  const runsProduct = steps.some(({ what, result }) => what === 'product' && result === 'the product policy runs');
  return (runsProduct ? policies.withProduct : undefined) ?? policies.withoutProduct;
}

function fragmentIdOf(document: PolicyDocument, surroundings: CorsTargetSources): string | undefined {
  if (document.kind !== 'fragment') return undefined;
  const placement = surroundings.placed(document.path)?.placement;
  return placement?.kind === 'fragment' ? placement.fragmentId : undefined;
}

function scopesOnTheWay({ policies }: CorsTarget, surroundings: ExplainSurroundings): readonly ScopeOnTheWay[] {
  const { chain, sections } = policies.withProduct ?? policies.withoutProduct;
  const statements = sections.inbound.filter((item) => item.kind === 'statement' && item.name === 'cors');
  return chain.links.map((link, index): ScopeOnTheWay => {
    const title = describeScope(link.scope);
    const common = { kind: link.scope.kind, title, state: link.state, isOwn: index === 0 };
    if (link.state !== 'present') return { ...common, because: link.because, place: undefined, corsCount: 0 };
    const { document } = link;
    const span = document.root?.nameSpan ?? { start: 0, end: 0 };
    const isOfScope = statements.filter(
      (item) => item.scope === link.scope || (index === 0 && !isInherited(item)) || describeScope(item.scope) === title,
    );
    const place = placeOf({ document, span }, surroundings);
    return { ...common, because: undefined, place, corsCount: isOfScope.length };
  });
}

/** The engine's hints, each with the header that it begins or ends with. */
function pageHints({ headers = [] }: Call, { hints }: CallExplanation): readonly PageHint[] {
  return hints.flatMap((text) => {
    const named = headers.find(
      ({ name, value }) => !isForbiddenHeader(name, value) && text.toLowerCase().includes(name.toLowerCase()),
    );
    return named === undefined ? [] : [{ text: capital(text), header: named.name }];
  });
}
