import type { EffectivePolicy, ViaStep } from '../effective/effectivePolicy';
import type { EffectiveContext } from '../rules/effectiveContext';
import type { PolicyElement, SectionName } from '../syntax/policyTree';
import { sectionNames } from '../syntax/policyTree';
import { nodePathAt } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import { describeScope } from '../workspace/policyScope';
import { renderEffectiveCors } from './effectiveCorsMarkdown';
import { code, joinNames } from './markdown';

/** Markdown, and the text that it is about. */
export interface HoverContent {
  readonly markdown: string;
  readonly span: Span;
}

/** Makes the address that opens a place; hosts know how. */
export type LinkTo = (path: string, span: Span) => string;

/**
 * The effective merged CORS policy, on `<base />`, `<inbound>`, and `<cors>` with everything in it. On the `<base />` of
 * another section: what it brings in. Undefined elsewhere.
 */
export function hover(context: EffectiveContext, offset: number, linkTo: LinkTo): HoverContent | undefined {
  const path = nodePathAt(context.document, offset).elements;
  const section = path[1];
  const statement = path[2];
  if (section === undefined || !isSectionName(section.name) || path[0] !== context.document.root) return undefined;

  if (statement === undefined) {
    const tag = tagSpanAt(section, offset);
    if (section.name !== 'inbound' || tag === undefined) return undefined;
    return { markdown: renderEffectiveCors(context, linkTo), span: tag };
  }
  if (statement.name === 'base') {
    const brought = describeInherited(statement, section.name, context);
    const cors = section.name === 'inbound' ? `${renderEffectiveCors(context, linkTo)}\n\n---\n\n` : '';
    return { markdown: cors + brought, span: statement.span };
  }
  if (section.name === 'inbound' && statement.name === 'cors') {
    const innermost = path.at(-1) ?? statement;
    return { markdown: renderEffectiveCors(context, linkTo), span: tagSpanAt(innermost, offset) ?? innermost.span };
  }
  return undefined;
}

function isSectionName(name: string): name is SectionName {
  return (sectionNames as readonly string[]).includes(name);
}

function tagSpanAt(element: PolicyElement, offset: number): Span | undefined {
  return [element.startTagSpan, element.endTagSpan].find((span) => span && span.start <= offset && offset <= span.end);
}

/** "`<base />` brings in `cors`, `rate-limit-by-key` from global scope." */
function describeInherited(base: PolicyElement, section: SectionName, { policies }: EffectiveContext): string {
  const lines = new Set(policies.map((policy) => inheritedLine(base, section, policy)));
  return [...lines].join('\n\n');
}

function inheritedLine(base: PolicyElement, section: SectionName, policy: EffectivePolicy): string {
  const isFromBase = ([outermost]: readonly ViaStep[]): boolean =>
    outermost?.kind === 'base' && outermost.element === base;
  const items = policy.sections[section].filter(({ via }) => isFromBase(via));
  const byScope = new Map<string, string[]>();
  const unknown: string[] = [];
  for (const item of items) {
    if (item.kind === 'unknown') {
      unknown.push(item.because);
      continue;
    }
    const from = describeScope(item.scope);
    byScope.set(from, [...(byScope.get(from) ?? []), item.name]);
  }
  const known = [...byScope].map(([scope, names]) => `${joinNames(countNames(names))} from ${scope}`);
  const brings =
    policy.chain.product === undefined
      ? '`<base />` brings in'
      : `In product ${code(policy.chain.product)}, it brings in`;
  const what = known.length > 0 ? known.join('; ') : unknown.length > 0 ? 'what cannot be read here' : 'nothing';
  const cannotKnow = unknown.length > 0 ? ` *Not known:* ${unknown.join('; ')}.` : '';
  return `${brings} ${what}.${cannotKnow}`;
}

function countNames(names: readonly string[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => (count === 1 ? code(name) : `${count} × ${code(name)}`));
}
