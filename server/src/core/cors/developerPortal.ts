import picomatch from 'picomatch';
import { matchesEveryOrigin } from './corsGrants';
import type { AllowedOrigin, CorsPolicy } from './corsPolicy';

/** Hosts of managed developer portals: Azure, Azure for US Government, Azure in China (cors-semantics 6.1, 9.2). */
const defaultPortalHost = /^https?:\/\/[^/]+\.developer\.azure-api\.(net|us|cn)(:\d+)?\/?$/i;

/** What the portal's console may send with a call, lower case (its source, operation-console.ts, 2025). */
export const portalConsoleHeaders: readonly string[] = [
  'content-type',
  'authorization',
  'ocp-apim-subscription-key',
  'x-ms-api-devportal',
];

/**
 * True for a `cors` that admits the developer portal and nobody else: what "Enable CORS" writes (cors-semantics 9.2).
 *
 * Every origin must be a portal origin: a default host, an origin of the project file's `portalOrigins`, or a named
 * value whose value is one, or whose name says so while the element has the button's shape. A custom host beside a
 * default one counts where the shape fits.
 */
export function isDeveloperPortalCors(cors: CorsPolicy, portalOrigins: readonly string[]): boolean {
  if (cors.origins.length === 0) return false;
  const isPortal = (origin: AllowedOrigin): boolean =>
    origin.value.known && isPortalOrigin(origin.value.value, portalOrigins);
  if (cors.origins.every(isPortal)) return true;
  if (!hasButtonShape(cors)) return false;
  return cors.origins.some(isPortal) ? cors.origins.every(isPlainHost) : cors.origins.every(isNamedLikePortal);
}

/**
 * Whether a `cors` lets some developer portal in: a default host, or one of the project file's `portalOrigins`. `unknown`
 * where an entry may be one.
 */
export function admitsDeveloperPortal(cors: CorsPolicy, portalOrigins: readonly string[]): 'yes' | 'no' | 'unknown' {
  if (matchesEveryOrigin(cors)) return 'yes';
  if (cors.origins.some(({ value }) => value.known && isPortalOrigin(value.value, portalOrigins))) return 'yes';
  return cors.origins.every(({ value }) => value.known) ? 'no' : 'unknown';
}

/** True for `https://<service>.developer.azure-api.net` and its like in other clouds. */
export function isDefaultPortalOrigin(origin: string): boolean {
  return defaultPortalHost.test(origin.trim());
}

/** True where the origin belongs to a developer portal by its host or by the project file. */
export function isPortalOrigin(origin: string, portalOrigins: readonly string[]): boolean {
  if (defaultPortalHost.test(origin)) return true;
  const host = hostOf(origin);
  return portalOrigins.some((pattern) => picomatch.isMatch(host, hostOf(pattern), { nocase: true }));
}

function hostOf(origin: string): string {
  return origin
    .trim()
    .replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')
    .replace(/\/+$/, '');
}

/** A star or an expression lets in more than a portal; a host whose name is not known may still be one. */
function isPlainHost(origin: AllowedOrigin): boolean {
  return origin.value.known ? origin.value.value !== '*' : /\{\{/.test(origin.written);
}

function isNamedLikePortal(origin: AllowedOrigin): boolean {
  return /\{\{[^}]*portal[^}]*\}\}/i.test(origin.written);
}

/** Credentials, `*` for methods, headers and exposed headers, max-age 300: seen in every export of what the button wrote. */
function hasButtonShape(cors: CorsPolicy): boolean {
  const isStar = (list: CorsPolicy['methods']): boolean =>
    list?.entries.some(({ value }) => value.known && value.value === '*') ?? false;
  return (
    cors.allowCredentials.known &&
    cors.allowCredentials.value &&
    isStar(cors.methods) &&
    isStar(cors.headers) &&
    isStar(cors.exposeHeaders) &&
    cors.maxAgeSeconds.known &&
    cors.maxAgeSeconds.value === 300
  );
}
