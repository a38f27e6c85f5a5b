import { sectionNames } from '../syntax/policyTree';
import { joinNames } from '../text/wording';
import { losesForwarding, placesOfLost } from './baseRemoved';
import { describeItems } from './describeItems';
import { addSections } from './inheritanceFixes';
import { findLostInheritance, type LostInheritance } from './lostInheritance';
import type { Rule } from './rule';

/** One finding for a document: what it lacks, it lacks in one place. */
export const missingSection: Rule = {
  meta: {
    id: 'missing-section',
    summary:
      'A policy lacks a section in which broader scopes hold something; whether it is inherited is not documented.',
    category: 'scopes',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/set-edit-policies',
      'https://github.com/Azure/PSRule.Rules.Azure/issues/3413',
    ],
  },
  checkEffective(context, report) {
    const { document } = context;
    const missing = sectionNames.flatMap((section) => {
      const lost = findLostInheritance(context, section);
      return lost !== undefined && lost.element === undefined && lost.statements.length > 0 ? [lost] : [];
    });
    if (missing.length === 0 || document.root === undefined) return;
    report({
      document,
      span: document.root.nameSpan,
      message: messageOf(missing),
      related: missing.flatMap(placesOfLost),
      fixes: () => addSections(missing, context),
    });
  },
};

function messageOf(missing: readonly LostInheritance[]): string {
  const names = joinNames(missing.map(({ section }) => section));
  const lost = describeItems(missing.flatMap(({ statements }) => statements));
  const [sections, one] = missing.length === 1 ? ['section', 'one'] : ['sections', 'sections'];
  const consequence = missing.some(losesForwarding) ? ', and requests are not sent to the backend service' : '';
  return `This policy has no ${names} ${sections}, and Microsoft does not say what that means. Read as ${one} without <base />, it does not inherit ${lost}${consequence}; read as ${one} with <base />, it does. Write the ${sections}.`;
}
