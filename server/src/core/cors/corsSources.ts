/**
 * The pages that the CORS engine's facts come from, as addresses for users. Where a fact is not documented, the page
 * given is the one that comes nearest; the sentence of the step then says that it is an assumption.
 */
export const corsSources = {
  /** Reference of the `cors` policy: elements, defaults, "Policy order", "Empty 200 OK response". */
  cors: 'https://learn.microsoft.com/azure/api-management/cors-policy',
  /** Scopes, sections and `<base />`. */
  policies: 'https://learn.microsoft.com/azure/api-management/api-management-howto-policies',
  /** Which product a request runs in. */
  subscriptions: 'https://learn.microsoft.com/azure/api-management/api-management-subscriptions',
  /** Why a product-scope `cors` misses preflights, and the key in the query string. */
  developerPortal: 'https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal',
  /** Built-in steps and their errors, `OperationNotFound` among them. */
  errors: 'https://learn.microsoft.com/azure/api-management/api-management-error-handling-policies',
  /** "cors … not supported on the onHandshake operation". */
  webSocket: 'https://learn.microsoft.com/azure/api-management/websocket-api',
  setHeader: 'https://learn.microsoft.com/azure/api-management/set-header-policy',
  choose: 'https://learn.microsoft.com/azure/api-management/choose-policy',
  returnResponse: 'https://learn.microsoft.com/azure/api-management/return-response-policy',
  fragments: 'https://learn.microsoft.com/azure/api-management/policy-fragments',
  namedValues: 'https://learn.microsoft.com/azure/api-management/api-management-howto-properties',
  /** What a browser does: preflight, CORS check, safelists. */
  fetch: 'https://fetch.spec.whatwg.org/#http-cors-protocol',
} as const;
