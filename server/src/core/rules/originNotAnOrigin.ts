import type { AllowedOrigin } from '../cors/corsPolicy';
import { describeOriginProblem } from '../cors/invalidPolicy';
import { parseOrigin, serialiseOrigin } from '../cors/origin';
import type { CorsElement } from './corsElement';
import { replaceOriginText } from './corsFixes/originEdits';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { findOriginFault, quoteOrigin } from './originFaults';
import type { Fix, Rule } from './rule';

export const originNotAnOrigin: Rule = {
  meta: {
    id: 'origin-not-an-origin',
    summary: 'An <origin> holds something else than scheme, host and port: a path, quotes, no scheme, or nothing.',
    category: 'cors',
    defaultSeverity: 'error',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/Azure/api-management-developer-portal/issues/2690',
    ],
  },
  checkCors(context, report) {
    for (const origin of context.cors.origins) {
      const fault = findOriginFault(origin);
      if (fault?.ruleId !== 'origin-not-an-origin') continue;
      const what =
        fault.problem === 'empty'
          ? 'This origin is empty.'
          : `The origin ${quoteOrigin(origin)} ${describeOriginProblem(fault.problem)}.`;
      report({
        document: context.document,
        span: fault.problem === 'empty' ? origin.element.span : origin.span,
        message: `${what} ${origin.isExpression ? 'No page has such an origin, so it admits nobody' : 'The service refuses to save it ("Origin must be a valid URL consisting of scheme, host, and port only")'}. Write it as a browser sends it, such as https://shop.contoso.com.`,
        fixes: () => triedElementFixes('origin-not-an-origin', context, [stripToOrigin(origin, context)]),
      });
    }
  },
};

/** What is left of the text when everything but an origin is taken away; a scheme that is not there has to be guessed. */
function stripToOrigin(origin: AllowedOrigin, { document }: CorsElement): Fix | undefined {
  const stripped = origin.written.includes('{{') ? undefined : originIn(origin.written);
  if (stripped === undefined) return undefined;
  const edit = replaceOriginText(document, origin, stripped.text);
  if (edit === undefined) return undefined;
  return { id: 'strip-to-origin', title: `Write ${stripped.text}`, isGuess: stripped.isGuess, edits: [edit] };
}

function originIn(written: string): { readonly text: string; readonly isGuess: boolean } | undefined {
  const bare = written
    .trim()
    .replace(/^["'`“”]+|["'`“”]+$/g, '')
    .trim();
  const [start] = /^[a-z][a-z0-9+.-]*:\/\/[^/?#\s]+/i.exec(bare) ?? [];
  const text = start === undefined ? undefined : serialiseOrigin(start);
  // Text behind white space is no part of a path: what was meant is not known.
  if (text !== undefined) return { text, isGuess: /\s/.test(bare) };
  if (!/^[a-z0-9-]+(\.[a-z0-9-]+)*(:\d+)?$/i.test(bare) || !/[.:]|^localhost$/i.test(bare)) return undefined;
  const scheme = /^(localhost|127\.)/i.test(bare) ? 'http' : 'https';
  const guess = serialiseOrigin(`${scheme}://${bare}`);
  return guess === undefined || parseOrigin(guess).kind !== 'tuple' ? undefined : { text: guess, isGuess: true };
}
