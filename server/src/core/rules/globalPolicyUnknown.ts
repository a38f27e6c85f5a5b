import { type EffectivePolicy, isInherited } from '../effective/effectivePolicy';
import type { PolicyElement } from '../syntax/policyTree';
import { describeScope } from '../workspace/policyScope';
import type { EffectiveContext } from './effectiveContext';
import type { Rule } from './rule';

export const globalPolicyUnknown: Rule = {
  meta: {
    id: 'global-policy-unknown',
    summary:
      'Beside an own cors, <base /> reaches a policy that is not in the workspace and may hold a cors that comes first.',
    category: 'scopes',
    defaultSeverity: 'information',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/enable-cors-developer-portal'],
  },
  checkEffective(context, report) {
    const reported = new Set<PolicyElement>();
    for (const policy of context.policies) {
      const found = unknownBeforeOwnCors(policy, context);
      if (found === undefined || reported.has(found.base)) continue;
      reported.add(found.base);
      report({
        document: context.document,
        span: found.base.span,
        message: `<base /> comes before this document’s cors and reaches ${found.what}: ${found.because}. ${found.isGlobal ? 'If the developer portal or somebody else put a cors there' : 'If it holds a cors'}, that one answers first. ${advice(found)}`,
        related: [{ path: context.document.path, span: found.own, message: 'The cors that may come too late.' }],
      });
    }
  },
};

/** A file that exists but cannot be read is to be mended, not declared absent. */
function advice({ isMissing }: { readonly isMissing: boolean }): string {
  return isMissing
    ? 'Put this cors before <base />, bring that policy into the workspace, or say "absent" in apim-policy.config.json if there is none.'
    : 'Mend that file, or put this cors before <base />.';
}

function unknownBeforeOwnCors(policy: EffectivePolicy, { document }: EffectiveContext) {
  const { inbound } = policy.sections;
  const ownIndex = inbound.findIndex((item) => item.kind === 'statement' && item.name === 'cors' && !isInherited(item));
  const own = inbound[ownIndex];
  if (own?.kind !== 'statement') return undefined;
  for (const item of inbound.slice(0, ownIndex)) {
    const [outermost] = item.via;
    if (item.kind !== 'unknown' || item.fragmentId !== undefined || outermost?.kind !== 'base') continue;
    const span =
      own.document === document ? own.element.startTagSpan : (own.via[0]?.element.span ?? outermost.element.span);
    const what = item.scope.kind === 'global' ? 'a global policy' : `the policy of ${describeScope(item.scope)}`;
    const link = policy.chain.links.find(({ scope }) => scope === item.scope);
    const isMissing = link?.state === 'unknown' && !link.isUnreadable;
    const isGlobal = item.scope.kind === 'global';
    return { base: outermost.element, because: item.because, own: span, what, isMissing, isGlobal };
  }
  return undefined;
}
