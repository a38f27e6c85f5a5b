import { describeScope, type PolicyScope } from '../workspace/policyScope';
import type { FlowChoice, FlowCors, FlowStatement, FlowUnknown } from './corsFlow';
import type { PolicyPlace } from './corsOutcome';

/** "at global scope", "of API orders"; "of this file" where its scope is not known. */
function atScope(scope: PolicyScope): string {
  if (scope.kind === 'unknown') return 'of this file';
  return scope.kind === 'global' ? 'at global scope' : `of ${describeScope(scope)}`;
}

/** "the cors at global scope", "the cors in fragment spa-cors, included at the policy of API orders". */
export function describeCors(item: FlowCors): string {
  return describeStatement(item, 'cors');
}

/** "the cors at global scope, inherited through <base />,": to begin a sentence that goes on with a verb. */
export function introduceCors(item: FlowCors): string {
  return item.isInherited ? `${describeCors(item)}, inherited through <base />,` : describeCors(item);
}

/** As describeCors, for any statement. */
export function describeStatement(item: FlowCors | FlowStatement | FlowChoice, name: string): string {
  if (item.fragmentId === undefined) return `the ${name} ${atScope(item.scope)}`;
  return `the ${name} in fragment ${item.fragmentId} (included in the policy ${atScope(item.scope)})`;
}

/** A statement's start tag: `|<cors allow-credentials="true">|`. */
export function placeOfStatement(item: FlowCors | FlowStatement | FlowChoice): PolicyPlace {
  return { document: item.document, span: item.element.startTagSpan };
}

/** What leads to a place that cannot be read: `|<base />|`, `|<include-fragment …>|`. */
export function placeOfUnknown({ way }: FlowUnknown): PolicyPlace | undefined {
  return way && { document: way.document, span: way.element.startTagSpan };
}

/** With a capital letter, as a sentence begins. */
export function sentence(text: string): string {
  return text === '' ? '' : `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
