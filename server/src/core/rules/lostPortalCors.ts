import type { CorsPolicy } from '../cors/corsPolicy';
import { admitsDeveloperPortal, isDeveloperPortalCors } from '../cors/developerPortal';
import { readCorsPolicy } from '../cors/readCorsPolicy';
import type { EffectiveStatement } from '../effective/effectivePolicy';
import { namedValuesAt } from '../effective/namedValues';
import type { EffectiveContext } from './effectiveContext';
import type { LostInheritance } from './lostInheritance';
import { optionsOperations } from './operationFacts';

/** The developer portal's `cors` that a section does not inherit. */
export interface LostPortalCors {
  readonly statement: EffectiveStatement;
  readonly cors: CorsPolicy;
}

/**
 * Undefined where nothing of the kind is lost, where the section lets a portal in by itself or may do so, where the whole
 * section is missing, and for a WebSocket API, which skips every `cors`.
 */
export function findLostPortalCors(
  lost: LostInheritance | undefined,
  context: EffectiveContext,
): LostPortalCors | undefined {
  if (lost?.element === undefined || lost.section !== 'inbound') return undefined;
  if (context.apiFacts?.type === 'websocket') return undefined;
  const { namedValues, settings } = context;
  const [portal] = lost.statements.flatMap((statement): readonly LostPortalCors[] => {
    if (statement.name !== 'cors') return [];
    const { document, element, scope } = statement;
    const cors = readCorsPolicy(document, element, namedValuesAt(scope, namedValues));
    return isDeveloperPortalCors(cors, settings.portalOrigins) ? [{ statement, cors }] : [];
  });
  if (portal === undefined) return undefined;
  const listed = portal.cors.origins.flatMap(({ value }) => (value.known ? [value.value] : []));
  const isLetIn = context.policies.some((policy) => {
    const { participants, unknown } = context.corsChain(policy);
    const mayAdmit = participants.some(
      ({ cors }) => admitsDeveloperPortal(cors, [...settings.portalOrigins, ...listed]) !== 'no',
    );
    return mayAdmit || unknown.length > 0;
  });
  // With OPTIONS operations the backend answers, and whom it lets in is not known.
  return isLetIn || optionsOperations(context).length > 0 ? undefined : portal;
}
