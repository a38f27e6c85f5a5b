import type { EffectiveStatement } from '../effective/effectivePolicy';
import { policyElements } from '../effective/policyElements';
import type { PolicyDocument, PolicyElement, SectionName } from '../syntax/policyTree';
import { childElements, childrenNamed, sectionElements } from '../syntax/treeQueries';
import { mayHoldCors } from './corsElement';
import { blockOf, moveBlockBefore } from './corsFixes/moveElement';
import { entryOf } from './corsInChains';
import type { EffectiveContext } from './effectiveContext';
import type { Fix, Rule } from './rule';
import { describeUncovered } from './uncoveredRules';

const otherSections: readonly SectionName[] = ['backend', 'outbound', 'on-error'];

export const corsOutsideInbound: Rule = {
  meta: {
    id: 'cors-outside-inbound',
    summary: 'A cors stands in the backend, outbound or on-error section, where it cannot be used.',
    category: 'cors',
    defaultSeverity: 'error',
    fixable: true,
    since: '0.1.0',
    sources: ['https://learn.microsoft.com/azure/api-management/cors-policy#usage'],
  },
  checkEffective(context, report) {
    const { document } = context;
    for (const section of otherSections) {
      for (const element of [...corsWritten(document, section), ...corsIncluded(context, section)]) {
        const what = element.name === 'cors' ? 'This cors stands in' : 'This fragment brings a cors into';
        report({
          document,
          span: element.startTagSpan,
          message: `${what} the ${section} section. The cors policy can be used in inbound only: it answers before the backend is called. Move it to the inbound section.`,
          fixes: () => fixesOf(element, context),
        });
      }
    }
  },
};

function corsWritten(document: PolicyDocument, section: SectionName): readonly PolicyElement[] {
  if (!mayHoldCors(document)) return [];
  return sectionElements(document, section).flatMap((element) =>
    [...policyElements(element)].filter(({ name }) => name === 'cors'),
  );
}

/** The document's own `include-fragment` elements whose fragment holds a `cors`, each once. */
function corsIncluded({ document, policies }: EffectiveContext, section: SectionName): readonly PolicyElement[] {
  const included = policies.flatMap(({ sections }) =>
    sections[section].filter(
      (item): item is EffectiveStatement =>
        item.kind === 'statement' && item.name === 'cors' && item.via[0]?.kind === 'fragment',
    ),
  );
  return [...new Set(included.map((item) => entryOf(item, document)))];
}

/** Only to the start of an inbound section that has statements and no `cors`: a second one cannot be used there. */
function fixesOf(element: PolicyElement, context: EffectiveContext): readonly Fix[] {
  const { document } = context;
  const [inbound] = sectionElements(document, 'inbound');
  const [first] = inbound === undefined ? [] : childElements(inbound);
  if (inbound === undefined || first === undefined || element.closing === 'implied') return [];
  if (childrenNamed(inbound, 'cors').length > 0 || first.span.start > element.span.start) return [];
  const edits = moveBlockBefore(document, first, blockOf(document, element));
  const title = `Move this ${element.name} to the start of inbound`;
  return [{ id: 'move-to-inbound', title: title + describeUncovered(edits, context), edits }];
}
