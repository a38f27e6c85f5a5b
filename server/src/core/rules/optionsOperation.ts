import { sameId } from '../workspace/policyScope';
import { findOwnCors } from './corsInChains';
import type { EffectiveContext } from './effectiveContext';
import { describeOperations, optionsOperations } from './operationFacts';
import type { Rule } from './rule';
import { corsToTellAt } from './shownCors';

export const optionsOperation: Rule = {
  meta: {
    id: 'options-operation',
    summary: 'The API has an operation with the method OPTIONS, where the cors does not answer preflight requests.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy#usage-notes',
      'https://github.com/Azure/api-management-samples/issues/20',
    ],
  },
  checkEffective(context, report) {
    if (context.apiFacts?.type === 'websocket') return;
    const cors = corsToTellAt(context) ?? corsOfOptionsOperation(context);
    // Specifications take long to read, so they are asked last.
    const operations = cors === undefined ? [] : optionsOperations(context);
    if (cors === undefined || operations.length === 0) return;
    const which = cors.isOwn ? 'this cors' : 'the cors that comes in here';
    report({
      document: context.document,
      span: cors.entry.startTagSpan,
      message: `The API declares ${describeOperations(operations)}, so ${which} answers no preflight request there: it runs the whole pipeline instead, key and token checks included, and the backend answers. Remove the operation if the cors is to answer.`,
    });
  },
};

/** The own `cors` of the document of an OPTIONS operation: it never does what it is there for. */
function corsOfOptionsOperation(context: EffectiveContext) {
  const { scope } = context;
  if (scope.kind !== 'operation') return undefined;
  const own = findOwnCors(context);
  const isOptions = own !== undefined && optionsOperations(context).some(({ id }) => sameId(id, scope.operation));
  return isOptions ? own : undefined;
}
