import { inclusionsOf } from './fragmentInclusions';
import type { Rule } from './rule';

export const fragmentCycle: Rule = {
  meta: {
    id: 'fragment-cycle',
    summary: 'A policy fragment includes itself, directly or through others.',
    category: 'references',
    defaultSeverity: 'error',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/policy-fragments'],
  },
  checkReferences(context, report) {
    for (const { element, circle } of inclusionsOf(context)) {
      if (circle === undefined) continue;
      const [own, ...others] = circle.map((id) => `"${id}"`);
      const way = others.length === 0 ? 'itself' : [...others, `${own} again`].join(', which includes ');
      report({
        document: context.document,
        span: element.span,
        message: `The fragment ${own} includes ${way}: this has no end, so the service cannot accept it. Remove one of these inclusions.`,
      });
    }
  },
};
