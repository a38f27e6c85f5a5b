import { addToList } from './corsFixes/corsLists';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { readListedNames } from './corsListFacts';
import { findTokenCheck } from './corsTokens';
import type { Rule } from './rule';

const id = 'authorization-with-star';

export const authorizationWithStar: Rule = {
  meta: {
    id,
    summary:
      'Callers must send Authorization, and allowed-headers has *, which does not cover that header in browsers.',
    category: 'cors',
    defaultSeverity: 'hint',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://fetch.spec.whatwg.org/#cors-preflight-fetch',
      'https://learn.microsoft.com/azure/api-management/cors-policy',
    ],
  },
  checkCors(context, report) {
    const { document, element, cors, settings } = context;
    if (cors.headers === undefined || settings.assume['listEcho'] === 'echo-requested') return;
    // With credentials a star is a plain name for every header: star-with-credentials-lists tells.
    if (cors.allowCredentials.known && cors.allowCredentials.value) return;
    const { names, hasStar, isWhole } = readListedNames(cors.headers);
    if (!hasStar || !isWhole || names.some((name) => name.toLowerCase() === 'authorization')) return;
    const check = findTokenCheck(context);
    const star = cors.headers.entries.find(({ value }) => value.known && value.value === '*');
    if (check === undefined || star === undefined) return;
    const { document: where, element: at } = check.statement;
    const edit = addToList(document, element, {
      listName: 'allowed-headers',
      entryName: 'header',
      values: ['authorization'],
    });
    report({
      document,
      span: star.element.span,
      message: `${check.name} needs the Authorization header, and in browsers * does not cover that one. It works as long as the gateway repeats the requested names, as has been seen, instead of sending the *. List authorization beside it.`,
      related: [
        {
          path: where.path,
          span: where.isEmbedded ? { start: 0, end: 0 } : at.startTagSpan,
          message: `The ${check.name} that callers have to satisfy.`,
        },
      ],
      fixes: () =>
        triedElementFixes(id, context, [
          edit && { id: 'add-authorization', title: 'List authorization beside the *', edits: [edit] },
        ]),
    });
  },
};
