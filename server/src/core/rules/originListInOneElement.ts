import type { AllowedOrigin } from '../cors/corsPolicy';
import type { CorsElement } from './corsElement';
import { replaceByExpression, replaceOriginBy } from './corsFixes/originEdits';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { findOriginFault, quoteOrigin } from './originFaults';
import type { Fix, Rule } from './rule';

export const originListInOneElement: Rule = {
  meta: {
    id: 'origin-list-in-one-element',
    summary: 'An <origin> holds several origins; one element holds one.',
    category: 'cors',
    defaultSeverity: 'error',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://github.com/Azure/api-management-developer-portal/issues/1489',
      'https://github.com/MicrosoftDocs/azure-docs/issues/54978',
      'https://learn.microsoft.com/answers/questions/39141',
    ],
  },
  checkCors(context, report) {
    for (const origin of context.cors.origins) {
      const fault = findOriginFault(origin);
      if (fault?.ruleId !== 'origin-list-in-one-element') continue;
      const { parts } = fault;
      report({
        document: context.document,
        span: origin.span,
        message: `The origin ${quoteOrigin(origin)} is a list, and one element holds one origin: ${parts.length > 1 ? `none of the ${parts.length}` : 'nobody'} is let in. Write an <origin> for each.`,
        fixes: () =>
          triedElementFixes('origin-list-in-one-element', context, [
            splitIntoElements(origin, parts, context),
            splitAtRunTime(origin, context),
          ]),
      });
    }
  },
};

function splitIntoElements(
  origin: AllowedOrigin,
  parts: readonly string[],
  { document, cors }: CorsElement,
): Fix | undefined {
  if (origin.written.includes('{{') || parts.length === 0) return undefined;
  const others = new Set(cors.origins.filter((each) => each !== origin).map(({ written }) => written));
  const missing = [...new Set(parts)].filter((part) => !others.has(part));
  const edit = missing.length === 0 ? undefined : replaceOriginBy(document, origin, missing);
  if (edit === undefined) return undefined;
  return {
    id: 'split-origins',
    title: missing.length === 1 ? 'Write it as one origin' : `Write ${missing.length} <origin> elements, one for each`,
    edits: [edit],
  };
}

/** A named value with a list can stay as it is: the gateway splits it (cors-semantics 4, seen in public repositories). */
function splitAtRunTime(origin: AllowedOrigin, { document }: CorsElement): Fix | undefined {
  if (!/^\{\{[^{}]+\}\}$/.test(origin.written) || !origin.value.known) return undefined;
  const list = origin.value.value;
  const mark = list.includes(';') ? ';' : ',';
  if (!list.includes(mark) || /["\\\r\n]/.test(list) || (mark === ';' && list.includes(','))) return undefined;
  const text = /\s/.test(list) ? `"${origin.written}".Replace(" ", "")` : `"${origin.written}"`;
  const edit = replaceByExpression(document, origin, `${text}.Split('${mark}').Contains(origin)`);
  if (edit === undefined) return undefined;
  const title = `Let an expression look for the request’s origin in ${origin.written} (not documented for origins)`;
  return { id: 'use-expression', title, isGuess: true, edits: [edit] };
}
