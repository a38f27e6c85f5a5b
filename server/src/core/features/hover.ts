import type { EffectivePolicy } from '../effective/effectivePolicy';
import type { EffectiveContext } from '../rules/effectiveContext';
import type { PolicyElement, SectionName } from '../syntax/policyTree';
import { sectionNames } from '../syntax/policyTree';
import { nodePathAt } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import { joinNames } from '../text/wording';
import { describeScope } from '../workspace/policyScope';
import { type LinkTo, renderEffectiveCors } from './effectiveCorsMarkdown';
import { renderLostInheritance } from './lostInheritanceMarkdown';
import { code, countedNames, plain } from './markdown';

/** Markdown, and the text that it is about. */
export interface HoverContent {
  readonly markdown: string;
  readonly span: Span;
}

/** What two hovers say of one place, the smaller one first: a name, and the policy that it stands in. */
export function joinHovers(
  first: HoverContent | undefined,
  second: HoverContent | undefined,
): HoverContent | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return { markdown: `${first.markdown}\n\n---\n\n${second.markdown}`, span: first.span };
}

/**
 * The effective merged CORS policy, on `<base />`, `<inbound>`, and `<cors>` with everything in it. On the `<base />` of
 * another section: what it brings in. On the tags of a section without `<base />`: what it does not inherit. Undefined
 * elsewhere. `explainLink`: as for `renderEffectiveCors`.
 */
export function hover(
  context: EffectiveContext,
  offset: number,
  linkTo: LinkTo,
  explainLink: string | undefined,
): HoverContent | undefined {
  const path = nodePathAt(context.document, offset).elements;
  const section = path[1];
  const statement = path[2];
  if (section === undefined || !isSectionName(section.name) || path[0] !== context.document.root) return undefined;

  if (statement?.name === 'base') {
    const brought = describeInherited(statement, section.name, context);
    const cors = section.name === 'inbound' ? `${renderEffectiveCors(context, linkTo, explainLink)}\n\n---\n\n` : '';
    return { markdown: cors + brought, span: statement.span };
  }
  if (statement === undefined) {
    const tag = tagSpanAt(section, offset);
    const cors = section.name === 'inbound' ? renderEffectiveCors(context, linkTo, explainLink) : undefined;
    const lost = renderLostInheritance(context, section.name, linkTo);
    const parts = [cors, lost].filter((part) => part !== undefined);
    return tag && parts.length > 0 ? { markdown: parts.join('\n\n---\n\n'), span: tag } : undefined;
  }
  if (section.name !== 'inbound') return undefined;
  const innermost = path.at(-1) ?? statement;
  const span = tagSpanAt(innermost, offset) ?? innermost.span;
  const isInclusionOfCors = statement.name === 'include-fragment' && bringsCors(statement, context);
  if (statement.name === 'cors' || isInclusionOfCors)
    return { markdown: renderEffectiveCors(context, linkTo, explainLink), span };
  if (path.some(({ name }) => name === 'cors')) {
    const note = `This \`cors\` stands inside ${code(`<${statement.name}>`)}, so it takes no part in preflight requests: only direct children of inbound do.`;
    return { markdown: `${note}\n\n${renderEffectiveCors(context, linkTo, explainLink)}`, span };
  }
  return undefined;
}

function bringsCors(inclusion: PolicyElement, { policies }: EffectiveContext): boolean {
  return policies.some(({ sections }) =>
    sections.inbound.some(
      (item) => item.kind === 'statement' && item.name === 'cors' && item.via[0]?.element === inclusion,
    ),
  );
}

function isSectionName(name: string): name is SectionName {
  return (sectionNames as readonly string[]).includes(name);
}

function tagSpanAt(element: PolicyElement, offset: number): Span | undefined {
  return [element.startTagSpan, element.endTagSpan].find((span) => span && span.start <= offset && offset <= span.end);
}

/** "`<base />` brings in `cors` and `rate-limit-by-key` from global scope." Products with the same result share a line. */
function describeInherited(base: PolicyElement, section: SectionName, { policies }: EffectiveContext): string {
  const products = new Map<string, string[]>();
  for (const policy of policies) {
    const brought = inheritedThrough(base, section, policy);
    products.set(brought, [...(products.get(brought) ?? []), policy.chain.product ?? '']);
  }
  const lines = [...products].map(([brought, ids]) => {
    const isPlain = ids.includes('') || policies.length === 1;
    return `${isPlain ? '`<base />` brings in' : `In product ${joinNames(ids.map(code))}, it brings in`} ${brought}`;
  });
  return lines.join('\n\n');
}

function inheritedThrough(base: PolicyElement, section: SectionName, policy: EffectivePolicy): string {
  const byScope = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const item of policy.sections[section]) {
    const [outermost] = item.via;
    if (outermost?.kind !== 'base' || outermost.element !== base) continue;
    if (item.kind === 'unknown') unknown.push(item.because);
    else byScope.set(describeScope(item.scope), [...(byScope.get(describeScope(item.scope)) ?? []), item.name]);
  }
  const known = [...byScope].map(([scope, names]) => `${joinNames(countedNames(names))} from ${plain(scope)}`);
  const what = known.length > 0 ? known.join('; ') : unknown.length > 0 ? 'what cannot be read here' : 'nothing';
  return `${what}.${unknown.length > 0 ? ` *Not known:* ${plain(unknown.join('; '))}.` : ''}`;
}
