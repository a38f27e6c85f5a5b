/** A header that a page sets on its call. */
export interface CallHeader {
  readonly name: string;
  /** Undefined: the name is known, the value is not. */
  readonly value?: string | undefined;
}

/** Why a call needs a preflight, and with which header names; `reasons` is empty where it needs none. */
export interface PreflightNeed {
  readonly isNeeded: boolean;
  /** Clauses: "content-type: application/json is not safelisted". */
  readonly reasons: readonly string[];
  /** What `Access-Control-Request-Headers` lists: lower case, sorted, without duplicates. */
  readonly headerNames: readonly string[];
}

const safelistedMethods: readonly string[] = ['GET', 'HEAD', 'POST'];

/** Header values together; more makes every safelisted header need a preflight (Fetch, "CORS-unsafe request-header names"). */
const maxSafelistedLength = 1024;

/** Whether a call between origins needs a preflight (Fetch, "main fetch" and "CORS-preflight fetch"). */
export function needsPreflight(call: {
  readonly method: string;
  readonly headers: readonly CallHeader[];
  /** The page listens to `XMLHttpRequest.upload` or sends a stream. */
  readonly watchesUpload?: boolean | undefined;
}): PreflightNeed {
  const method = normaliseMethod(call.method);
  const reasons: string[] = [];
  if (!safelistedMethods.includes(method)) reasons.push(`the method ${method} is not GET, HEAD or POST`);

  const sent = call.headers.map(normaliseValue).filter(({ name, value }) => !isForbiddenHeader(name, value));
  const safe = sent.filter(isSafelistedHeader);
  const unsafe = sent.filter((header) => !isSafelistedHeader(header));
  const length = safe.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
  for (const { name, value } of unsafe) {
    const shown = value !== undefined && safelistedNames.has(name.toLowerCase()) ? `${name}: ${value}` : name;
    reasons.push(`${shown.toLowerCase()} is not safelisted`);
  }
  if (length > maxSafelistedLength) reasons.push(`the headers are longer than ${maxSafelistedLength} bytes together`);
  if (call.watchesUpload === true) reasons.push('the page watches or streams the upload');
  const listed = length > maxSafelistedLength ? sent : unsafe;
  const headerNames = [...new Set(listed.map(({ name }) => name.toLowerCase()))].sort();
  return { isNeeded: reasons.length > 0, reasons, headerNames };
}

/** `fetch` writes these methods in upper case whatever the page wrote; `patch` stays `patch` (Fetch, "normalize"). */
export function normaliseMethod(method: string): string {
  const upper = method.toUpperCase();
  return ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT'].includes(upper) ? upper : method;
}

/** Methods that no page can send: `fetch` throws before there is a request (Fetch, "forbidden method"). */
export function isForbiddenMethod(method: string): boolean {
  return ['CONNECT', 'TRACE', 'TRACK'].includes(method.toUpperCase());
}

/** A method that CORS never has to allow (Fetch, "CORS-safelisted method"). */
export function isSafelistedMethod(method: string): boolean {
  return safelistedMethods.includes(method);
}

const safelistedNames: ReadonlySet<string> = new Set([
  'accept',
  'accept-language',
  'content-language',
  'content-type',
  'range',
]);

const simpleContentTypes: readonly string[] = [
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'text/plain',
];

/** White space at both ends is no part of a value (Fetch, "normalize a byte sequence"). */
function normaliseValue({ name, value }: CallHeader): CallHeader {
  return { name, value: value?.replace(/^[\t\n\r ]+|[\t\n\r ]+$/g, '') };
}

/** Fetch, "CORS-safelisted request-header". A value that is not known counts as safe only where most are. */
function isSafelistedHeader({ name, value }: CallHeader): boolean {
  const key = name.toLowerCase();
  if (!safelistedNames.has(key)) return false;
  if (value === undefined) return key !== 'content-type' && key !== 'range';
  if (value.length > 128) return false;
  switch (key) {
    case 'accept':
      return !hasUnsafeByte(value);
    case 'accept-language':
    case 'content-language':
      return /^[0-9A-Za-z *,\-.;=]*$/.test(value);
    case 'content-type':
      return !hasUnsafeByte(value) && simpleContentTypes.includes(essenceOf(value));
    default:
      return isSimpleRange(value);
  }
}

/** `type/subtype` in lower case (MIME Sniffing, "parse a MIME type"); white space counts behind the subtype only. */
function essenceOf(value: string): string {
  return (value.split(';')[0] ?? '').replace(/[\t\n\r ]+$/, '').toLowerCase();
}

/** Fetch, "CORS-unsafe request-header byte". */
function hasUnsafeByte(value: string): boolean {
  for (const character of value) {
    const code = character.charCodeAt(0);
    if ((code < 0x20 && code !== 0x09) || code === 0x7f || '"():<>?@[\\]{}'.includes(character)) return true;
  }
  return false;
}

function isSimpleRange(value: string): boolean {
  const match = /^bytes=(\d+)-(\d*)$/.exec(value);
  return match !== null && (match[2] === '' || Number(match[1]) <= Number(match[2]));
}

const forbiddenNames: ReadonlySet<string> = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'access-control-request-private-network',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);

const methodOverrides: readonly string[] = ['x-http-method', 'x-http-method-override', 'x-method-override'];

/** Headers that a page cannot set: the browser drops them (Fetch, "forbidden request-header"). */
export function isForbiddenHeader(name: string, value?: string): boolean {
  const key = name.toLowerCase();
  if (forbiddenNames.has(key) || key.startsWith('proxy-') || key.startsWith('sec-')) return true;
  return methodOverrides.includes(key) && (value ?? '').split(',').some((method) => isForbiddenMethod(method.trim()));
}
