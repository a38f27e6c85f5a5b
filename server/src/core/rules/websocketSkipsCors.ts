import type { Rule } from './rule';
import { corsToTellAt } from './shownCors';

export const websocketSkipsCors: Rule = {
  meta: {
    id: 'websocket-skips-cors',
    summary: 'The API is a WebSocket API, whose handshake skips every cors.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/websocket-api'],
  },
  checkEffective(context, report) {
    if (context.apiFacts?.type !== 'websocket') return;
    const cors = corsToTellAt(context);
    if (cors === undefined) return;
    const which = cors.isOwn ? 'This cors' : 'The cors that comes in here';
    report({
      document: context.document,
      span: cors.entry.startTagSpan,
      message: `${which} has no effect: this is a WebSocket API, and its handshake does not support cors, so it is skipped. Browsers apply no CORS to WebSockets; check the Origin header if not every site may connect.`,
    });
  },
};
