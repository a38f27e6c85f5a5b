import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import { childrenNamed, sectionElements } from '../syntax/treeQueries';
import { mergeCors } from './corsFixes/mergeCors';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import type { Rule } from './rule';

const id = 'duplicate-cors-in-section';

export const duplicateCorsInSection: Rule = {
  meta: {
    id,
    summary: 'A section of one document holds more than one cors.',
    category: 'cors',
    defaultSeverity: 'error',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/cors-policy#usage-notes'],
  },
  checkCors(context, report) {
    const { document, element } = context;
    const [first, ...others] = corsOfInbound(document);
    if (first === undefined || !others.includes(element)) return;
    report({
      document,
      span: element.startTagSpan,
      message: `This is another cors in the same ${document.kind === 'fragment' ? 'fragment' : 'inbound section'}. The cors policy can be used only once in a section; whether the service refuses the document or lets the first one count is not documented. Merge the two.`,
      related: [{ path: document.path, span: first.startTagSpan, message: 'The first cors of the section.' }],
      fixes: () => triedElementFixes(id, context, [mergeCors(first, context)]),
    });
  },
};

/** A fragment has no sections: all of it stands in the section that includes it. */
function corsOfInbound(document: PolicyDocument): readonly PolicyElement[] {
  const fragment = document.kind === 'fragment' && document.root !== undefined ? [document.root] : [];
  return [...sectionElements(document, 'inbound'), ...fragment].flatMap((section) => childrenNamed(section, 'cors'));
}
