import { isCall, isCheck } from '../cors/failureStatus';
import { type PolicyElement, spanInFile } from '../syntax/policyTree';
import { blockOf, moveBlockBefore } from './corsFixes/moveElement';
import { entryOf } from './corsInChains';
import { describeCors } from './corsMessages';
import { describeItems } from './describeItems';
import type { EffectiveContext } from './effectiveContext';
import { type FailingBeforeCors, findFailingBeforeCors } from './failingBeforeCors';
import { ownResponsesInOnError } from './onErrorResponses';
import type { Fix, RelatedLocation, Rule } from './rule';
import { describeUncovered } from './uncoveredRules';

export const failingPolicyBeforeCors: Rule = {
  meta: {
    id: 'failing-policy-before-cors',
    summary: 'A policy that may reject a request runs before the cors, so pages cannot read why it was rejected.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy#usage-notes',
      'https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies',
      'https://github.com/MicrosoftDocs/azure-docs/issues/31889',
    ],
  },
  checkEffective(context, report) {
    const [found] = findFailingBeforeCors(context);
    if (found === undefined) return;
    report({
      document: context.document,
      span: placeOf(found, context).startTagSpan,
      message: messageOf(found),
      related: relatedOf(found, context),
      fixes: () => fixesOf(found, context),
    });
  },
};

/** The own `cors`, which should move; else the first own statement in front of the inherited one. */
function placeOf({ cors, failing }: FailingBeforeCors, { document }: EffectiveContext): PolicyElement {
  if (cors.isOwn) return cors.entry;
  const own = failing.find(({ via }) => !via.some(({ kind }) => kind === 'base'));
  if (own === undefined) return cors.entry;
  return own.via.length === 0 ? own.element : entryOf(own, document);
}

function messageOf({ cors, failing }: FailingBeforeCors): string {
  const runs = failing.length === 1 ? 'runs' : 'run';
  const it = failing.length === 1 ? 'it' : 'one of them';
  const advice = cors.isOwn ? 'Put the cors first' : 'Put <base /> first';
  return `${describeItems(failing)} ${runs} before ${describeCors(cors)}. When ${it} ${howItEnds(failing)}, the answer has no CORS headers, and the page sees a CORS error instead of the reason. ${advice}; preflight requests are answered either way.`;
}

/** A check rejects a call; a call to somebody else fails. */
function howItEnds(failing: FailingBeforeCors['failing']): string {
  const ends = [
    ...(failing.some(({ name }) => isCheck(name)) ? ['rejects a call'] : []),
    ...(failing.some(({ name }) => isCall(name)) ? ['fails'] : []),
  ];
  return ends.join(' or ');
}

function relatedOf({ cors, failing }: FailingBeforeCors, context: EffectiveContext): readonly RelatedLocation[] {
  const place = placeOf({ cors, failing }, context);
  const statements = [...failing, { ...cors.statement, name: 'cors' }].flatMap(
    ({ name, document, element }): readonly RelatedLocation[] =>
      element === place
        ? []
        : [
            {
              path: document.path,
              span: spanInFile(document, element.startTagSpan),
              message: name === 'cors' ? 'The cors, which runs later.' : `${name} runs before the cors.`,
            },
          ],
  );
  const responses = ownResponsesInOnError(context)
    .slice(0, 1)
    .map(
      (element): RelatedLocation => ({
        path: context.document.path,
        span: element.startTagSpan,
        message: 'The answer that on-error builds here has no CORS headers either.',
      }),
    );
  return [...statements, ...responses];
}

/** Moves what brings the `cors` in before what may reject: in this document alone, and in one section. */
function fixesOf({ cors, failing }: FailingBeforeCors, context: EffectiveContext): readonly Fix[] {
  const { document } = context;
  const { entry } = cors;
  const entries = failing.map((each) =>
    topLevel(each.via.length === 0 ? each.element : entryOf(each, document), entry),
  );
  const [target] = entries.sort((one, other) => (one?.span.start ?? 0) - (other?.span.start ?? 0));
  if (target === undefined || entries.includes(undefined) || target.parent !== entry.parent) return [];
  if (entry.closing === 'implied' || target.span.start >= entry.span.start) return [];

  const edits = moveBlockBefore(document, target, blockOf(document, entry));
  const what = entry.name === 'base' ? '<base />, with everything that it inherits,' : `this ${entry.name}`;
  const title = `Move ${what} before ${target.name === 'base' ? '<base />' : target.name}`;
  if (findFailingBeforeCors(context.afterEdits(edits)).length > 0) return [];
  const uncovered = describeUncovered(edits, context);
  // Before <base />, it leaves the place that governance asks for; and what then shows is a choice to make.
  const isGuess = target.name === 'base' || uncovered !== '';
  return [{ id: 'move-cors-up', title: title + uncovered, isGuess, edits }];
}

/** The ancestor, or the element itself, that stands beside the sibling. */
function topLevel(element: PolicyElement, sibling: PolicyElement): PolicyElement | undefined {
  for (let each: PolicyElement | undefined = element; each !== undefined; each = each.parent) {
    if (each.parent === sibling.parent) return each;
  }
  return undefined;
}
