import type { AllowedOrigin } from '../cors/corsPolicy';
import { parseOrigin, serialiseOrigin } from '../cors/origin';
import { joinNames } from '../text/wording';
import type { CorsElement } from './corsElement';
import { replaceOriginText } from './corsFixes/originEdits';
import { triedHere } from './corsFixes/triedElementFixes';
import { quoteOrigin } from './originFaults';
import type { Fix, Rule } from './rule';

export const originNormalisation: Rule = {
  meta: {
    id: 'origin-normalisation',
    summary: 'An <origin> is not written as browsers send it: a slash at the end, upper case, the default port.',
    category: 'cors',
    defaultSeverity: 'hint',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy#example',
      'https://fetch.spec.whatwg.org/#http-cors-protocol',
    ],
  },
  checkCors(context, report) {
    for (const origin of context.cors.origins) {
      if (!origin.value.known) continue;
      const text = origin.value.value.trim();
      const normal = serialiseOrigin(text);
      if (normal === undefined || normal === 'null' || (normal === text && isAscii(text))) continue;
      report({
        document: context.document,
        span: origin.span,
        message: isAscii(text)
          ? `The origin ${quoteOrigin(origin)} has ${joinNames(oddities(text))}, which no browser sends. It is taken for ${normal} all the same, as far as is known; write that.`
          : `Browsers send host names in ASCII (Punycode, xn--…), so the origin ${quoteOrigin(origin)} may match nobody. Write it as the browser’s developer tools show it in the Origin header.`,
        fixes: () => triedHere('origin-normalisation', context, [normalise(origin, normal, context)]),
      });
    }
  },
};

function oddities(text: string): readonly string[] {
  const parsed = parseOrigin(text);
  const port = /:(\d+)\/?$/.exec(text)?.[1];
  return [
    ...(/[A-Z]/.test(text) ? ['upper case'] : []),
    ...(parsed.kind === 'tuple' && port !== undefined && port !== parsed.port
      ? [parsed.port === '' ? `the default port ${port}` : `zeros before the port`]
      : []),
    ...(/:\/?$/.test(text.replace(/^[a-z][a-z0-9+.-]*:\/\//i, '')) ? ['a colon without port'] : []),
    ...(text.endsWith('/') ? ['a slash at the end'] : []),
  ];
}

function normalise(origin: AllowedOrigin, normal: string, { document }: CorsElement): Fix | undefined {
  if (origin.written.includes('{{') || !isAscii(origin.written)) return undefined;
  const edit = replaceOriginText(document, origin, normal);
  return edit && { id: 'normalise-origin', title: `Write ${normal}`, edits: [edit] };
}

function isAscii(text: string): boolean {
  return [...text].every((character) => character.charCodeAt(0) < 128);
}
