import { matchesEveryOrigin } from '../cors/corsGrants';
import { findAttribute } from '../syntax/treeQueries';
import type { CorsElement } from './corsElement';
import { setTerminateEdit } from './corsFixes/setTerminateFalse';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import type { Fix, Rule } from './rule';

const id = 'unmatched-empty-200';

export const unmatchedEmpty200: Rule = {
  meta: {
    id,
    summary:
      'terminate-unmatched-request is true: requests of other origins end with an empty 200, GETs of programs too.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/MicrosoftDocs/azure-docs/issues/55313',
      'https://learn.microsoft.com/answers/a/1159273',
    ],
  },
  checkCors(context, report) {
    const { document, element, cors, effective } = context;
    const { terminateUnmatched } = cors;
    if (!terminateUnmatched?.known || !terminateUnmatched.value || matchesEveryOrigin(cors)) return;
    // What the attribute does to another cors is the graver finding with the same cause. And behind one that answers in its
    // place, what this one does is told once it is reached.
    const conflicts = effective?.corsConflicts() ?? [];
    const takesPart = conflicts
      .flatMap(({ decider, victim }) => [decider, victim])
      .some((participant) => participant?.statement.element === element);
    if (takesPart) return;
    report({
      document,
      span: findAttribute(element, 'terminate-unmatched-request')?.span ?? element.startTagSpan,
      message:
        'GET and HEAD requests with an Origin that is not listed end here with an empty 200: the backend is not called, and programs that send an Origin header get the same as browsers. It looks like a success and holds nothing. With "false" such requests go on, without CORS headers, and browsers keep the answer from the page.',
      fixes: () => triedElementFixes(id, context, [setFalse(context)]),
    });
  },
};

function setFalse({ document, element }: CorsElement): Fix | undefined {
  if (findAttribute(element, 'terminate-unmatched-request')?.value.includes('{{')) return undefined;
  const title = 'Set terminate-unmatched-request="false": GETs of other origins then reach the backend';
  return {
    id: 'set-terminate-false',
    title,
    isGuess: true,
    edits: [setTerminateEdit(document, element, 'false')],
  };
}
