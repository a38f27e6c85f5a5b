import type { EffectiveContext } from '../rules/effectiveContext';
import { findLostInheritance, lostByScope } from '../rules/lostInheritance';
import type { SectionName } from '../syntax/policyTree';
import { describeScope } from '../workspace/policyScope';
import { type LinkTo, linkToElement } from './effectiveCorsMarkdown';
import { countedNames, plain } from './markdown';

/** What a section does not inherit for want of `<base />`, with links to it. Undefined where nothing is missing. */
export function renderLostInheritance(
  context: EffectiveContext,
  section: SectionName,
  linkTo: LinkTo,
): string | undefined {
  const lost = findLostInheritance(context, section);
  if (lost === undefined || lost.statements.length + lost.unknown.length === 0) return undefined;
  const lines = lostByScope(lost).flatMap((statements) => {
    const [first] = statements;
    if (first === undefined) return [];
    const file = linkToElement(first.document, first.element, context, linkTo);
    const names = countedNames(statements.map(({ name }) => name)).join(', ');
    return [`- ${names} from ${plain(describeScope(first.scope))} · ${file}`];
  });
  const unknown = lost.unknown.map(({ because }) => `- *not known:* ${plain(because)}`);
  return `**Not inherited**, since this section has no \`<base />\`:\n\n${[...lines, ...unknown].join('\n')}`;
}
