import type { AllowedOrigin } from '../cors/corsPolicy';
import type { CorsElement } from './corsElement';
import { projectOriginsFor, replaceByExpression, replaceOriginBy } from './corsFixes/originEdits';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { listSome } from './corsMessages';
import { findOriginFault, quoteOrigin } from './originFaults';
import type { Fix, Rule } from './rule';

export const originPattern: Rule = {
  meta: {
    id: 'origin-pattern',
    summary: 'An <origin> is a pattern such as https://*.contoso.com; only whole origins and a single * are supported.',
    category: 'cors',
    defaultSeverity: 'error',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://github.com/Azure/api-management-developer-portal/issues/2690',
      'https://github.com/Azure/api-management-developer-portal/issues/1846',
      'https://learn.microsoft.com/answers/questions/39141',
    ],
  },
  checkCors(context, report) {
    for (const origin of context.cors.origins) {
      if (findOriginFault(origin)?.ruleId !== 'origin-pattern') continue;
      report({
        document: context.document,
        span: origin.span,
        message: `The origin ${quoteOrigin(origin)} is a pattern, and only whole origins or a single * are supported: ${origin.isExpression ? 'it admits nobody' : 'the service refuses to save it'}. List each host, or let an expression decide.`,
        fixes: () =>
          triedElementFixes('origin-pattern', context, [listMatching(origin, context), asExpression(origin, context)]),
      });
    }
  },
};

/** The project file's own origins that the pattern means. */
function listMatching(origin: AllowedOrigin, context: CorsElement): Fix | undefined {
  const pattern = patternOf(origin);
  const matching = pattern === undefined ? [] : projectOriginsFor(context).filter((each) => pattern.test(each));
  const edit = matching.length === 0 ? undefined : replaceOriginBy(context.document, origin, matching);
  if (edit === undefined) return undefined;
  const title = `List ${listSome(matching, 3)} instead, the project file’s origins that it matches`;
  return { id: 'list-matching', title, isGuess: true, edits: [edit] };
}

/** Decided at run time, which no page documents for origins; a Microsoft engineer recommends it. */
function asExpression(origin: AllowedOrigin, { document }: CorsElement): Fix | undefined {
  const pattern = patternOf(origin);
  if (pattern === undefined) return undefined;
  const subdomains = subdomainsOf(origin);
  const edit = replaceByExpression(
    document,
    origin,
    subdomains ?? `System.Text.RegularExpressions.Regex.IsMatch(origin, @"${pattern.source.replaceAll('\\/', '/')}")`,
  );
  if (edit === undefined) return undefined;
  const what = subdomains === undefined ? 'test the request’s origin, one label for each *' : 'admit every subdomain';
  const title = `Let an expression ${what} (not documented for origins)`;
  return { id: 'use-expression', title, isGuess: true, edits: [edit] };
}

/** The condition for `https://*.contoso.com`, in words that the CORS engine can follow; undefined for other patterns. */
function subdomainsOf({ written }: AllowedOrigin): string | undefined {
  const [, scheme, suffix] = /^(https?:\/\/)\*(\.[a-z0-9.-]+(?::[0-9]+)?)\/?$/i.exec(written.trim()) ?? [];
  if (scheme === undefined || suffix === undefined) return undefined;
  return `(origin.StartsWith("${scheme.toLowerCase()}") ? origin.EndsWith("${suffix.toLowerCase()}") : false)`;
}

/** Undefined for regular expressions and what only looks like a pattern: what they mean is not certain. */
function patternOf({ written }: AllowedOrigin): RegExp | undefined {
  const match = /^(https?:\/\/)([a-z0-9.*-]+)(?::([0-9]{1,5}|\*))?\/?$/i.exec(written.trim());
  const [, scheme = '', host = '', port] = match ?? [];
  if (match === null || !/[a-z0-9]\.[a-z0-9]|localhost/i.test(host)) return undefined;
  const label = host.toLowerCase().replaceAll('.', '\\.').replaceAll('*', '[a-z0-9-]+');
  const behind = port === undefined ? '' : `:${port === '*' ? '[0-9]+' : port}`;
  return new RegExp(`^${scheme.toLowerCase()}${label}${behind}$`);
}
