import { resolveText } from '../cors/resolveText';
import { policyElements } from '../effective/policyElements';
import { unknown } from '../effective/resolved';
import { type PolicyDocument, type PolicyElement, type SectionName, sectionNames } from '../syntax/policyTree';
import { attributeText, childrenNamed, elementText, sectionElements } from '../syntax/treeQueries';
import { joinNames } from '../text/wording';
import { removals } from './corsFixes/documentEdit';
import type { Fix, RelatedLocation, Report, Rule } from './rule';

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
  const cors = ownCors(document);
  return {
    document,
    span: first.startTagSpan,
    message:
      messageFor(headers, section, cors) + (headers.some((each) => repeatsOrigin(document, each)) ? anySite : ''),
    ...(section === 'on-error' ? { variant: 'onError' } : {}),
    ...(cors === undefined || section === 'inbound' ? {} : { related: [placeOf(document, cors)] }),
    fixes: () => removeHeaders(document, headers, section, cors),
  };
}

/** The `cors` beside which the headers are written: the document's own, in inbound. */
function ownCors(document: PolicyDocument): PolicyElement | undefined {
  return sectionElements(document, 'inbound').flatMap((section) => childrenNamed(section, 'cors'))[0];
}

function placeOf({ path }: PolicyDocument, cors: PolicyElement): RelatedLocation {
  return { path, span: cors.startTagSpan, message: 'The cors that writes these headers, too.' };
}

function messageFor(headers: Headers, section: SectionName, cors: PolicyElement | undefined): string {
  const names = listNames(headers);
  const [them, reach] = headers.length === 1 ? ['it', 'reaches'] : ['them', 'reach'];
  if (section === 'inbound') {
    return `In inbound, set-header changes the request to the backend and not the answer: ${names} never ${reach} the browser. Use a cors policy instead.`;
  }
  if (cors === undefined) {
    return `set-header writes ${names} by hand. That answers no preflight request, so only the simplest calls of pages work; beside a cors, the two may contradict each other. Use a cors policy in the inbound section.`;
  }
  const both = `set-header writes ${names} by hand beside the cors of this policy. The answer may then carry two values, and browsers refuse two.`;
  return section === 'on-error'
    ? `${both} Errors that occur after the cors has run carry its headers: put it first in inbound, and drop ${them} here.`
    : `${both} Leave ${them} to the cors.`;
}

function listNames(headers: Headers): string {
  return joinNames([...new Set(headers.map(nameOf))]);
}

const anySite = ' It repeats whatever origin asks, so pages of any site may read the answer.';

function repeatsOrigin(document: PolicyDocument, element: PolicyElement): boolean {
  if (nameOf(element).toLowerCase() !== 'access-control-allow-origin') return false;
  return childrenNamed(element, 'value').some(
    (value) => resolveText(elementText(document, value), () => unknown('not asked for')).repeatsRequestOrigin,
  );
}

/**
 * In inbound the answer to browsers is the same without them; the backend may look at them, though nobody was seen to.
 * Beside a `cors` they go where it writes them all, in outbound: an error may occur before the `cors` has run.
 */
function removeHeaders(
  document: PolicyDocument,
  headers: Headers,
  section: SectionName,
  cors: PolicyElement | undefined,
): readonly Fix[] {
  if (headers.some(({ closing }) => closing === 'implied')) return [];
  const edits = removals(
    document,
    headers.map(({ span }) => span),
  );
  const names = listNames(headers);
  const them = headers.length === 1 ? 'it' : 'them';
  if (section === 'inbound') {
    const title = `Remove ${names}: the backend no longer gets ${them}`;
    return [{ id: 'remove-request-headers', title, isGuess: true, edits }];
  }
  if (section !== 'outbound' || cors === undefined || !headers.every((each) => isWrittenBy(cors, each))) return [];
  const title = `Remove ${names}: the cors then decides alone which sites may call`;
  return [{ id: 'leave-to-cors', title, isGuess: true, edits }];
}

function isWrittenBy(cors: PolicyElement, header: PolicyElement): boolean {
  const name = nameOf(header).toLowerCase();
  if (name === 'access-control-expose-headers') return childrenNamed(cors, 'expose-headers').length > 0;
  return name !== 'access-control-allow-credentials' || attributeText(cors, 'allow-credentials') !== undefined;
}
