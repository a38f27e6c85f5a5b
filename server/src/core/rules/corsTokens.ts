import type { EffectiveStatement } from '../effective/effectivePolicy';
import type { PolicyElement } from '../syntax/policyTree';
import { attributeText, childElements } from '../syntax/treeQueries';
import type { CorsElement } from './corsElement';

/** A statement that reads a token from the `Authorization` header of real requests. */
export interface TokenCheck {
  readonly name: string;
  readonly statement: EffectiveStatement;
}

/**
 * The first statement that checks a token in the `Authorization` header, in a chain of the document in which this `cors`
 * takes part. Undefined where there is none, and where no chain is known. A check inside `choose` counts: some calls need it.
 */
export function findTokenCheck({ effective, element }: CorsElement): TokenCheck | undefined {
  for (const { sections } of effective?.policies ?? []) {
    const statements = sections.inbound.filter((item) => item.kind === 'statement');
    if (!statements.some((statement) => statement.element === element)) continue;
    for (const statement of statements) {
      const name = tokenCheckIn(statement.element);
      if (name !== undefined) return { name, statement };
    }
  }
  return undefined;
}

function tokenCheckIn(element: PolicyElement): string | undefined {
  const waiting = [element];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (readsAuthorization(next)) return next.name;
    waiting.push(...childElements(next));
  }
  return undefined;
}

/** `validate-azure-ad-token` looks there unless told otherwise (its reference page, `header-name`); `validate-jwt` is told. */
function readsAuthorization(element: PolicyElement): boolean {
  const header = attributeText(element, 'header-name')?.toLowerCase();
  if (element.name === 'validate-jwt') return header === 'authorization';
  if (element.name !== 'validate-azure-ad-token') return false;
  const isElsewhere = ['query-parameter-name', 'token-value'].some(
    (name) => attributeText(element, name) !== undefined,
  );
  return header === undefined ? !isElsewhere : header === 'authorization';
}
