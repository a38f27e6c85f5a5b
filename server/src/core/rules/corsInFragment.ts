import { spanInFile } from '../syntax/policyTree';
import { inlineFragment } from './corsFixes/inlineFragment';
import type { Rule } from './rule';

export const corsInFragment: Rule = {
  meta: {
    id: 'cors-in-fragment',
    summary:
      'A cors comes from a policy fragment; pages may then be unable to read errors about their subscription key.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://github.com/Azure/API-Management/blob/main/changelogs/api-management-service.md',
      'https://github.com/MicrosoftDocs/azure-docs/issues/94507',
      'https://github.com/Azure/api-management-developer-portal/issues/2202',
    ],
  },
  checkEffective(context, report) {
    const { apiFacts, productFacts, document } = context;
    if (apiFacts?.type === 'websocket') return;
    // Without a subscription there is no key that could be wrong.
    if (apiFacts?.subscriptionRequired === false || productFacts?.subscriptionRequired === false) return;
    const reported = new Set<unknown>();
    for (const policy of context.policies) {
      for (const { entry, statement, isOwn } of context.corsInInbound(policy)) {
        const [step] = statement.via;
        if (!isOwn || step?.kind !== 'fragment' || reported.has(entry)) continue;
        reported.add(entry);
        report({
          document,
          span: entry.startTagSpan,
          message: `The cors comes from fragment ${step.fragmentId}. That works since October 2022; but a 401 for a missing or wrong subscription key was then seen without CORS headers, so that pages cannot read it. Write the cors here if they should.`,
          related: [
            {
              path: statement.document.path,
              span: spanInFile(statement.document, statement.element.startTagSpan),
              message: 'The cors of the fragment.',
            },
          ],
          fixes: () => inlineFragment(entry, statement, context),
        });
      }
    }
  },
};
