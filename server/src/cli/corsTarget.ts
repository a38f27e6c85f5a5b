import {
  type CorsQuestion,
  type CorsTarget,
  type CorsTargetProblem,
  type CorsTargetRemark,
  describeId,
  describeScope,
  joinNames,
} from '../core';
import { badUsage, type CommandError, cannotAnalyse } from './commandError';
import type { NamedDocument } from './document';
import { noSuchProduct } from './products';

/** Policies and facts for a request. Throws for ids that do not exist and for documents that no request runs. */
export function readCorsTarget({ session, placed }: NamedDocument, question: CorsQuestion): CorsTarget {
  const reading = session.service.corsTarget(placed.path, question);
  if (reading === undefined) throw cannotAnalyse('the document is no policy.');
  if (reading.problem !== undefined) throw errorOf(reading.problem);
  return reading.target;
}

function errorOf(problem: CorsTargetProblem): CommandError {
  switch (problem.kind) {
    case 'noDefinition':
      return badUsage(
        `CORS is decided for a policy definition, and this is a ${problem.document}. Name a policy that uses it.`,
      );
    case 'noChain':
      return cannotAnalyse('the document has no chain of scopes.');
    case 'isProduct': {
      const { product = '<id>', apis } = problem;
      const which = apis.length === 0 ? '' : ` It holds ${joinNames(apis)}.`;
      return badUsage(
        `requests go to APIs, and this is the policy of a product. Name an API's policy, and --product ${product}.${which}`,
      );
    }
    case 'operationOfNoApi':
      return badUsage(
        `--operation ${problem.operation}: only APIs have operations, and this is the policy of ${describeScope(problem.scope)}.`,
      );
    case 'otherOperation':
      return badUsage(
        `this is the policy of ${describeScope(problem.scope)}; name the API's file for --operation ${problem.operation}.`,
      );
    case 'noSuchOperation': {
      const { api, operation, known } = problem;
      const which = known.length === 0 ? 'Its specification names none.' : `It has ${joinNames(known)}.`;
      return badUsage(`API ${describeId(api)} has no operation ${operation}. ${which}`);
    }
    case 'noSuchProduct':
      return noSuchProduct(problem.product, problem.scope, problem.known);
  }
}

/** What was taken for granted: sentences for people. */
export function remarkTexts(remarks: readonly CorsTargetRemark[]): readonly string[] {
  return remarks.flatMap((remark) => textsOf(remark));
}

function textsOf(remark: CorsTargetRemark): readonly string[] {
  switch (remark.kind) {
    case 'anyApi':
      return ['This is no API: the answer holds for an API without a policy of its own.'];
    case 'anyOperation':
      return [
        'The answer holds for an operation without a policy of its own; --operation names one.',
        ...(remark.withPolicy.length === 0
          ? []
          : [`Operations with a policy of their own: ${joinNames(remark.withPolicy)}.`]),
      ];
    case 'otherMethod':
      return [
        `Operation ${remark.operation} has the method ${remark.method}, so a call with ${remark.asked} goes to another operation.`,
      ];
    case 'optionsPolicies':
      return [
        `Several OPTIONS operations may take the preflight; the policies of ${joinNames(remark.operations)} are not looked at.`,
      ];
    case 'noSpecification':
      return ['The API has no specification here that can be read, so an operation with the method OPTIONS may exist.'];
    case 'openProduct':
      return [`Product ${remark.product} is open and the call has no key, so it runs in that product.`];
    case 'inProducts': {
      const which = remark.products.length === 1 ? 'product' : 'the products';
      return [`The API is also in ${which} ${joinNames(remark.products)}: --product shows calls with a key of it.`];
    }
  }
}
