import { sameNames } from '../cors/corsChain';
import { matchesAllowedOrigin } from '../cors/corsGrants';
import { isCall, isCheck } from '../cors/failureStatus';
import {
  type EffectiveItem,
  type EffectivePolicy,
  type EffectiveStatement,
  isInherited,
} from '../effective/effectivePolicy';
import { policiesInside } from '../effective/policyElements';
import { attributeText } from '../syntax/treeQueries';
import type { CorsInChain } from './corsInChains';
import { itemKey } from './describeItems';
import type { EffectiveContext } from './effectiveContext';

/**
 * Statements that may reject a request before the `cors` that would make the answer readable has run. The document itself
 * holds the `cors`, or one of the statements.
 */
export interface FailingBeforeCors {
  readonly cors: CorsInChain;
  /** What may fail, with its own name and element where it stands inside a `choose`; each once, in order. */
  readonly failing: readonly EffectiveStatement[];
}

/**
 * What stands before the first `cors` of a chain, and what the document itself puts before its own `cors`. Once for each
 * `cors`. Of inherited statements, those behind something that cannot be read are left out.
 *
 * Inherited statements between an inherited `cors` and the own one do not count: their order is the broader policy's, and
 * what the two `cors` do to each other is told as a conflict.
 */
export function findFailingBeforeCors(context: EffectiveContext): readonly FailingBeforeCors[] {
  if (context.apiFacts?.type === 'websocket') return [];
  const found = new Map<string, FailingBeforeCors>();
  for (const policy of context.policies) {
    const { cors, failing } = failingIn(policy, context) ?? {};
    if (cors === undefined || failing === undefined || failing.length === 0) continue;
    const key = itemKey(cors.statement);
    const all = new Map([...(found.get(key)?.failing ?? []), ...failing].map((each) => [itemKey(each), each]));
    found.set(key, { cors, failing: [...all.values()] });
  }
  // Where both are inherited, the broader document that puts them in this order tells it.
  return [...found.values()].filter(({ cors, failing }) => cors.isOwn || !failing.every(isInherited));
}

function failingIn(policy: EffectivePolicy, context: EffectiveContext) {
  const { inbound } = policy.sections;
  const inChain = context.corsInInbound(policy);
  const [first] = inChain;
  const own = inChain.find(({ isOwn }) => isOwn);
  const isFirst = first !== undefined && inbound.find(isCors) === first.statement;
  const beforeFirst = isFirst ? inbound.slice(0, untilUnknown(inbound.slice(0, inbound.indexOf(first.statement)))) : [];
  const beforeOwn =
    own === undefined || answeredBefore(own, inChain) ? [] : inbound.slice(0, inbound.indexOf(own.statement));
  const ownFailing = statementsIn(beforeOwn)
    .filter((item) => !isInherited(item))
    .flatMap(rejectingIn);
  if (own !== undefined && (own === first || ownFailing.length > 0)) {
    const inherited = own === first ? statementsIn(beforeFirst).filter(isInherited).flatMap(rejectingIn) : [];
    return { cors: own, failing: [...inherited, ...ownFailing] };
  }
  return first && { cors: first, failing: statementsIn(beforeFirst).flatMap(rejectingIn) };
}

function isCors(item: EffectiveItem): boolean {
  return item.kind === 'statement' && item.name === 'cors';
}

/** Behind what cannot be read, a cors may have run already. */
function untilUnknown(items: readonly EffectiveItem[]): number {
  const index = items.findIndex(({ kind }) => kind === 'unknown');
  return index < 0 ? items.length : index;
}

/** Every origin of the own `cors` is matched before: what comes between the two has its headers already. */
function answeredBefore(own: CorsInChain, inChain: readonly CorsInChain[]): boolean {
  const before = inChain.filter(({ number }) => number < own.number);
  return (
    before.length > 0 &&
    own.cors.origins.every((origin) =>
      before.some((other) => matchesAllowedOrigin(other.cors, origin, sameNames(other, own)) === 'yes'),
    )
  );
}

function statementsIn(items: readonly EffectiveItem[]): readonly EffectiveStatement[] {
  return items.filter(
    (item): item is EffectiveStatement => item.kind === 'statement' && item.ifPassedOnBy.length === 0,
  );
}

/** The statement itself, and those inside it: a condition may let them run. */
export function rejectingIn(item: EffectiveStatement): readonly EffectiveStatement[] {
  return [item.element, ...policiesInside(item.element)]
    .filter(mayEndWithError)
    .map((element) => ({ ...item, element, name: element.name }));
}

/** What answers itself is left out: whoever writes an answer writes its headers, too. */
function mayEndWithError(element: EffectiveStatement['element']): boolean {
  // Inside send-request and the like, statements are about another request.
  if (/^(send-(one-way-)?request|return-response)$/.test(element.parent?.name ?? '')) return false;
  if (isCheck(element.name)) return true;
  return isCall(element.name) && attributeText(element, 'ignore-error')?.trim() !== 'true';
}
