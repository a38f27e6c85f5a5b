import { resolveText } from '../cors/resolveText';
import { policyElements } from '../effective/policyElements';
import { unknown } from '../effective/resolved';
import { type PolicyDocument, type PolicyElement, type SectionName, sectionNames } from '../syntax/policyTree';
import { attributeText, childrenNamed, elementText, sectionElements } from '../syntax/treeQueries';
import { joinNames } from '../text/wording';
import { removals } from './corsFixes/documentEdit';
import type { Fix, Report, Rule } from './rule';

export const manualAcao: Rule = {
  meta: {
    id: 'manual-acao',
    summary: 'set-header writes Access-Control-* headers by hand, which does not answer preflight requests.',
    category: 'cors',
    defaultSeverity: 'warning',
    variants: { onError: 'information' },
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://learn.microsoft.com/azure/api-management/set-header-policy',
      'https://briancaos.wordpress.com/2018/04/05/azure-api-management-configure-cors-in-the-policy/',
    ],
  },
  checkDocument(document, report) {
    for (const section of sectionNames) {
      for (const element of sectionElements(document, section)) {
        for (const headers of writtenIn(element)) report(reportOf(document, headers, section));
      }
    }
  },
};

/** `set-header` statements side by side: they were written with one intent, and are told once. */
type Headers = readonly [PolicyElement, ...PolicyElement[]];

function writtenIn(holder: PolicyElement): readonly Headers[] {
  const byParent = new Map<PolicyElement | undefined, Headers>();
  for (const element of policyElements(holder)) {
    if (!writesCorsHeader(element)) continue;
    const before = byParent.get(element.parent);
    byParent.set(element.parent, before === undefined ? [element] : [...before, element]);
  }
  return [...byParent.values()];
}

/**
 * An answer of the policy's own (`return-response`) is left alone: an OPTIONS operation that answers by itself is
 * documented. A request of its own (`send-request`) is no answer at all.
 */
function writesCorsHeader(element: PolicyElement): boolean {
  if (element.name !== 'set-header' || /^(return-response|send-(one-way-)?request)$/.test(element.parent?.name ?? '')) {
    return false;
  }
  const isDeleted = attributeText(element, 'exists-action')?.trim().toLowerCase() === 'delete';
  return !isDeleted && /^access-control-(allow-.+|expose-headers|max-age)$/i.test(nameOf(element));
}

function nameOf(element: PolicyElement): string {
  return attributeText(element, 'name')?.trim() ?? '';
}

function reportOf(document: PolicyDocument, headers: Headers, section: SectionName): Report {
  const [first] = headers;
  const names = joinNames([...new Set(headers.map(nameOf))]);
  const isRequest = section === 'inbound';
  const message = isRequest
    ? `In inbound, set-header changes the request to the backend and not the answer: ${names} never ${headers.length === 1 ? 'reaches' : 'reach'} the browser. Use a cors policy instead.`
    : `set-header writes ${names} by hand. That answers no preflight request, so only the simplest calls of pages work; beside a cors, the two may contradict each other. Use a cors policy in the inbound section.`;
  return {
    document,
    span: first.startTagSpan,
    message: message + (headers.some((each) => repeatsOrigin(document, each)) ? anySite : ''),
    ...(section === 'on-error' ? { variant: 'onError' } : {}),
    ...(isRequest ? { fixes: () => removeHeaders(document, headers, names) } : {}),
  };
}

const anySite = ' It repeats whatever origin asks, so pages of any site may read the answer.';

function repeatsOrigin(document: PolicyDocument, element: PolicyElement): boolean {
  if (nameOf(element).toLowerCase() !== 'access-control-allow-origin') return false;
  return childrenNamed(element, 'value').some(
    (value) => resolveText(elementText(document, value), () => unknown('not asked for')).repeatsRequestOrigin,
  );
}

/** The answer to browsers is the same without them. The backend may look at them, though nobody was seen to. */
function removeHeaders(document: PolicyDocument, headers: Headers, names: string): readonly Fix[] {
  if (headers.some(({ closing }) => closing === 'implied')) return [];
  const spans = headers.map(({ span }) => span);
  const title = `Remove ${names}: the backend no longer gets ${headers.length === 1 ? 'it' : 'them'}`;
  return [{ id: 'remove-request-headers', title, isGuess: true, edits: removals(document, spans) }];
}
