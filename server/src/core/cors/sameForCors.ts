import type { EffectiveItem, EffectivePolicy } from '../effective/effectivePolicy';
import { sectionNames } from '../syntax/policyTree';
import { sameId } from '../workspace/policyScope';

/**
 * Statements that neither answer a request nor refuse it for what CORS decides on, nor write a response header. A name that
 * is not here may matter: forgetting one costs time and no answer.
 */
const harmless: ReadonlySet<string> = new Set([
  'authentication-basic',
  'authentication-certificate',
  'authentication-managed-identity',
  'cache-lookup-value',
  'cache-store-value',
  'emit-metric',
  'find-and-replace',
  'forward-request',
  'json-to-xml',
  'log-to-eventhub',
  'quota',
  'quota-by-key',
  'rate-limit',
  'rate-limit-by-key',
  'rewrite-uri',
  'set-backend-service',
  'set-body',
  'set-method',
  'set-query-parameter',
  'set-variable',
  'xml-to-json',
]);

/**
 * Whether every decision about CORS is the same for both chains, but for statements that play no part in one: then a
 * decision for one is one for the other. An operation whose policy rewrites an address answers as its API does.
 */
export function isSameForCors(one: readonly EffectivePolicy[], other: readonly EffectivePolicy[]): boolean {
  return (
    one.length === other.length && one.every((policy, index) => isSamePolicy(policy, other[index] as EffectivePolicy))
  );
}

function isSamePolicy(one: EffectivePolicy, other: EffectivePolicy): boolean {
  if (!sameId(one.chain.product, other.chain.product)) return false;
  if (one.missingSections.length > 0 || other.missingSections.length > 0) return false;
  return sectionNames.every((section) => isSameSection(one.sections[section], other.sections[section]));
}

function isSameSection(one: readonly EffectiveItem[], other: readonly EffectiveItem[]): boolean {
  const [left, right] = [one.filter(matters), other.filter(matters)];
  return left.length === right.length && left.every((item, index) => isSameItem(item, right[index] as EffectiveItem));
}

function matters(item: EffectiveItem): boolean {
  return item.kind === 'unknown' || !harmless.has(item.name);
}

/** The very same element, contributed by the same scope. What is unknown is never taken for the same. */
function isSameItem(one: EffectiveItem, other: EffectiveItem): boolean {
  if (one.kind === 'unknown' || other.kind === 'unknown') return false;
  return (
    one.element === other.element &&
    one.scope.kind === other.scope.kind &&
    one.ifPassedOnBy.length === 0 &&
    other.ifPassedOnBy.length === 0
  );
}
