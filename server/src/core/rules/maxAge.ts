import type { PolicyElement } from '../syntax/policyTree';
import { findAttribute } from '../syntax/treeQueries';
import type { CorsElement } from './corsElement';
import { setAttributeEdit } from './corsFixes/setAttribute';
import { triedHere } from './corsFixes/triedElementFixes';
import type { Fix, Rule } from './rule';

const id = 'max-age';
const attributeName = 'preflight-result-max-age';
/** Firefox keeps an answer for a day at most, Chromium for two hours (cors-semantics 5). */
const longestSeconds = 86_400;
/** What "Enable CORS" of the developer portal writes. */
const usualSeconds = 300;

export const maxAge: Rule = {
  meta: {
    id,
    summary:
      'preflight-result-max-age is absent, 0, or longer than any browser keeps the answer to a preflight request.',
    category: 'cors',
    defaultSeverity: 'hint',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Max-Age',
    ],
  },
  checkCors(context, report) {
    const { document, cors } = context;
    const methods = cors.methods?.element;
    // The attribute stands on allowed-methods; without that element methods-missing comes first.
    if (methods === undefined || !cors.maxAgeSeconds.known) return;
    const seconds = cors.maxAgeSeconds.value;
    if (seconds > 0 && seconds <= longestSeconds) return;
    const span = findAttribute(methods, attributeName)?.span ?? methods.startTagSpan;
    report({
      document,
      span,
      message: seconds === 0 ? messageOfNone(methods) : messageOfLong(seconds),
      fixes: () => triedHere(id, context, [setMaxAge(methods, seconds === 0 ? usualSeconds : longestSeconds, context)]),
    });
  },
};

function messageOfNone(methods: PolicyElement): string {
  const isWritten = findAttribute(methods, attributeName) !== undefined;
  return `${isWritten ? `${attributeName} is 0` : `${attributeName} is not set, which means 0`}, so browsers keep no answer to a preflight request: every call that needs one costs two requests. Set it to ${usualSeconds} seconds, for instance.`;
}

function messageOfLong(seconds: number): string {
  return `No browser keeps the answer to a preflight request for ${seconds} seconds: Firefox stops at ${longestSeconds}, Chromium at 7200.`;
}

function setMaxAge(methods: PolicyElement, seconds: number, { document }: CorsElement): Fix | undefined {
  const attribute = findAttribute(methods, attributeName);
  if (attribute?.value.includes('{{')) return undefined;
  const edit = setAttributeEdit(document, methods, attributeName, String(seconds));
  return { id: 'set-max-age', title: `Set ${attributeName}="${seconds}"`, edits: [edit] };
}
