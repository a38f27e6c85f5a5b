import { computeEffectivePolicy, type FragmentLookup } from '../effective/computeEffectivePolicy';
import type { EffectivePolicy } from '../effective/effectivePolicy';
import { type SectionName, sectionNames } from '../syntax/policyTree';
import { scopeKey } from '../workspace/policyScope';
import type { ScopeChain, ScopeLink } from '../workspace/scopeChain';

/**
 * The same policy with missing sections read as if they held `<base />` (switch `missingSection`: `like-base`).
 *
 * Undefined where it makes no difference: no section is missing below global scope, where base has no effect.
 */
export function computeLikeBase(policy: EffectivePolicy, fragments: FragmentLookup): EffectivePolicy | undefined {
  const missing = policy.missingSections.filter(({ scope }) => scope.kind !== 'global');
  if (missing.length === 0) return undefined;
  let { sections } = policy;
  for (const section of sectionNames) {
    if (!missing.some((gap) => gap.section === section)) continue;
    const chain = withoutGaps(policy.chain, section);
    sections = { ...sections, [section]: computeEffectivePolicy(chain, fragments).sections[section] };
  }
  return { ...policy, sections };
}

/** A document without the section is transparent there, which is what `<base />` alone is. */
function withoutGaps(chain: ScopeChain, section: SectionName): ScopeChain {
  const links = chain.links.map((link): ScopeLink => {
    if (link.state !== 'present' || link.document.kind !== 'definition') return link;
    const root = link.document.root;
    const hasSection = root?.children.some((child) => child.kind === 'element' && child.name === section) === true;
    if (hasSection) return link;
    return {
      state: 'absent',
      scope: link.scope,
      because: `its ${section} section is missing (${scopeKey(link.scope)})`,
    };
  });
  return { ...chain, links };
}
