import type { EffectiveItem, EffectivePolicy, PlacedDocument, SectionName, ViaStep } from '../../core';
import type { Places } from '../places';
import { chainJson, scopeJson } from './scopeJson';

/**
 * `effective --format json` (contract: design, "Command line"). Beyond the contract's form: what cannot be read is a
 * statement with `"name": null` and the reason in `unknown`; `ifPassedOnBy` names unknown scopes that a statement only
 * comes through if they have `<base />`; `missingSections` names documents without the section element.
 */
export function effectiveJson(
  placed: PlacedDocument,
  policies: readonly EffectivePolicy[],
  sections: readonly SectionName[],
  places: Places,
): object {
  return {
    version: 1,
    document: places.file(placed.path),
    scope: scopeJson(placed),
    chains: policies.map((policy) => ({
      ...chainJson(policy, places),
      sections: Object.fromEntries(
        sections.map((section) => [section, policy.sections[section].map((item) => itemJson(item, places))]),
      ),
      missingSections: policy.missingSections
        .filter(({ section }) => sections.includes(section))
        .map(({ scope, section }) => ({ scope: scope.kind, section })),
    })),
  };
}

function itemJson(item: EffectiveItem, places: Places): object {
  const via = item.via.map(viaName);
  if (item.kind === 'unknown') {
    const scope = item.fragmentId === undefined ? item.scope.kind : 'fragment';
    return { name: null, unknown: item.because, origin: { scope, file: null, range: null }, via };
  }
  const { name, document, element, scope, ifPassedOnBy } = item;
  return {
    name,
    text: document.text.slice(element.span.start, element.span.end),
    origin: {
      scope: document.kind === 'fragment' ? 'fragment' : scope.kind,
      ...places.inDocument(document, element.span),
    },
    via,
    ...(ifPassedOnBy.length === 0 ? {} : { ifPassedOnBy }),
  };
}

/** `base`, or `fragment:<id>` */
function viaName(step: ViaStep): string {
  return step.kind === 'base' ? 'base' : `fragment:${step.fragmentId}`;
}
