import type { AllowedOrigin } from './corsPolicy';
import type { SwitchSettings } from './switches';

/** Why a text is no origin. */
export type OriginProblem =
  | 'empty'
  | 'several'
  | 'quotes'
  | 'whitespace'
  | 'pattern'
  | 'no-scheme'
  | 'path'
  | 'query'
  | 'host';

/** An origin in parts, normalised: lower case, default port dropped. */
export type ParsedOrigin =
  | { readonly kind: 'any' }
  | { readonly kind: 'null' }
  | { readonly kind: 'tuple'; readonly scheme: string; readonly host: string; readonly port: string }
  | { readonly kind: 'invalid'; readonly problem: OriginProblem };

const defaultPorts: Readonly<Record<string, string>> = { http: '80', https: '443' };

/**
 * Reads what an `<origin>` element or an `Origin` header says.
 *
 * A single slash at the end is accepted, since the documentation's own example has one (cors-policy, "Example"); a path,
 * a query, a pattern or a list is not: "Origin must be a valid URL consisting of scheme, host, and port only"
 * (the service's message, api-management-developer-portal#2690).
 */
export function parseOrigin(text: string): ParsedOrigin {
  const value = text.trim();
  if (value === '') return invalid('empty');
  if (value === '*') return { kind: 'any' };
  if (value.toLowerCase() === 'null') return { kind: 'null' };
  if (/[,;]/.test(value)) return invalid('several');
  if (/["'`“”]/.test(value)) return invalid('quotes');
  if (/\s/.test(value)) return invalid('whitespace');

  const match = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)(.*)$/i.exec(value);
  if (match === null) return invalid(/[*^$|()\\+{}]/.test(value) ? 'pattern' : 'no-scheme');
  const [, scheme = '', authority = '', rest = ''] = match;
  const host = /^(\[[0-9a-f:.]+\]|[^:[\]@]*)(?::(\d{0,5}))?$/i.exec(authority);
  if (/[*^$|()\\+{}]/.test(authority) || (host === null && authority.includes('['))) return invalid('pattern');
  if (rest.startsWith('?') || rest.startsWith('#') || /^\/.*[?#]/.test(rest)) return invalid('query');
  if (rest !== '' && rest !== '/') return invalid(/[*^$|()\\+{}]/.test(rest) ? 'pattern' : 'path');
  if (host === null) return invalid('host');
  return tuple(scheme.toLowerCase(), (host[1] ?? '').toLowerCase(), host[2] ?? '');
}

function tuple(scheme: string, host: string, port: string): ParsedOrigin {
  // file:// has no host. It is accepted as a value since September 2018 (Azure updates, "Sep 24 2018").
  if (host === '' && scheme !== 'file') return invalid('host');
  const number = port === '' ? '' : String(Number.parseInt(port, 10));
  if (number !== '' && Number(number) > 65_535) return invalid('host');
  return { kind: 'tuple', scheme, host, port: number === (defaultPorts[scheme] ?? '') ? '' : number };
}

function invalid(problem: OriginProblem): ParsedOrigin {
  return { kind: 'invalid', problem };
}

/**
 * The way a browser writes an origin: lower case, without default port and slash. Undefined for what is no origin.
 *
 * Host names outside ASCII stay as they are; browsers send them in Punycode.
 */
export function serialiseOrigin(text: string): string | undefined {
  const origin = parseOrigin(text);
  if (origin.kind === 'null') return 'null';
  if (origin.kind !== 'tuple') return undefined;
  return `${origin.scheme}://${origin.host}${origin.port === '' ? '' : `:${origin.port}`}`;
}

/** Whether the service would refuse to save this value, and why; undefined where it is accepted or not known. */
export function originRefusal(
  allowed: AllowedOrigin,
  switches: Pick<SwitchSettings, 'originScheme'>,
): OriginProblem | 'scheme' | undefined {
  const origin = allowed.parsed;
  if (allowed.isExpression || origin === undefined) return undefined;
  if (origin.kind === 'invalid') return origin.problem;
  return switches.originScheme === 'http-only' && hasUnusualScheme(origin) ? 'scheme' : undefined;
}

/** A scheme other than http, https and file, or `null`: whether the service takes it is switch `originScheme`. */
export function hasUnusualScheme(origin: ParsedOrigin): boolean {
  if (origin.kind === 'null') return true;
  return origin.kind === 'tuple' && !['http', 'https', 'file'].includes(origin.scheme);
}

/**
 * Whether one `<origin>` element admits a request's origin. `unknown` where its value is.
 *
 * Whole values are compared, never prefixes; ports must be equal, an omitted one being the scheme's default.
 */
export function matchesOrigin(
  allowed: AllowedOrigin,
  origin: string,
  switches: Pick<SwitchSettings, 'originScheme'>,
): 'yes' | 'no' | 'unknown' {
  return matchesParsedOrigin(allowed, readRequestOrigin(origin), switches);
}

/** The `Origin` of a request, read once for many comparisons. */
export interface RequestOrigin {
  readonly text: string;
  readonly parsed: ParsedOrigin;
}

export function readRequestOrigin(text: string): RequestOrigin {
  return { text, parsed: parseOrigin(text) };
}

/** What an `<origin>` element is for a request from this origin; undefined where only the gateway knows. */
export function listedFor(allowed: AllowedOrigin, origin: string): ParsedOrigin | undefined {
  if (allowed.valueFor === undefined) return allowed.parsed;
  const value = allowed.valueFor(origin);
  return value.known ? parseOrigin(value.value) : undefined;
}

/** As matchesOrigin. */
export function matchesParsedOrigin(
  allowed: AllowedOrigin,
  { text, parsed: asked }: RequestOrigin,
  switches: Pick<SwitchSettings, 'originScheme'>,
): 'yes' | 'no' | 'unknown' {
  const listed = listedFor(allowed, text);
  if (listed === undefined) return 'unknown';
  if (listed.kind === 'any') return 'yes';
  if (listed.kind === 'invalid') return 'no';
  // Schemes are checked when a policy is saved, and an expression has no value then.
  const isChecked = switches.originScheme === 'http-only' && !allowed.isExpression;
  if (isChecked && hasUnusualScheme(listed)) return 'no';
  if (listed.kind === 'null' || asked.kind === 'null') return listed.kind === asked.kind ? 'yes' : 'no';
  if (asked.kind !== 'tuple') return 'no';
  const isEqual = listed.scheme === asked.scheme && listed.host === asked.host && listed.port === asked.port;
  return isEqual ? 'yes' : 'no';
}
