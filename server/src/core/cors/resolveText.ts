import type { NamedValueLookup } from '../effective/namedValues';
import type { Resolved, Unknown } from '../effective/resolved';
import { known, unknown } from '../effective/resolved';
import { findPlaceholder } from '../syntax/placeholderScanner';
import type { ExpressionForm } from '../syntax/policyTree';
import { readKnownExpression, repeatsEveryOrigin } from './knownExpressions';

/** A policy's text with its value, or what an expression makes of the request's origin. */
export interface ResolvedText {
  /** Of an expression that asks for the origin it is unknown; `valueFor` tells more. */
  readonly value: Resolved<string>;
  /** A policy expression: the service cannot check its value when the policy is saved. */
  readonly isExpression: boolean;
  /** Given for an expression that rests on the request's `Origin` header alone: its value for each. */
  readonly valueFor?: ((origin: string | undefined) => Resolved<string>) | undefined;
  /** An expression that returns whatever `Origin` the request has: as an `<origin>` it admits every site. */
  readonly repeatsRequestOrigin: boolean;
}

/**
 * Replaces named values and understands the simplest expressions.
 *
 * The service replaces named values as text before it looks for expressions, so a named value may hold an expression
 * or a part of one (api-management-howto-properties).
 */
export function resolveText(written: string, namedValues: NamedValueLookup): ResolvedText {
  const text = replaceNamedValues(written.trim(), namedValues);
  if (!text.known) return { value: text, isExpression: written.trim().startsWith('@'), repeatsRequestOrigin: false };
  const value = text.value.trim();
  const expression = readExpression(value);
  if (expression === undefined) return { value: literalValue(value), isExpression: false, repeatsRequestOrigin: false };

  const meaning = readKnownExpression(expression.code, expression.form);
  if (meaning?.kind === 'constant') {
    return { value: known(meaning.value), isExpression: true, repeatsRequestOrigin: false };
  }
  const { valueFor } = meaning ?? {};
  const repeatsRequestOrigin = valueFor !== undefined && repeatsEveryOrigin(valueFor);
  const because = repeatsRequestOrigin
    ? 'the expression repeats the Origin of the request'
    : 'a policy expression is evaluated by the gateway';
  return { value: unknown(because), isExpression: true, valueFor, repeatsRequestOrigin };
}

/** The value for a request with this origin. */
export function valueForOrigin({ value, valueFor }: ResolvedText, origin: string | undefined): Resolved<string> {
  return valueFor === undefined ? value : valueFor(origin);
}

/** What a deployment tool writes in place of a placeholder is not in the file. */
function literalValue(text: string): Resolved<string> {
  const placeholder = findPlaceholder(text);
  return placeholder === undefined ? known(text) : replacedAtDeployment(placeholder);
}

/** Why a value with a placeholder of a deployment tool is not known. */
export function replacedAtDeployment(placeholder: string): Unknown {
  return unknown(`${placeholder} is replaced when the policy is deployed`);
}

function replaceNamedValues(text: string, namedValues: NamedValueLookup): Resolved<string> {
  if (!text.includes('{{')) return known(text);
  let missing: string | undefined;
  const replaced = text.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (written: string, name: string) => {
    const value = namedValues(name);
    if (value.known) return value.value;
    missing ??= value.because;
    return written;
  });
  return missing === undefined ? known(replaced) : unknown(missing);
}

function readExpression(value: string): { readonly form: ExpressionForm; readonly code: string } | undefined {
  if (value.startsWith('@(')) return { form: 'singleStatement', code: value.slice(2).replace(/\)$/, '') };
  if (value.startsWith('@{')) return { form: 'multiStatement', code: value.slice(2).replace(/\}$/, '') };
  return undefined;
}
