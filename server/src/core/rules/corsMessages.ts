import type { MissingGrants } from '../cors/corsGrants';
import { spanInFile } from '../syntax/policyTree';
import { capital } from '../text/wording';
import { describeScope } from '../workspace/policyScope';
import type { CorsConflict } from './corsConflicts';
import type { CorsInChain } from './corsInChains';
import type { EffectiveContext } from './effectiveContext';
import type { RelatedLocation } from './rule';

/** "https://a.com", "https://a.com and https://b.com", "https://a.com and 3 more" */
export function listSome(values: readonly string[], most = 2): string {
  const [first, ...rest] = values;
  if (first === undefined) return 'nothing';
  if (values.length > most)
    return `${values.slice(0, most - 1).join(', ') || first} and ${values.length - Math.max(most - 1, 1)} more`;
  return rest.length === 0 ? first : `${values.slice(0, -1).join(', ')} and ${values.at(-1)}`;
}

/** "the cors at global scope", "the cors of product starter", "this cors" */
export function describeCors({ statement, isOwn }: CorsInChain): string {
  if (isOwn) return 'this cors';
  return statement.scope.kind === 'global'
    ? 'the cors at global scope'
    : `the cors of ${describeScope(statement.scope)}`;
}

/** What becomes of the origins, and what that rests on where it is not certain. */
export function refusal({ unless, origins }: CorsConflict): string {
  return unless === undefined
    ? `Browsers on ${listOrigins(origins)} are refused: it stops unmatched requests with an empty 200.`
    : `Browsers on ${listOrigins(origins)} may be refused: ${unless.because}.`;
}

/** Origins for a sentence: a star is everybody else, and C# is not read out. */
export function listOrigins(origins: readonly string[]): string {
  const names = origins.map((origin) => {
    if (origin === '*') return 'other origins';
    return origin.startsWith('@') ? 'origins that an expression decides' : origin;
  });
  return listSome([...new Set(names)]);
}

/** Names the chains where a conflict does not show in all; empty where it does. */
export function onlyInProducts(conflict: CorsConflict, context: EffectiveContext): string {
  if (conflict.policies.length === context.policies.length) return '';
  const products = conflict.policies.flatMap(({ chain }) => chain.product ?? []);
  const ways = [
    ...(products.length < conflict.policies.length ? ['without a product'] : []),
    ...(products.length > 0 ? [`through product ${listSome(products, 3)}`] : []),
  ];
  return ` This holds for calls ${ways.join(' and ')}.`;
}

/** For an own list of origins behind an inherited `cors` that admits every site. */
export function restrictsNothing({ decider }: CorsConflict): string {
  return `This cors restricts nothing: <base /> brings in ${describeCors(decider)} first, and that one admits every site. If only the origins listed here may call, list them there; otherwise remove this cors, which has no effect.`;
}

const override = 'operation-override-behind-base';

/** The decider's and the victim's place, each with the rule that would have told of it had the cause not been told already. */
export function relatedOf(conflict: CorsConflict, context: EffectiveContext): readonly RelatedLocation[] {
  const { decider, victim, alsoRules } = conflict;
  const place = ({ statement }: CorsInChain, ruleId: string, message: string): RelatedLocation => ({
    path: statement.document.path,
    span: spanInFile(statement.document, statement.element.startTagSpan),
    message: alsoRules.includes(ruleId) ? `${message} (${ruleId})` : message,
    ...(alsoRules.includes(ruleId) ? { ruleId } : {}),
  });
  // Where it answers, what it does with others does not matter.
  const isAnswered = conflict.shape === 'ownAnsweredByOther' || conflict.shape === 'ownRestrictsNothing';
  const isOpen = decider.cors.terminateUnmatched === undefined && victim !== undefined && !isAnswered;
  const open = isOpen ? ', and does not set terminate-unmatched-request' : '';
  const related = [place(decider, 'terminate-not-explicit', `${capital(describeCors(decider))} comes first${open}.`)];
  if (victim !== undefined) {
    const isNever = conflict.unless === undefined ? 'is not asked' : 'may not be asked';
    const asked = `${capital(describeCors(victim))} ${isNever} for ${listOrigins(conflict.origins)}.`;
    related.push(place(victim, 'cors-shadowed', asked));
  }
  if (victim !== undefined && alsoRules.includes(override)) {
    related.push(place(victim, override, 'An operation’s cors does not override what <base /> brings in before it.'));
  }
  return related.filter(({ path, span }) => path !== context.document.path || span.start !== conflict.at.span.start);
}

/** "method PUT", "methods PUT and DELETE"; nothing for no names. */
export function counted(noun: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${noun}${names.length === 1 ? '' : 's'} ${listSome(names, 4)}`];
}

/** What one `cors` does not allow and another does: "method PUT, credentials". */
export function listMissing(missing: MissingGrants | undefined): string {
  return [
    ...counted('method', missing?.methods ?? []),
    ...counted('header', missing?.headers ?? []),
    ...counted('exposed header', missing?.exposedHeaders ?? []),
    ...(missing?.credentials ? ['credentials'] : []),
  ].join(', ');
}
