import { sectionNames } from '../syntax/policyTree';
import { childrenNamed, sectionElements } from '../syntax/treeQueries';
import { removeUselessBases } from './inheritanceFixes';
import type { Rule } from './rule';

export const baseAtGlobalScope: Rule = {
  meta: {
    id: 'base-at-global-scope',
    summary: 'A global policy has a <base />, which has no effect: no scope is broader.',
    category: 'scopes',
    defaultSeverity: 'information',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/api-management-howto-policies'],
  },
  /** One finding for a document: where it has several, they came together. */
  checkEffective(context, report) {
    const { document, scope, isScopeGuessed } = context;
    if (scope.kind !== 'global') return;
    const sections = sectionNames.flatMap((section) => sectionElements(document, section));
    const bases = sections.flatMap((element) => childrenNamed(element, 'base'));
    const [first, ...others] = bases.sort((one, other) => one.span.start - other.span.start);
    if (first === undefined) return;
    const which =
      others.length === 0
        ? '<base /> has'
        : `<base />, here and in ${others.length} more ${others.length === 1 ? 'place' : 'places'}, has`;
    const message = isScopeGuessed
      ? `By its name or its text this is the global policy. If so, no scope is broader, and ${which} no effect; if it belongs to another scope, name that in apim-policy.config.json.`
      : `This is the global policy, and no scope is broader, so ${which} no effect. Remove it; if this policy belongs to another scope, say so in apim-policy.config.json.`;
    report({
      document,
      span: first.span,
      message,
      related: others.map(({ span }) => ({ path: document.path, span, message: 'This one has no effect either.' })),
      // At any other scope removing it would drop what is inherited.
      fixes: () => (isScopeGuessed ? [] : removeUselessBases(bases, context)),
    });
  },
};
