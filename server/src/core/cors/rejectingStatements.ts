import { type SectionName, sectionNames } from '../syntax/policyTree';
import type { PolicyScope } from '../workspace/policyScope';
import { type FlowItem, readCorsFlow } from './corsFlow';
import { placeOfStatement } from './corsNames';
import type { PolicyPlace } from './corsOutcome';
import type { CorsPolicies } from './corsSituation';
import { mayReject } from './failureStatus';

/** A statement that may reject a request: what `failingPolicy` can name. */
export interface RejectingStatement {
  readonly name: string;
  readonly section: SectionName;
  readonly scope: PolicyScope;
  readonly place: PolicyPlace;
  /** A `cors` stands before it in inbound, so that its error may carry CORS headers. */
  readonly isBehindCors: boolean;
}

/** The statements of the policies that may reject a request, in the order in which requests reach them. */
export function rejectingStatements(policies: CorsPolicies): readonly RejectingStatement[] {
  const { withProduct, withoutProduct, namedValues, fragments } = policies;
  const { sections } = readCorsFlow(withProduct ?? withoutProduct, namedValues, fragments);
  const found: RejectingStatement[] = [];
  let hasCors = false;
  const walk = (items: readonly FlowItem[], section: SectionName): void => {
    for (const item of items) {
      if (item.kind === 'cors') hasCors = true;
      if (item.kind === 'choice') for (const branch of item.branches) walk(branch, section);
      if (item.kind !== 'statement' || !mayReject(item.name)) continue;
      const { name, scope } = item;
      found.push({ name, section, scope, place: placeOfStatement(item), isBehindCors: hasCors });
    }
  };
  for (const section of sectionNames) if (section !== 'on-error') walk(sections[section], section);
  return found;
}
