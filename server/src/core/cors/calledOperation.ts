import { type PolicyScope, scopeKey } from '../workspace/policyScope';
import type { Operation } from '../workspace/service';
import type { PlacedDocument } from '../workspace/workspaceModel';

export type ApiScope = Extract<PolicyScope, { readonly kind: 'api' | 'operation' }>;

/** The operation that a call is for, as far as it is told. */
export interface CalledOperation {
  readonly id: string;
  /** Undefined where no specification tells. */
  readonly facts: Operation | undefined;
  /** The path of its own policy document; undefined where it has none. */
  readonly policyPath: string | undefined;
}

/** An operation of the API by its id; undefined for one that a specification would name and does not. */
export function findOperation(
  id: string,
  scope: ApiScope,
  { service }: PlacedDocument,
  operations: readonly Operation[] | undefined,
): CalledOperation | undefined {
  const facts = operations?.find((operation) => operation.id.toLowerCase() === id.toLowerCase());
  const policyPath = service.definitions.get(scopeKey({ ...apiPart(scope), kind: 'operation', operation: id }));
  const mayExist = operations === undefined || facts !== undefined || policyPath !== undefined;
  return mayExist ? { id: facts?.id ?? id, facts, policyPath } : undefined;
}

function apiPart({ api, revision, workspace }: ApiScope) {
  return {
    ...(api === undefined ? {} : { api }),
    ...(revision === undefined ? {} : { revision }),
    ...(workspace === undefined ? {} : { workspace }),
  };
}

/**
 * Whether a preflight for the call finds an OPTIONS operation, which switches the `cors` logic off. Without a named
 * operation every one with the method is a candidate; where they differ, and without a specification, it is unknown.
 */
export function hasOptionsOperation(
  operations: readonly Operation[] | undefined,
  called: CalledOperation | undefined,
  method: string,
): boolean | 'unknown' {
  if (operations === undefined || (called !== undefined && called.facts === undefined)) return 'unknown';
  const answers = new Set(
    candidates(operations, called, method).map((each) => optionsOperationOf(each, operations) !== undefined),
  );
  if (answers.size > 1) return 'unknown';
  return answers.has(true);
}

/** The operations that a call may be for. */
export function candidates(
  operations: readonly Operation[],
  called: CalledOperation | undefined,
  method: string,
): readonly Operation[] {
  if (called?.facts !== undefined) return [called.facts];
  const others = operations.filter((operation) => operation.method !== 'OPTIONS');
  const withMethod = others.filter((operation) => operation.method === method.toUpperCase());
  return withMethod.length > 0 ? withMethod : others;
}

/** The OPTIONS operation that takes requests to the operation's URL. */
export function optionsOperationOf(operation: Operation, operations: readonly Operation[]): Operation | undefined {
  return operations.find((other) => other.method === 'OPTIONS' && covers(other.urlTemplate, operation.urlTemplate));
}

/** `/orders/{id}` covers `/orders/{orderId}` and `/orders/open`; `/*` covers everything. */
function covers(template: string, other: string): boolean {
  const wanted = segmentsOf(template);
  const found = segmentsOf(other);
  for (const [index, segment] of wanted.entries()) {
    if (segment === '*' && index === wanted.length - 1) return true;
    const asked = found[index];
    if (asked === undefined) return false;
    if (!segment.includes('{') && segment.toLowerCase() !== asked.toLowerCase()) return false;
  }
  return wanted.length === found.length;
}

function segmentsOf(template: string): readonly string[] {
  return template
    .replace(/\?.*$/, '')
    .split('/')
    .filter((segment) => segment !== '');
}
