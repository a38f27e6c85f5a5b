import { isPortalOrigin, portalConsoleHeaders } from '../cors/developerPortal';
import type { PolicyElement } from '../syntax/policyTree';
import { joinNames } from '../text/wording';
import type { CorsElement } from './corsElement';
import { addToList } from './corsFixes/corsLists';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { isEmptyList, readListedNames } from './corsListFacts';
import { findTokenCheck } from './corsTokens';
import type { Fix, Report, Rule } from './rule';

const id = 'headers-missing';
const contentType = 'content-type';
const authorization = 'authorization';
const subscriptionKey = 'ocp-apim-subscription-key';

export const headersMissing: Rule = {
  meta: {
    id,
    summary: 'allowed-headers is absent, empty, or lacks a header that callers are known to send.',
    category: 'cors',
    defaultSeverity: 'error',
    variants: { incomplete: 'warning', anonymous: 'hint' },
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/Azure/api-management-developer-portal/issues/290',
      'https://github.com/MicrosoftDocs/azure-docs/issues/80778',
    ],
  },
  checkCors(context, report) {
    const found = findMissing(context);
    if (found === undefined) return;
    report({
      document: context.document,
      ...found.report,
      fixes: () => triedElementFixes(id, context, [addHeaders(found, context)]),
    });
  },
};

interface Missing {
  readonly report: Omit<Report, 'document' | 'fixes'>;
  readonly names: readonly string[];
  readonly isGuess: boolean;
}

function findMissing(context: CorsElement): Missing | undefined {
  const { document, element, cors } = context;
  const list = cors.headers;
  if (list === undefined) return withoutList('This cors has no allowed-headers', element, context);
  if (isEmptyList(document, list.element)) return withoutList('allowed-headers is empty', list.element, context);

  const { names, hasStar, isWhole } = readListedNames(list);
  if (hasStar || !isWhole || names.length === 0) return undefined;
  const listed = new Set(names.map((name) => name.toLowerCase()));
  const anonymous = missingIdentity(listed, context);
  const needs = neededHeaders(context).flatMap(({ names: needed, because }): readonly Need[] => {
    const missing = needed.filter((name) => !listed.has(name));
    return missing.length === 0 ? [] : [{ names: missing, because }];
  });
  const span = list.element.startTagSpan;
  if (needs.length > 0) {
    const missing = [...new Set(needs.flatMap((need) => need.names))];
    const reasons = needs.map((need) =>
      need.because(needs.length > 1 ? joinNames(need.names) : need.names.length > 1 ? 'them' : 'it'),
    );
    const message = `allowed-headers lacks ${joinNames(missing)}: ${reasons.join('; ')}. Browsers refuse calls with a header that is not listed.`;
    // All at once: else the lesser case would show as soon as this one is mended.
    const all = [...new Set([...missing, ...anonymous])];
    return { report: { span, message, variant: 'incomplete' }, names: all, isGuess: anonymous.length > 0 };
  }
  if (anonymous.length === 0) return undefined;
  return {
    report: { span, message: anonymousMessage(anonymous, context), variant: 'anonymous' },
    names: anonymous,
    isGuess: true,
  };
}

function withoutList(what: string, { startTagSpan: span }: PolicyElement, context: CorsElement): Missing {
  const message = `${what}, so calls with a JSON body, a token or a subscription key in a header are refused: browsers may send safelisted headers only. Microsoft’s page calls the element required; whether the service refuses a cors without it is not documented. List the headers that your pages send.`;
  const names = admitsPortal(context) ? portalConsoleHeaders : [contentType, ...identifyingHeaders(context)];
  return { report: { span, message }, names, isGuess: true };
}

/** What can say who calls; without the key where the API is known to need none. */
function identifyingHeaders({ effective }: CorsElement): readonly string[] {
  return effective?.needsKey === false ? [authorization] : [authorization, subscriptionKey];
}

interface Need {
  readonly names: readonly string[];
  /** A clause about the names, or about what stands for them. */
  readonly because: (them: string) => string;
}

/** What is certain to be sent in some calls, and why. */
function neededHeaders(context: CorsElement): readonly Need[] {
  const method = methodWithBody(context);
  const check = findTokenCheck(context);
  return [
    ...(method === undefined
      ? []
      : [{ names: [contentType], because: (it: string) => `${method} with a JSON body needs ${it}` }]),
    ...(check === undefined
      ? []
      : [{ names: [authorization], because: (it: string) => `${check.name} reads a token from ${it}` }]),
    ...(admitsPortal(context)
      ? [
          {
            names: portalConsoleHeaders,
            because: (them: string) => `the developer portal, which is listed, may send ${them}`,
          },
        ]
      : []),
  ];
}

function admitsPortal({ cors, settings }: CorsElement): boolean {
  return cors.origins.some(({ value }) => value.known && isPortalOrigin(value.value, settings.portalOrigins));
}

/** Of those that are written: a list that is not there says nothing of what pages do. */
function methodWithBody({ cors }: CorsElement): string | undefined {
  const { names, hasStar } = cors.methods === undefined ? { names: [], hasStar: false } : readListedNames(cors.methods);
  if (hasStar) return 'POST';
  return names.map((name) => name.toUpperCase()).find((name) => ['POST', 'PUT', 'PATCH'].includes(name));
}

/** Headers without which pages may be unable to say who calls; none where one of another name may do so. */
function missingIdentity(listed: ReadonlySet<string>, context: CorsElement): readonly string[] {
  const { cors, effective } = context;
  const lists = (part: RegExp): boolean => [...listed].some((name) => part.test(name));
  if (effective?.needsKey === true && !lists(/key|subscription/)) {
    return lists(/auth|token|secret/) ? [subscriptionKey] : identifyingHeaders(context);
  }
  const { allowCredentials } = cors;
  const isByCookie = !allowCredentials.known || allowCredentials.value;
  const isIdentified = isByCookie || effective?.needsKey === false || lists(/auth|key|token|secret/);
  return isIdentified ? [] : identifyingHeaders(context);
}

function anonymousMessage(missing: readonly string[], { effective }: CorsElement): string {
  const need = effective?.needsKey === true ? 'This API needs a subscription key. ' : '';
  return missing.includes(authorization)
    ? `${need}Here allowed-headers lists neither authorization nor ocp-apim-subscription-key: pages can send no token, and a subscription key in the query string only. Add what your pages send.`
    : `${need}Here allowed-headers does not list ocp-apim-subscription-key: pages can send the key in the query string only. Add the header if they send it there.`;
}

function addHeaders({ names, isGuess }: Missing, { document, element }: CorsElement): Fix | undefined {
  const edit = addToList(document, element, { listName: 'allowed-headers', entryName: 'header', values: names });
  return edit && { id: 'add-headers', title: `Allow ${joinNames(names)}`, isGuess, edits: [edit] };
}
