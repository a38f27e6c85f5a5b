import type { Rule } from './rule';

export const unusedFragment: Rule = {
  meta: {
    id: 'unused-fragment',
    summary: 'No policy of the service includes the fragment.',
    category: 'references',
    defaultSeverity: 'information',
    fixable: false,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/policy-fragments'],
  },
  checkReferences({ document, placement, owner, references }, report) {
    const { root } = document;
    if (placement.kind !== 'fragment' || placement.confidence !== 'certain' || root === undefined) return;
    // A folder of fragments alone is used by services that are elsewhere.
    if (owner.service.definitions.size === 0 || references.index.hasOpenUse('fragment', owner.service)) return;
    const thing = { kind: 'fragment', name: placement.fragmentId, span: root.nameSpan, ...owner } as const;
    // Another file may hold the fragment of this id, which is a finding of its own.
    if (references.definitionOf(thing)?.path !== document.path) return;
    if (references.usesOf(thing, document.path).some(({ path }) => path !== document.path)) return;
    report({
      document,
      span: root.nameSpan,
      message: `No policy of the service includes the fragment "${placement.fragmentId}". Remove it, or include it with <include-fragment fragment-id="${placement.fragmentId}" />.`,
    });
  },
};
