import type { AllowedOrigin } from '../cors/corsPolicy';
import type { CorsElement } from './corsElement';
import { projectOriginsFor, removeEntries, replaceByExpression, replaceOriginBy } from './corsFixes/originEdits';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { listSome } from './corsMessages';
import type { Fix, Rule } from './rule';
import { findWildcardOrigins } from './wildcardOrigins';

export const originReflectsAnything: Rule = {
  meta: {
    id: 'origin-reflects-anything',
    summary: 'An <origin> repeats whatever Origin the request has, so every site is admitted.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/answers/questions/39141',
      'https://fetch.spec.whatwg.org/#http-cors-protocol',
    ],
  },
  checkCors(context, report) {
    const { document, cors } = context;
    // Beside a star, everybody is admitted anyway: that finding comes first.
    if (findWildcardOrigins(cors) !== undefined) return;
    for (const origin of cors.origins) {
      if (!origin.repeatsRequestOrigin) continue;
      const { allowCredentials } = cors;
      const withCookies = allowCredentials.known && allowCredentials.value;
      report({
        document,
        span: origin.span,
        message: `This expression returns the request’s own Origin without a test, so pages of every site may call${withCookies ? ' with the user’s cookies' : ''} and read the answers. Return it only where it is on a list.`,
        related: [
          {
            path: document.path,
            span: origin.element.startTagSpan,
            message: 'An expression decides here at run time (origin-expression).',
            ruleId: 'origin-expression',
          },
        ],
        fixes: () =>
          triedElementFixes('origin-reflects-anything', context, [
            listProjectOrigins(origin, context),
            keepOthers(origin, context),
            allowList(origin, context),
          ]),
      });
    }
  },
};

function listProjectOrigins(origin: AllowedOrigin, context: CorsElement): Fix | undefined {
  const origins = projectOriginsFor(context);
  const edit = origins.length === 0 ? undefined : replaceOriginBy(context.document, origin, origins);
  if (edit === undefined) return undefined;
  const title = `List the project file’s origins instead (${listSome(origins, 3)}): all others are refused`;
  return { id: 'list-project-origins', title, isGuess: true, edits: [edit] };
}

function keepOthers(origin: AllowedOrigin, { document, cors }: CorsElement): Fix | undefined {
  const others = cors.origins.filter((each) => each !== origin && !each.repeatsRequestOrigin);
  const edits = others.length === 0 ? undefined : removeEntries(document, [origin.element]);
  if (edits === undefined) return undefined;
  const title = `Remove it, so that ${listSome(others.map(({ written }) => written))} alone is admitted`;
  return { id: 'remove-expression', title, isGuess: true, edits };
}

/** A template to fill in: which sites are meant, nobody but the author knows. */
function allowList(origin: AllowedOrigin, { document }: CorsElement): Fix | undefined {
  const condition = 'new[] { "https://shop.example.com", "https://admin.example.com" }.Contains(origin)';
  const edit = replaceByExpression(document, origin, condition);
  if (edit === undefined) return undefined;
  const title = 'Test the origin against a list first: replace the two examples in it by your sites';
  return { id: 'use-allow-list', title, isGuess: true, edits: [edit] };
}
