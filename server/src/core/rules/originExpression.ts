import type { AllowedOrigin } from '../cors/corsPolicy';
import { valueForOrigin } from '../cors/resolveText';
import { joinNames } from '../text/wording';
import { readsOf } from './contextReads';
import type { Rule } from './rule';

export const originExpression: Rule = {
  meta: {
    id: 'origin-expression',
    summary: 'An <origin> is an expression, so whom it admits is decided at run time.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://learn.microsoft.com/answers/questions/39141',
      'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
    ],
  },
  checkCors({ document, cors }, report) {
    for (const origin of cors.origins) {
      if (!isUndecided(origin)) continue;
      report({
        document,
        span: origin.span,
        message: `${whatIsOpen(origin)}, and Microsoft’s page does not list origin among the places for expressions.${riskOf(origin)} Test it with a preflight request of each page.`,
      });
    }
  },
};

/** Neither a constant, nor something that rests on the request's origin alone and can be followed. */
function isUndecided(origin: AllowedOrigin): boolean {
  return origin.isExpression && !origin.value.known && !valueForOrigin(origin, nobodysOrigin).known;
}

const nobodysOrigin = 'https://nobody.example';

/** C# that is not understood, or an expression around a named value that nobody here can replace. */
function whatIsOpen({ written, value }: AllowedOrigin): string {
  const named = !value.known && written.includes('{{') && /\{\{/.test(value.because) ? ` (${value.because})` : '';
  return `Whom this expression admits is decided at run time${named}`;
}

function riskOf({ written }: AllowedOrigin): string {
  const missing = readsOf(written);
  return missing.length === 0
    ? ''
    : ` It reads ${joinNames(missing)}: on a preflight request nothing but cors has run and no key is sent, so that may be missing there.`;
}
