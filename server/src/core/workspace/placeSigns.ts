import { sniffPolicy } from '../syntax/sniffPolicy';
import { readScopeComment } from './scopeComment';

/**
 * What a policy's text says of its place, as a key: texts with the same key are placed alike. Everything else in a
 * policy's text leaves the model of the services as it is.
 */
export function placeSigns(text: string): string {
  const { placement, problem } = readScopeComment(text, '') ?? {};
  return JSON.stringify([sniffPolicy(text), placement, problem, seemsGlobal(text), seemsOfProduct(text)]);
}

/**
 * True for a definition that passes the call on to the backend and inherits nothing: at global scope that is the rule,
 * elsewhere the exception. A hint only.
 */
export function seemsGlobal(text: string): boolean {
  return /<forward-request[\s/>]/.test(text) && !/<base\s*\/?>/.test(text);
}

/** True where a policy is used that the service accepts at product scope only (quota-policy, "Policy scopes"). */
export function seemsOfProduct(text: string): boolean {
  return /<quota[\s/>]/.test(text);
}
