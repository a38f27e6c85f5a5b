import { sectionNames } from '../syntax/policyTree';
import { childrenNamed, sectionElements } from '../syntax/treeQueries';
import { removeRepeatedBase } from './inheritanceFixes';
import type { Rule } from './rule';

export const repeatedBase: Rule = {
  meta: {
    id: 'repeated-base',
    summary: 'A section has more than one <base />; what the service does with the second one is not documented.',
    category: 'scopes',
    defaultSeverity: 'error',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/set-edit-policies'],
  },
  checkEffective(context, report) {
    const { document, scope } = context;
    // There the element is of no use however often it stands: base-at-global-scope tells.
    if (scope.kind === 'global') return;
    for (const section of sectionNames) {
      const bases = sectionElements(document, section).flatMap((element) => childrenNamed(element, 'base'));
      const [first, ...others] = bases;
      for (const base of first === undefined ? [] : others) {
        report({
          document,
          span: base.span,
          message: `This is another <base /> in the same ${section} section. Whether the service refuses the policy, or runs what is inherited once more here, is not documented. Remove one of the two.`,
          related: [
            { path: document.path, span: first?.span ?? base.span, message: 'The first <base /> of the section.' },
          ],
          fixes: () => removeRepeatedBase(base, context),
        });
      }
    }
  },
};
