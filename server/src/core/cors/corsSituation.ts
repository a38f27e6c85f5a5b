import type { FragmentLookup } from '../effective/computeEffectivePolicy';
import type { EffectivePolicy } from '../effective/effectivePolicy';
import type { NamedValueLookup } from '../effective/namedValues';
import type { SwitchSettings } from './switches';

/** One HTTP request as it reaches the gateway (cors-semantics 12, `request`). */
export interface CorsRequest {
  readonly method: string;
  /** Undefined: no `Origin` header, unless `pageOrigin` and `targetOrigin` tell what a browser would send. */
  readonly origin?: string | undefined;
  readonly accessControlRequestMethod?: string | undefined;
  /** The header's value: names, separated by commas. */
  readonly accessControlRequestHeaders?: string | undefined;
  /** The mode of `fetch`; `same-origin` where it is not given. */
  readonly credentials?: CredentialsMode | undefined;
  /** `none` where it is not given. */
  readonly subscriptionKeyIn?: KeyPlace | undefined;
  /** `browser` where it is not given. */
  readonly client?: ClientKind | undefined;
  readonly pageOrigin?: string | undefined;
  readonly targetOrigin?: string | undefined;
}

export const credentialsModes = ['include', 'same-origin', 'omit'] as const;
export type CredentialsMode = (typeof credentialsModes)[number];

export const keyPlaces = ['none', 'header', 'query'] as const;
export type KeyPlace = (typeof keyPlaces)[number];

export const clientKinds = ['browser', 'server'] as const;
export type ClientKind = (typeof clientKinds)[number];

/** What the policy files do not say (cors-semantics 12, `context`). What is not given is taken as not so. */
export interface CorsFacts {
  /** The API has an operation with method OPTIONS for this URL. `unknown`: taken as not so, with an alternative. */
  readonly optionsOperation?: boolean | 'unknown' | undefined;
  /** No API or operation has this URL. */
  readonly unknownUrl?: boolean | undefined;
  readonly versioning?: 'path' | 'query' | 'header' | undefined;
  readonly apiType?: 'http' | 'websocket' | 'graphql' | 'mcp' | undefined;
  readonly gateway?: 'managed' | 'consumption' | 'self-hosted' | 'workspace' | undefined;
  /** Of the API, and of the product where the situation has one. */
  readonly subscriptionRequired?: boolean | undefined;
  /** The product needs no subscription. */
  readonly openProduct?: boolean | undefined;
  /** Of the key that the request carries; `product` where it is not given. */
  readonly keyScope?: 'product' | 'api' | 'all-access' | undefined;
  /** The key belongs to another product than the situation's. */
  readonly keyForOtherProduct?: boolean | undefined;
  /** The key is missing or invalid, and the gateway answers 401 by itself. */
  readonly keyError?: boolean | undefined;
  /** The name of a statement that rejects the request when it is reached. */
  readonly failingPolicy?: string | undefined;
  /** The backend sends `Access-Control-Allow-Origin` with this origin; `unknown`: with some origin. */
  readonly backendAddsCors?: string | undefined;
  /** The self-hosted portal's backend setting. It does not touch the gateway (cors-semantics 6.2). */
  readonly portalBackendOrigins?: readonly string[] | undefined;
}

/** The policies that a request may meet, and what is known about them. */
export interface CorsPolicies {
  /** The chain without a product. */
  readonly withoutProduct: EffectivePolicy;
  /** The chain with the product in question; undefined where there is none. */
  readonly withProduct?: EffectivePolicy | undefined;
  /** Of the OPTIONS operation for the request's URL, where it has a policy of its own: it runs in place of the others. */
  readonly optionsOperation?: Pick<CorsPolicies, 'withoutProduct' | 'withProduct'> | undefined;
  readonly namedValues: NamedValueLookup;
  /**
   * For fragments inside other statements, and for switch `missingSection`. Without it such a fragment is unknown,
   * and a missing section is only computed as inheriting nothing.
   */
  readonly fragments?: FragmentLookup | undefined;
}

/** Everything that one decision depends on. */
export interface CorsSituation extends CorsPolicies {
  readonly request: CorsRequest;
  readonly facts: CorsFacts;
  /** Settings of switches; the recommended ones for the rest. */
  readonly assume?: Partial<SwitchSettings> | undefined;
}

/** A preflight after Fetch's own definition: OPTIONS with `Origin` and `Access-Control-Request-Method`. */
export function isPreflight(request: CorsRequest): boolean {
  return (
    request.method.toUpperCase() === 'OPTIONS' &&
    originHeader(request) !== undefined &&
    request.accessControlRequestMethod !== undefined &&
    request.accessControlRequestMethod !== ''
  );
}

/**
 * The `Origin` header that the request carries; undefined where it has none.
 *
 * A browser also sends it to the page's own origin, but with GET and HEAD (Fetch, "append a request `Origin` header").
 */
export function originHeader(request: CorsRequest): string | undefined {
  if (request.origin !== undefined) return request.origin === '' ? undefined : request.origin;
  if (request.client === 'server' || request.pageOrigin === undefined) return undefined;
  const isSafe = ['GET', 'HEAD'].includes(request.method.toUpperCase());
  return isSafe && request.pageOrigin === request.targetOrigin ? undefined : request.pageOrigin;
}

/** Whether a browser will check the answer against CORS: not for a server, and not within one origin. */
export function isCheckedByBrowser(request: CorsRequest): boolean {
  const origin = originHeader(request);
  return request.client !== 'server' && origin !== undefined && origin !== request.targetOrigin;
}

/** The names in `Access-Control-Request-Headers`, as they are written. */
export function requestedHeaderNames(request: CorsRequest): readonly string[] {
  return (request.accessControlRequestHeaders ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
