import type { CorsParticipant } from '../../cors/corsChain';
import { matchesOrigin } from '../../cors/origin';
import { recommendedSwitches } from '../../cors/switches';
import { describeReach } from '../../rules/corsFixes/describeReach';
import { setTerminateEdit } from '../../rules/corsFixes/setTerminateFalse';
import type { Fix } from '../../rules/rule';
import { joinNames } from '../../text/wording';
import { describeScope } from '../../workspace/policyScope';

/**
 * Lets a request pass every `cors` before the one that lists its origin (cors-semantics 6.4, D). Undefined where no `cors`
 * lists it, none stands in the way, or one of those is in no file of its own.
 */
export function letPass(
  participants: readonly CorsParticipant[],
  origin: string,
  relativePath: (path: string) => string,
): Fix | undefined {
  const admitting = participants.findIndex(({ cors }) =>
    cors.origins.some((allowed) => matchesOrigin(allowed, origin, recommendedSwitches) === 'yes'),
  );
  const blockers = participants.slice(0, Math.max(admitting, 0)).filter(({ cors: { terminateUnmatched } }) => {
    return terminateUnmatched === undefined || !terminateUnmatched.known || terminateUnmatched.value;
  });
  const inherited = blockers.filter(({ isOwn }) => !isOwn).map(({ statement }) => statement);
  if (blockers.length === 0 || blockers.some(({ statement }) => statement.document.isEmbedded)) return undefined;
  const whose = joinNames([...new Set(blockers.map(({ statement }) => describeScope(statement.scope)))]);
  const files = [...new Set(blockers.map(({ statement }) => relativePath(statement.document.path)))].join(', ');
  const reach = inherited.length === 0 ? '' : `, for ${describeReach(inherited)}`;
  return {
    id: 'let-pass',
    title: `Set terminate-unmatched-request="false" on the cors of ${whose}${reach} (${files})`,
    edits: blockers.map(({ statement }) => setTerminateEdit(statement.document, statement.element, 'false')),
  };
}
