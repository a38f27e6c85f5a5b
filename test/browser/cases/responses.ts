import type { PageCall } from '../support/realBrowser';
import { json, shop } from './truthCase';

type Headers = Readonly<Record<string, string | readonly string[]>>;

/**
 * An answer as it may come from anywhere, and what the browser must make of it. Several values of a header are sent as
 * several lines, which a browser joins with ", ".
 */
export interface ResponseCase {
  readonly title: string;
  readonly call?: Partial<Omit<PageCall, 'url'>>;
  /** To the preflight request; undefined where there is none. */
  readonly preflight?: { readonly status?: number; readonly headers: Headers };
  /** To the request itself; undefined where it is not sent. */
  readonly actual?: { readonly status?: number; readonly headers: Headers };
  readonly is: 'allowed' | 'blocked';
  readonly unlikeChromium?: string;
}

const origin = 'Access-Control-Allow-Origin';
const credentials = 'Access-Control-Allow-Credentials';
const methods = 'Access-Control-Allow-Methods';
const headers = 'Access-Control-Allow-Headers';
const withCredentials = { credentials: 'include' } as const;
const ok = { headers: { [origin]: shop } };

/** Preflight answers to a call with this method, or with JSON. */
const put = { method: 'PUT' };
const post = { method: 'POST', headers: json };

export const responseCases: readonly ResponseCase[] = [
  { title: 'an origin twice in one line', actual: { headers: { [origin]: `${shop}, ${shop}` } }, is: 'blocked' },
  { title: 'an origin in two lines', actual: { headers: { [origin]: [shop, shop] } }, is: 'blocked' },
  { title: 'a star and an origin', actual: { headers: { [origin]: ['*', shop] } }, is: 'blocked' },
  { title: 'an empty origin', actual: { headers: { [origin]: '' } }, is: 'blocked' },
  { title: 'no scheme', actual: { headers: { [origin]: 'shop.contoso.com' } }, is: 'blocked' },
  { title: 'a pattern', actual: { headers: { [origin]: 'https://*.contoso.com' } }, is: 'blocked' },
  { title: 'null for an origin', actual: { headers: { [origin]: 'null' } }, is: 'blocked' },
  { title: 'http for https', actual: { headers: { [origin]: 'http://shop.contoso.com' } }, is: 'blocked' },
  { title: 'blanks around the origin', actual: { headers: { [origin]: ` ${shop} ` } }, is: 'allowed' },
  { title: 'a name in lower case', actual: { headers: { 'access-control-allow-origin': shop } }, is: 'allowed' },
  { title: 'a 404 with headers', actual: { status: 404, headers: { [origin]: shop } }, is: 'allowed' },
  { title: 'a 500 with headers', actual: { status: 500, headers: { [origin]: '*' } }, is: 'allowed' },
  { title: 'a 401 without headers', actual: { status: 401, headers: {} }, is: 'blocked' },
  { title: 'a 204', actual: { status: 204, headers: { [origin]: shop } }, is: 'allowed' },
  {
    title: 'credentials: true',
    call: withCredentials,
    actual: { headers: { [origin]: shop, [credentials]: 'true' } },
    is: 'allowed',
  },
  {
    title: 'credentials: True',
    call: withCredentials,
    actual: { headers: { [origin]: shop, [credentials]: 'True' } },
    is: 'blocked',
  },
  {
    title: 'credentials: false',
    call: withCredentials,
    actual: { headers: { [origin]: shop, [credentials]: 'false' } },
    is: 'blocked',
  },
  {
    title: 'credentials: true twice',
    call: withCredentials,
    actual: { headers: { [origin]: shop, [credentials]: ['true', 'true'] } },
    is: 'blocked',
  },
  {
    title: 'credentials: true, and a star',
    call: withCredentials,
    actual: { headers: { [origin]: '*', [credentials]: 'true' } },
    is: 'blocked',
  },
  {
    title: 'a preflight of 204',
    call: put,
    preflight: { status: 204, headers: { [origin]: shop, [methods]: 'PUT' } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'a preflight of 404 with headers',
    call: put,
    preflight: { status: 404, headers: { [origin]: shop, [methods]: 'PUT' } },
    is: 'blocked',
  },
  { title: 'a preflight of 401 without headers', call: put, preflight: { status: 401, headers: {} }, is: 'blocked' },
  {
    title: 'a preflight of 500',
    call: put,
    preflight: { status: 500, headers: { [origin]: '*', [methods]: '*' } },
    is: 'blocked',
  },
  {
    title: 'a method in lower case',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: 'put' } },
    is: 'blocked',
  },
  {
    title: 'methods without blanks',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: 'GET,PUT,POST' } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'methods in two lines',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: ['GET', 'PUT'] } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'methods separated by blanks',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: 'GET PUT' } },
    is: 'blocked',
  },
  {
    title: 'methods that cannot be read, to a call that needs none',
    call: post,
    preflight: { headers: { [origin]: shop, [methods]: 'GET PUT', [headers]: 'content-type' } },
    is: 'blocked',
  },
  {
    title: 'headers that cannot be read, to a call that needs none',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: 'PUT', [headers]: 'x-a; x-b' } },
    is: 'blocked',
  },
  {
    title: 'a star among methods',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: 'GET, *' } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'no methods',
    call: post,
    preflight: { headers: { [origin]: shop, [headers]: 'content-type' } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'headers in another case',
    call: post,
    preflight: { headers: { [origin]: shop, [headers]: 'Content-TYPE' } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'headers in two lines',
    call: post,
    preflight: { headers: { [origin]: shop, [headers]: ['x-a', 'content-type'] } },
    actual: ok,
    is: 'allowed',
  },
  {
    title: 'headers with empty entries',
    call: post,
    preflight: { headers: { [origin]: shop, [headers]: ', ,content-type,' } },
    actual: ok,
    is: 'allowed',
  },
  { title: 'no headers', call: post, preflight: { headers: { [origin]: shop } }, is: 'blocked' },
  {
    title: 'a star for a header, with credentials',
    call: { ...post, ...withCredentials },
    preflight: { headers: { [origin]: shop, [credentials]: 'true', [headers]: '*' } },
    is: 'blocked',
  },
  {
    title: 'a star for a method, with credentials',
    call: { ...put, ...withCredentials },
    preflight: { headers: { [origin]: shop, [credentials]: 'true', [methods]: '*' } },
    is: 'blocked',
  },
  {
    title: 'a preflight that forgets credentials',
    call: { ...put, ...withCredentials },
    preflight: { headers: { [origin]: shop, [methods]: 'PUT' } },
    is: 'blocked',
  },
  {
    title: 'a preflight that is fine, and an answer without headers',
    call: put,
    preflight: { headers: { [origin]: shop, [methods]: 'PUT' } },
    actual: { headers: {} },
    is: 'blocked',
  },
  {
    title: 'a preflight for somebody else',
    call: put,
    preflight: { headers: { [origin]: 'https://other.contoso.com', [methods]: 'PUT' } },
    is: 'blocked',
  },
];
