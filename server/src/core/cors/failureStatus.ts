import { attributeText, childrenNamed } from '../syntax/treeQueries';
import type { FlowStatement } from './corsFlow';

/**
 * The status of the error that a statement causes when it rejects a request: what its attribute says, else what its
 * reference page names ("Error handling in API Management policies", table of predefined errors). 500 for the rest.
 * Undefined where a statement answers in the backend's place with a status that is only known at run time.
 */
export function failureStatus(item: FlowStatement): number | undefined {
  if (answeringStatements.has(item.name)) return answerStatus(item);
  const attribute = statusAttributes[item.name];
  const written = attribute === undefined ? undefined : attributeText(item.element, attribute);
  if (written !== undefined && /^[1-5]\d\d$/.test(written.trim())) return Number(written.trim());
  return defaultStatuses[item.name] ?? 500;
}

const statusAttributes: Readonly<Record<string, string>> = {
  'check-header': 'failed-check-httpcode',
  'validate-jwt': 'failed-validation-httpcode',
  'validate-azure-ad-token': 'failed-validation-httpcode',
};

const defaultStatuses: Readonly<Record<string, number>> = {
  'azure-openai-token-limit': 429,
  'check-header': 401,
  'ip-filter': 403,
  'limit-concurrency': 429,
  'llm-token-limit': 429,
  quota: 403,
  'quota-by-key': 403,
  'rate-limit': 429,
  'rate-limit-by-key': 429,
  'validate-azure-ad-token': 401,
  'validate-client-certificate': 403,
  'validate-content': 400,
  'validate-graphql-request': 400,
  'validate-headers': 400,
  'validate-jwt': 401,
  'validate-odata-request': 400,
  'validate-parameters': 400,
};

/**
 * True for statements that may reject a request, or whose call may fail: checks and limits (cors-semantics 9.2,
 * `failing-policy-before-cors`), calls to others, and those that answer themselves.
 */
export function mayReject(name: string): boolean {
  return isCheck(name) || answeringStatements.has(name) || isCall(name);
}

/** Checks and limits: they reject a request that does not satisfy them. */
export function isCheck(name: string): boolean {
  return Object.hasOwn(defaultStatuses, name) || /^(validate-.+|llm-content-safety)$/.test(name);
}

/** Calls to others, of which the request needs the answer. `authentication-basic` only writes a header. */
export function isCall(name: string): boolean {
  return /^(authentication-(managed-identity|certificate)|forward-request|get-authorization-context|send-request|invoke-dapr-binding|publish-to-dapr)$/.test(
    name,
  );
}

/** Statements that answer the request themselves: nothing after them runs ("aborts pipeline execution"). */
export const answeringStatements: ReadonlySet<string> = new Set(['mock-response', 'return-response']);

/** What they answer with; 200 where they do not say (return-response and mock-response references). */
export function answerStatus({ name, element }: FlowStatement): number | undefined {
  const [setStatus] = childrenNamed(element, 'set-status');
  const written =
    name === 'mock-response'
      ? attributeText(element, 'status-code')
      : setStatus === undefined
        ? undefined
        : attributeText(setStatus, 'code');
  if (written === undefined) return attributeText(element, 'response-variable-name') === undefined ? 200 : undefined;
  return /^[1-5]\d\d$/.test(written.trim()) ? Number(written.trim()) : undefined;
}
