import type { Call, CallSituation } from '../../cors/corsCall';
import { type CorsTarget, type CorsTargetProblem, type CorsTargetSources, readCorsTarget } from '../../cors/corsTarget';
import { describeTargetProblem } from '../../cors/describeTargetProblem';
import { serialiseOrigin } from '../../cors/origin';
import type { PlacedDocument } from '../../workspace/workspaceModel';
import type { CorsRequestProblem } from './corsExplanation';
import { type CorsRequestForm, callOf, questionOf } from './corsRequestForm';

/** A call with everything that decides about it. */
export interface DescribedCall {
  readonly call: Call;
  readonly target: CorsTarget;
  readonly situation: CallSituation;
}

/** The call that a form describes, or what is wrong with the form. */
export function describeRequest(
  placed: PlacedDocument,
  form: CorsRequestForm,
  surroundings: CorsTargetSources,
): DescribedCall | { readonly problems: readonly CorsRequestProblem[] } {
  const { target, problem } = readCorsTarget(placed, questionOf(form), surroundings);
  const origin = serialiseOrigin(form.origin ?? '');
  const problems = formProblems(form, origin);
  if (target === undefined) {
    return { problems: [{ field: fieldOf(problem), message: describeTargetProblem(problem) }, ...problems] };
  }
  if (problems.length > 0 || origin === undefined) return { problems };
  const { operation, method, policies, facts, assume } = target;
  const url = operation?.facts === undefined ? undefined : `<URL of the API>${operation.facts.urlTemplate}`;
  const call = callOf(form, origin, method, url);
  return { call, target, situation: { ...policies, call, facts, assume: { ...assume, ...form.assume } } };
}

function fieldOf({ kind }: CorsTargetProblem): CorsRequestProblem['field'] {
  if (kind === 'noSuchProduct') return 'product';
  return kind === 'noSuchOperation' || kind === 'operationOfNoApi' || kind === 'otherOperation'
    ? 'operation'
    : 'document';
}

/** HTTP's token: what a method and a header's name are made of. */
const token = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

function formProblems(
  { method, headers, origin: written = '' }: CorsRequestForm,
  origin: string | undefined,
): readonly CorsRequestProblem[] {
  const problems: CorsRequestProblem[] = [];
  if (origin === undefined) {
    const message =
      written.trim() === ''
        ? 'Write the origin of the page, such as https://shop.contoso.com.'
        : 'An origin is scheme, host and port, such as https://shop.contoso.com.';
    problems.push({ field: 'origin', message });
  }
  if (method !== undefined && method.trim() !== '' && !token.test(method.trim())) {
    problems.push({ field: 'method', message: 'A method is one word, such as GET or PUT.' });
  }
  const odd = (headers ?? []).find(({ name }) => name.trim() !== '' && !token.test(name.trim()));
  if (odd !== undefined) {
    problems.push({ field: 'headers', message: `${odd.name} is no name of a header, such as content-type.` });
  }
  return problems;
}
