import { type CorsPolicy, defaultMethods } from '../cors/corsPolicy';
import { joinNames } from '../text/wording';
import type { Operation } from '../workspace/service';
import { addToList } from './corsFixes/corsLists';
import { type CorsInChain, findOwnCors } from './corsInChains';
import type { EffectiveContext } from './effectiveContext';
import { describeOperations, operationsOf } from './operationFacts';
import type { Fix, Report, Rule } from './rule';

/** Browsers need not be told that these are allowed (Fetch, CORS-safelisted method). */
const safelisted: readonly string[] = ['GET', 'HEAD', 'POST'];
/** OPTIONS is the preflight's own method; a page cannot send TRACE (Fetch, forbidden method). */
const neverAsked: readonly string[] = ['OPTIONS', 'TRACE'];

export const methodsMissing: Rule = {
  meta: {
    id: 'methods-missing',
    summary: 'allowed-methods lacks a method that operations of the API have, or is not there at all.',
    category: 'cors',
    defaultSeverity: 'warning',
    variants: { notWritten: 'information' },
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy#elements',
      'https://github.com/Azure/api-management-developer-portal/issues/290',
    ],
  },
  checkEffective(context, report) {
    const own = findOwnCors(context);
    if (own === undefined || context.apiFacts?.type === 'websocket') return;
    const allowed = allowedMethods(own.cors);
    if (allowed === undefined || allowed.has('*')) return;
    // Specifications take long to read, so they are asked last.
    const operations = operationsOf(context);
    if (operations === undefined) {
      if (own.cors.methods === undefined && own.statement.document === context.document)
        report(notWritten(own, context));
      return;
    }
    const refused = refusedOperations(own, allowed, operations, context);
    if (refused.length > 0) report(refusal(own, refused, context));
  },
};

function notWritten({ entry }: CorsInChain, { document }: EffectiveContext): Report {
  return {
    document,
    span: entry.startTagSpan,
    message:
      'This cors has no allowed-methods, which allows GET and POST alone. Pages that send PUT, PATCH or DELETE are refused. List the methods that they may send.',
    variant: 'notWritten',
  };
}

function refusal(own: CorsInChain, refused: readonly Operation[], context: EffectiveContext): Report {
  const { document } = context;
  const methods = [...new Set(refused.map(({ method }) => method))];
  const list = own.statement.document === document ? own.cors.methods?.element : undefined;
  const lacks =
    own.cors.methods === undefined
      ? 'Without allowed-methods this cors allows GET and POST alone, and not'
      : 'This cors does not allow';
  const [noun, it, those] = methods.length === 1 ? ['method', 'it', 'that'] : ['methods', 'them', 'those'];
  return {
    document,
    span: (list ?? own.entry).startTagSpan,
    message: `${lacks} ${joinNames(methods)}, the ${noun} of ${describeOperations(refused)}. Browsers refuse such calls. Add ${it}, unless only servers use ${those} ${noun}.`,
    fixes: () => addMethods(own, methods, context),
  };
}

/** Those that pages cannot call, although this `cors` decides about them. */
function refusedOperations(
  own: CorsInChain,
  allowed: ReadonlySet<string>,
  operations: readonly Operation[],
  context: EffectiveContext,
): readonly Operation[] {
  const refused = operations.filter(({ method }) => ![...safelisted, ...neverAsked, ...allowed].includes(method));
  if (refused.length === 0) return [];
  const elsewhere = answeredElsewhere(own, context);
  return refused.filter(({ id }) => !elsewhere.has(id.toLowerCase()));
}

/** Upper case; undefined where an entry is not known. An empty list is told by element-order, and a tool may fill it. */
function allowedMethods({ methods }: CorsPolicy): ReadonlySet<string> | undefined {
  if (methods === undefined) return new Set(defaultMethods);
  const names = methods.entries.flatMap(({ value }) => (value.known ? [value.value.toUpperCase()] : []));
  return names.length === 0 || names.length < methods.entries.length ? undefined : new Set(names);
}

/**
 * The operations, lower case, whose own document has a `cors` of its own, or does not inherit this one. What an own one
 * lacks, or why it is not reached, is told there.
 */
function answeredElsewhere(own: CorsInChain, context: EffectiveContext): ReadonlySet<string> {
  const ids = context.narrower().flatMap((narrower) => {
    const { scope } = narrower;
    if (scope.kind !== 'operation' || scope.operation === undefined) return [];
    const decides = narrower.policies.some((policy) => {
      const inChain = narrower.corsInInbound(policy);
      return inChain[0]?.statement.element === own.statement.element && !inChain.some(({ isOwn }) => isOwn);
    });
    return decides ? [] : [scope.operation.toLowerCase()];
  });
  return new Set(ids);
}

/**
 * Whether pages are meant to send them, only a person knows, so it is never applied without being asked for. Not offered
 * for a `cors` that comes from a fragment: other documents may include it too.
 */
function addMethods(own: CorsInChain, methods: readonly string[], { document }: EffectiveContext): readonly Fix[] {
  if (own.statement.document !== document) return [];
  const values = own.cors.methods === undefined ? [...defaultMethods, ...methods] : methods;
  const edit = addToList(document, own.cors.element, { listName: 'allowed-methods', entryName: 'method', values });
  return edit === undefined
    ? []
    : [{ id: 'add-methods', title: `Add ${joinNames(values)} to allowed-methods`, isGuess: true, edits: [edit] }];
}
