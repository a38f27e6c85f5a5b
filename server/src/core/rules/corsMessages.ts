import type { EffectivePolicy } from '../effective/effectivePolicy';
import { describeScope } from '../workspace/policyScope';
import type { CorsConflict, CorsInChain } from './corsConflicts';
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

/** What becomes of the origins, and what that rests on: both readings, where the sources disagree (cors-semantics 10.1). */
export function refusal({ decider, isCertain }: CorsConflict, origins: string): string {
  if (isCertain) return `Browsers on ${origins} are refused: it stops unmatched requests with an empty 200.`;
  return decider.cors.terminateUnmatched === undefined
    ? `Browsers on ${origins} may be refused: it does not set terminate-unmatched-request, and Microsoft’s pages disagree about the default.`
    : `Browsers on ${origins} may be refused: its terminate-unmatched-request is decided at run time.`;
}

/** Names the products where a conflict does not show in every chain; empty where it does. */
export function onlyInProducts(conflict: CorsConflict, context: EffectiveContext): string {
  if (conflict.policies.length === context.policies.length) return '';
  const names = conflict.policies.map((policy: EffectivePolicy) => policy.chain.product ?? 'no product');
  return ` This holds for calls through ${listSome(names, 3)}.`;
}

/** The decider's and the victim's place, each with the rule that would have told of it had the cause not been told already. */
export function relatedOf(conflict: CorsConflict, context: EffectiveContext): readonly RelatedLocation[] {
  const { decider, victim, alsoRules } = conflict;
  const place = ({ statement }: CorsInChain, ruleId: string, message: string): RelatedLocation => ({
    path: statement.document.path,
    span: statement.document.isEmbedded ? { start: 0, end: 0 } : statement.element.startTagSpan,
    message: alsoRules.includes(ruleId) ? `${message} (${ruleId})` : message,
    ...(alsoRules.includes(ruleId) ? { ruleId } : {}),
  });
  const isOpen = decider.cors.terminateUnmatched === undefined && victim !== undefined;
  const open = isOpen ? ', and does not set terminate-unmatched-request' : '';
  const related = [place(decider, 'terminate-not-explicit', `${capital(describeCors(decider))} comes first${open}.`)];
  if (victim !== undefined) {
    const isNever = conflict.isCertain ? 'is not asked' : 'may not be asked';
    const asked = `${capital(describeCors(victim))} ${isNever} for ${listSome(conflict.origins)}.`;
    related.push(place(victim, 'cors-shadowed', asked));
  }
  return related.filter(({ path, span }) => path !== context.document.path || span.start !== conflict.at.span.start);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "method PUT", "methods PUT and DELETE"; nothing for no names. */
export function counted(noun: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${noun}${names.length === 1 ? '' : 's'} ${listSome(names, 4)}`];
}
