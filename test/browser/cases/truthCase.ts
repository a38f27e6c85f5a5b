import type { InlinePolicies } from '../../../server/src/core/cors/corsCase';
import type { CorsFacts } from '../../../server/src/core/cors/corsSituation';
import type { SwitchSettings } from '../../../server/src/core/cors/switches';
import type { PageCall, PagePlace } from '../support/realBrowser';

/** A call of a page to an API behind policies, and what the browser must make of it. */
export interface TruthCase {
  readonly title: string;
  readonly policies: InlinePolicies;
  /** The shop's, where it is not given. */
  readonly page?: PagePlace;
  /** The API's origin; https://api.contoso.com where it is not given. */
  readonly api?: string;
  /** A GET without headers and with the credentials mode of `fetch`, where nothing else is given. */
  readonly call?: Partial<Omit<PageCall, 'url'>>;
  readonly context?: CorsFacts;
  readonly assume?: Partial<SwitchSettings>;
  readonly is: 'allowed' | 'blocked';
  /** How many preflight requests reach the gateway. */
  readonly preflights: 0 | 1;
  /** Which of the backend's headers X-Order and X-Page the page can read; none where it is not given. */
  readonly reads?: readonly string[];
  /** Chromium is known to do otherwise; why we stay with the standard. */
  readonly unlikeChromium?: string;
}

export interface CorsParts {
  /** Separated by blanks, as all lists here. */
  readonly origins: string;
  readonly methods?: string;
  readonly headers?: string;
  readonly expose?: string;
  readonly maxAge?: number;
  readonly credentials?: boolean;
  readonly terminate?: boolean;
}

/** A `cors` statement. */
export function cors(parts: CorsParts): string {
  const { origins, methods, headers = '*', expose, maxAge, credentials, terminate = true } = parts;
  const list = (name: string, entry: string, values: string | undefined, attribute = ''): string =>
    values === undefined
      ? ''
      : `<${name}${attribute}>${values
          .split(' ')
          .map((value) => `<${entry}>${value}</${entry}>`)
          .join('')}</${name}>`;
  const attributes = [
    ...(credentials === undefined ? [] : [`allow-credentials="${credentials}"`]),
    `terminate-unmatched-request="${terminate}"`,
  ];
  const maxAgeAttribute = maxAge === undefined ? '' : ` preflight-result-max-age="${maxAge}"`;
  return [
    `<cors ${attributes.join(' ')}>`,
    list('allowed-origins', 'origin', origins),
    list('allowed-methods', 'method', methods ?? (maxAge === undefined ? undefined : 'GET POST'), maxAgeAttribute),
    list('allowed-headers', 'header', headers),
    list('expose-headers', 'header', expose),
    '</cors>',
  ].join('');
}

/** A policy definition from its inbound section. */
export function policy(inbound: string, outbound = '<base />', onError = '<base />'): string {
  return `<policies><inbound>${inbound}</inbound><backend><base /></backend><outbound>${outbound}</outbound><on-error>${onError}</on-error></policies>`;
}

/** Policies with one `cors` at the API. */
export function api(parts: CorsParts): InlinePolicies {
  return { api: policy(cors(parts)) };
}

export const shop = 'https://shop.contoso.com';
export const json = { 'content-type': 'application/json' };
