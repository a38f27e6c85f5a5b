import { type Call, defaultKeyHeader } from '../../cors/corsCall';
import { type CallHeader, isForbiddenHeader, needsPreflight, normaliseMethod } from '../../cors/safelist';
import type { SentRequest } from './requestJourney';

/** The preflight that a browser writes for a call. */
export function sentPreflight(call: Call): SentRequest {
  const method = normaliseMethod(call.method);
  const { headerNames } = needsPreflight({ method, headers: headersOf(call) });
  return {
    method: 'OPTIONS',
    headers: [
      ['Origin', call.origin ?? 'null'],
      ['Access-Control-Request-Method', method],
      ...(headerNames.length === 0 ? [] : [['Access-Control-Request-Headers', headerNames.join(',')] as const]),
    ],
  };
}

/** The call itself. A header that a page may not set is not sent. */
export function sentCall(call: Call): SentRequest {
  const sent = headersOf(call).filter(({ name, value }) => !isForbiddenHeader(name, value));
  return {
    method: normaliseMethod(call.method),
    headers: [
      ['Origin', call.origin ?? 'null'],
      ...sent.map(({ name, value }) => [name, value ?? '…'] as const),
      ...(call.credentials === 'include' ? [['Cookie', 'as the browser has them'] as const] : []),
    ],
  };
}

/** The headers that the caller sets, the key's among them. */
export function headersOf({ headers = [], key, keyHeader = defaultKeyHeader }: Call): readonly CallHeader[] {
  const isAmong = headers.some(({ name }) => name.toLowerCase() === keyHeader.toLowerCase());
  return key === 'header' && !isAmong ? [...headers, { name: keyHeader }] : headers;
}
