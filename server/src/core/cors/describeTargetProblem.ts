import { joinNames } from '../text/wording';
import { describeId, describeScope, type PolicyScope } from '../workspace/policyScope';
import type { CorsTargetProblem } from './corsTarget';

/** Why there is no such request, and what to name instead: sentences for people, without the options of any program. */
export function describeTargetProblem(problem: CorsTargetProblem): string {
  switch (problem.kind) {
    case 'noDefinition':
      return `CORS is decided for a policy definition, and this is a ${problem.document}. Name a policy that uses it.`;
    case 'noChain':
      return 'The document has no chain of scopes.';
    case 'isProduct': {
      const which = problem.apis.length === 0 ? '' : ` It holds ${joinNames(problem.apis)}.`;
      return `Requests go to APIs, and this is the policy of a product. Name an API's policy, and the product.${which}`;
    }
    case 'operationOfNoApi':
      return `Only APIs have operations, and this is the policy of ${describeScope(problem.scope)}.`;
    case 'otherOperation':
      return `This is the policy of ${describeScope(problem.scope)}. Name the API's file for operation ${problem.operation}.`;
    case 'noSuchOperation': {
      const which =
        problem.known.length === 0 ? 'Its specification names none.' : `It has ${joinNames(problem.known)}.`;
      return `API ${describeId(problem.api)} has no operation ${problem.operation}. ${which}`;
    }
    case 'noSuchProduct':
      return describeProductProblem(problem.product, problem.scope, problem.known);
  }
}

function describeProductProblem(product: string, scope: PolicyScope, known: readonly string[]): string {
  if (scope.kind !== 'api' && scope.kind !== 'operation') {
    return `Only an API or an operation is in products, and ${describeScope(scope)} is neither.`;
  }
  const which =
    known.length === 0
      ? ', nor in any other. Add it to "products" in apim-policy.config.json.'
      : `. It is in ${joinNames(known)}.`;
  return `API ${describeId(scope.api)} is not known to be in product ${product}${which}`;
}
