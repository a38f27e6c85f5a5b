import type { Rule } from './rule';
import { corsToTellAt } from './shownCors';

export const headerVersionedApi: Rule = {
  meta: {
    id: 'header-versioned-api',
    summary: 'The API’s version travels in a header, which preflight requests lack, so no cors of it is reached.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy#usage-notes',
      'https://github.com/MicrosoftDocs/azure-docs/issues/54830',
    ],
  },
  checkEffective(context, report) {
    const { apiFacts } = context;
    if (apiFacts?.versioning !== 'header' || apiFacts.type === 'websocket') return;
    const cors = corsToTellAt(context);
    if (cors === undefined) return;
    const which = cors.isOwn ? 'this cors' : 'the inherited cors';
    report({
      document: context.document,
      span: cors.entry.startTagSpan,
      message: `The version of this API travels in a header, and preflight requests carry no header of the page. The gateway then finds no API and answers 404 before ${which} is asked, so browsers are refused. Use path or query versioning for APIs that pages call.`,
    });
  },
};
