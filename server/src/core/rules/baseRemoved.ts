import { sectionNames, spanInFile } from '../syntax/policyTree';
import { describeScope } from '../workspace/policyScope';
import { describeItems } from './describeItems';
import { addBase } from './inheritanceFixes';
import { findLostInheritance, type LostInheritance, lostByScope } from './lostInheritance';
import { findLostPortalCors } from './lostPortalCors';
import type { RelatedLocation, Rule } from './rule';

export const baseRemoved: Rule = {
  meta: {
    id: 'base-removed',
    summary: 'A section below global scope has no <base />, so it does not inherit what broader scopes hold.',
    category: 'scopes',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/set-edit-policies',
      'https://learn.microsoft.com/azure/api-management/api-management-howto-policies',
      'https://azure.github.io/PSRule.Rules.Azure/en/rules/Azure.APIM.PolicyBase/',
    ],
  },
  checkEffective(context, report) {
    for (const section of sectionNames) {
      const lost = findLostInheritance(context, section);
      if (lost?.element === undefined) continue;
      // What an unknown policy may hold is not missed here: without `<base />` it takes no part, whatever it is.
      if (lost.statements.length === 0) continue;
      // Where the portal's cors is all that is lost, portal-cors-not-inherited tells it.
      if (lost.statements.length === 1 && findLostPortalCors(lost, context) !== undefined) continue;
      report({
        document: context.document,
        span: lost.element.startTagSpan,
        message: lostMessage(lost),
        related: placesOfLost(lost),
        fixes: () => addBase(lost, context),
      });
    }
  },
};

function lostMessage(lost: LostInheritance): string {
  const { section, statements, unknown } = lost;
  const consequence = losesForwarding(lost)
    ? ' Without forward-request, requests are not sent to the backend service.'
    : '';
  return `This ${section} section has no <base />, so it does not inherit ${describeItems([...statements, ...unknown])}.${consequence} Add <base /> if that should run here.`;
}

/** Without the policy the outbound section runs at once, on an empty response (forward-request page). */
export function losesForwarding({ section, statements }: LostInheritance): boolean {
  return section === 'backend' && statements.some(({ name }) => name === 'forward-request');
}

/** Where the lost statements are: the first of each scope. */
export function placesOfLost(lost: LostInheritance): readonly RelatedLocation[] {
  return lostByScope(lost).flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { document, element, scope } = first;
    const more = others.length === 0 ? '' : ` and ${others.length} more`;
    return [
      {
        path: document.path,
        span: spanInFile(document, element.startTagSpan),
        message: `${first.name}${more} from ${describeScope(scope)}: not inherited.`,
      },
    ];
  });
}
