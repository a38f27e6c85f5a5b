import { sectionNames } from '../syntax/policyTree';
import { childrenNamed, sectionElements } from '../syntax/treeQueries';
import type { Rule } from './rule';

export const duplicateCorsInSection: Rule = {
  meta: {
    id: 'duplicate-cors-in-section',
    summary: 'A section of one document holds more than one cors.',
    category: 'cors',
    defaultSeverity: 'error',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/cors-policy#usage-notes'],
  },
  checkDocument(document, report) {
    // A fragment has no sections: all of it stands in the section that includes it.
    const fragment = document.kind === 'fragment' && document.root !== undefined ? [document.root] : [];
    for (const name of sectionNames) {
      const sections =
        name === 'inbound' ? [...sectionElements(document, name), ...fragment] : sectionElements(document, name);
      const [first, ...others] = sections.flatMap((section) => childrenNamed(section, 'cors'));
      for (const other of first === undefined ? [] : others) {
        report({
          document,
          span: other.startTagSpan,
          message: `This is another cors in the same ${document.kind === 'fragment' ? 'fragment' : `${name} section`}. The cors policy can be used only once in a section; whether the service refuses the document or lets the first one count is not documented. Merge the two.`,
          related: [
            {
              path: document.path,
              span: first?.startTagSpan ?? other.startTagSpan,
              message: 'The first cors of the section.',
            },
          ],
        });
      }
    }
  },
};
