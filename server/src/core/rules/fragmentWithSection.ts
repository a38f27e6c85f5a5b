import { policyElements } from '../effective/policyElements';
import { sectionNames } from '../syntax/policyTree';
import type { Rule } from './rule';

const notAllowed: ReadonlySet<string> = new Set([...sectionNames, 'policies', 'fragment']);

export const fragmentWithSection: Rule = {
  meta: {
    id: 'fragment-with-section',
    summary: 'A policy fragment holds a section, such as <inbound>.',
    category: 'references',
    defaultSeverity: 'error',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/policy-fragments'],
  },
  checkDocument(document, report) {
    if (document.kind !== 'fragment' || document.root === undefined) return;
    for (const { name, nameSpan } of policyElements(document.root)) {
      if (!notAllowed.has(name)) continue;
      const what = (sectionNames as readonly string[]).includes(name) ? 'sections' : 'such an element';
      const message = `A policy fragment cannot hold ${what}: its policies run in the section that includes it. Move what is in <${name}> out of it, and remove it.`;
      report({ document, span: nameSpan, message });
    }
  },
};
