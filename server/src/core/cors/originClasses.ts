import type { PolicyElement } from '../syntax/policyTree';
import { type SectionName, sectionNames } from '../syntax/policyTree';
import { attributeText } from '../syntax/treeQueries';
import { allCors, type CorsFlow, type FlowCors, type FlowItem } from './corsFlow';
import type { PreparedPolicies } from './evaluateRequest';
import { hasUnusualScheme, matchesOrigin, parseOrigin } from './origin';
import { valueForOrigin } from './resolveText';

/**
 * Tells which origins a set of policies treats alike: equal keys, equal decisions but for the origin's own text in
 * sentences and headers. So a map of many origins decides once for all those that no `cors` lists.
 *
 * An origin meets two things: the lists of `cors`, and what `set-header` writes as `Access-Control-Allow-Origin` and its
 * kin, which the browser compares. Where one of these stands, every origin is a class of its own.
 */
export function originClassifier({ withoutProduct, withProduct }: PreparedPolicies): (origin: string) => string {
  const flows = [withoutProduct, withProduct].flatMap((policy) => [policy?.flow, policy?.likeBase]);
  const items = flows.flatMap((flow) => (flow === undefined ? [] : itemsOf(flow)));
  if (items.some(writesAllowHeaders)) return (origin) => origin;
  const every = items.flatMap((item) => allCors([item])).map(({ cors }) => cors);
  return (origin) => classOf(origin, every);
}

function itemsOf({ sections }: CorsFlow): readonly FlowItem[] {
  return sectionNames.flatMap((name: SectionName) => sections[name]);
}

function classOf(origin: string, every: readonly FlowCors['cors'][]): string {
  const parsed = parseOrigin(origin);
  const isUnusual = hasUnusualScheme(parsed);
  // For other origins the switch makes no difference: what it drops from a list never admits them.
  const schemes = isUnusual ? (['http-only', 'any'] as const) : (['any'] as const);
  const lists = every.flatMap((cors) => schemes.map((originScheme) => listing(cors, origin, originScheme)));
  return [parsed.kind, isUnusual, ...lists].join();
}

/** As `matchOrigin` reads the list: one element that admits the origin is enough, and a star makes another header. */
function listing(cors: FlowCors['cors'], origin: string, originScheme: 'http-only' | 'any'): string {
  const matches = cors.origins.map((allowed) => matchesOrigin(allowed, origin, { originScheme }));
  if (matches.includes('yes')) return cors.origins.some((allowed) => isStarFor(allowed, origin)) ? 'star' : 'yes';
  return matches.includes('unknown') ? 'unknown' : 'no';
}

function isStarFor(allowed: FlowCors['cors']['origins'][number], origin: string): boolean {
  const value = valueForOrigin(allowed, origin);
  return value.known && parseOrigin(value.value).kind === 'any';
}

function writesAllowHeaders(item: FlowItem): boolean {
  if (item.kind === 'choice') return item.branches.some((branch) => branch.some(writesAllowHeaders));
  return item.kind === 'statement' && elementWrites(item.element);
}

/** Itself, or a statement inside it: `return-response` sets headers, too. */
function elementWrites(root: PolicyElement): boolean {
  const waiting = [root];
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    if (element.name === 'set-header' && isAllowHeader(attributeText(element, 'name'))) return true;
    waiting.push(...element.children.filter((child) => child.kind === 'element'));
  }
  return false;
}

/** A name that is not written out may be any. */
function isAllowHeader(name: string | undefined): boolean {
  const written = name?.trim().toLowerCase() ?? '';
  return written.startsWith('access-control-allow-') || /\{\{|^@[({]/.test(written);
}
