import type { CorsRequestExplanation, RequestJourney } from '../../server/src/lsp/protocol';
import type { IconName } from './icons';

type Verdict = CorsRequestExplanation['browser'];

/** How a verdict looks and reads. */
export interface VerdictWording {
  readonly tone: 'good' | 'bad' | 'open';
  readonly iconName: IconName;
  /** Of the whole call. */
  readonly title: string;
  /** Of one of its requests. */
  readonly journeyText: string;
}

const wordings: Readonly<Record<Verdict, VerdictWording>> = {
  allowed: { tone: 'good', iconName: 'pass', title: 'Allowed', journeyText: 'The browser lets it pass.' },
  blocked: { tone: 'bad', iconName: 'block', title: 'Blocked', journeyText: 'The browser blocks it.' },
  unknown: {
    tone: 'open',
    iconName: 'question',
    title: 'Decided at run time',
    journeyText: 'The files do not tell what the browser does.',
  },
  'depends-on-backend': {
    tone: 'open',
    iconName: 'question',
    title: 'Depends on the backend',
    journeyText: 'It depends on the CORS headers of the backend.',
  },
  'not-applicable': {
    tone: 'open',
    iconName: 'question',
    title: 'No browser check',
    journeyText: 'No browser checks this answer.',
  },
};

export function verdictOf(browser: Verdict): VerdictWording {
  return wordings[browser];
}

/** What became of a request, in a few words. */
export const outcomeTexts: Readonly<Record<RequestJourney['outcome'], string>> = {
  'answered-by-cors': 'answered by cors',
  'terminated-empty-200': 'ended with an empty answer',
  'not-found-404': 'not found',
  'goes-to-backend-options': 'goes to the OPTIONS operation',
  'passes-with-cors-headers': 'passes, with CORS headers',
  'passes-without-cors-headers': 'passes, without CORS headers',
  'passes-with-backend-headers': "passes, with the backend's CORS headers",
  'passes-with-manual-headers': 'passes, with headers set by hand',
  'header-conflict-possible': 'two sets of CORS headers possible',
  'error-with-cors-headers': 'an error, with CORS headers',
  'error-without-cors-headers': 'an error, without CORS headers',
  'not-cross-origin': 'no cross-origin request',
  'cors-skipped': 'cors is skipped',
  'invalid-policy': 'the service refuses the policy',
  'decided-at-runtime': 'decided at run time',
};

/** The name of a page by its address: what a reader can tell apart in a row of links. */
export function sourceName(address: string): string {
  const { hostname, pathname } = new URL(address);
  const github = /^\/[^/]+\/([^/]+)\/(issues|pull)\/(\d+)/.exec(pathname);
  if (hostname === 'github.com' && github !== null) return `${github[1]} #${github[3]}`;
  const page = pathname.split('/').findLast((part) => part !== '') ?? hostname;
  return hostname === 'learn.microsoft.com' ? `Microsoft Learn: ${page}` : `${hostname}: ${page}`;
}
