import {
  type CorsCallNote,
  type CorsQuestion,
  type CorsTarget,
  type CorsTargetProblem,
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

/** A note with the option that tells more, where there is one. */
export function noteText({ about, text }: CorsCallNote): string {
  switch (about) {
    case 'anyOperation':
      return text.replace(/\.$/, '; --operation names one.');
    case 'inProducts':
      return text.replace(/\.$/, ': --product shows calls with a key of it.');
    case 'noKey':
      return text.replace(/\.$/, ': --key header sends one.');
    case 'anything':
      return text;
  }
}
