import type { EffectiveStatement, UnknownStatements } from '../effective/effectivePolicy';
import type { PolicyElement, SectionName } from '../syntax/policyTree';
import { childElements, childrenNamed, sectionElements, textOf } from '../syntax/treeQueries';
import { describeScope } from '../workspace/policyScope';
import { itemKey } from './describeItems';
import type { EffectiveContext } from './effectiveContext';

/** What a section of a document does not inherit. */
export interface LostInheritance {
  readonly section: SectionName;
  /** The element without `<base />`; undefined where the document has no such section. */
  readonly element: PolicyElement | undefined;
  /** What `<base />` would bring in for certain in some chain, each once. Empty where nothing is lost, or all is unknown. */
  readonly statements: readonly EffectiveStatement[];
  /** What may be lost besides: parents and fragments that cannot be read. Each reason once. */
  readonly unknown: readonly UnknownStatements[];
}

/**
 * What the section lacks for want of a `<base />` of its own; undefined where it has one, and where no scope is broader.
 *
 * A statement that the section repeats word for word, or includes by the same fragment, is not lost. Nor is anything of a
 * backend section with a statement of its own: that section holds one policy (set-edit-policies), so the own one has taken
 * the place of the inherited one on purpose. A `<base />` deeper inside another policy counts as one: what the service does
 * with it is not documented.
 */
export function findLostInheritance(context: EffectiveContext, section: SectionName): LostInheritance | undefined {
  const { document, scope } = context;
  if (scope.kind === 'global' || scope.kind === 'unknown' || document.kind !== 'definition') return undefined;
  const elements = sectionElements(document, section);
  if (elements.some(holdsBase)) return undefined;
  const [element] = elements;
  if (section === 'backend' && elements.some((each) => childElements(each).length > 0)) {
    return { section, element, statements: [], unknown: [] };
  }

  const ownTexts = new Set(elements.flatMap(childElements).map((each) => flat(textOf(document, each.span))));
  const statements = new Map<string, EffectiveStatement>();
  const unknown = new Map<string, UnknownStatements>();
  context.parentPolicies().forEach((parent, index) => {
    const own = new Set(context.policies[index]?.sections[section].map(itemKey));
    for (const item of parent?.sections[section] ?? []) {
      if (item.kind === 'unknown') unknown.set(itemKey(item), item);
      else if (
        isCertain(item) &&
        !own.has(itemKey(item)) &&
        !ownTexts.has(flat(textOf(item.document, item.element.span)))
      )
        statements.set(itemKey(item), item);
    }
  });
  return { section, element, statements: [...statements.values()], unknown: [...unknown.values()] };
}

/** Those behind an unknown scope are part of what is unknown. */
function isCertain({ ifPassedOnBy }: EffectiveStatement): boolean {
  return ifPassedOnBy.length === 0;
}

function holdsBase(section: PolicyElement): boolean {
  const waiting = [section];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (childrenNamed(next, 'base').length > 0) return true;
    for (const child of childElements(next)) waiting.push(child);
  }
  return false;
}

function flat(text: string): string {
  return text.replace(/\s+/g, '');
}

/** The lost statements in groups, one for each scope that they come from. */
export function lostByScope({ statements }: LostInheritance): readonly (readonly EffectiveStatement[])[] {
  const byScope = new Map<string, EffectiveStatement[]>();
  for (const statement of statements) {
    const key = describeScope(statement.scope);
    const group = byScope.get(key) ?? [];
    byScope.set(key, group);
    group.push(statement);
  }
  return [...byScope.values()];
}
