import { isNarrowerScope, type PolicyScope, scopeKey } from './policyScope';
import type { PlacedDocument, Service, WorkspaceModel } from './workspaceModel';

/** The definitions of the same service whose requests may run this one, as far as their scopes alone tell, by path. */
export type NarrowerPlaces = (broad: PlacedDocument) => readonly PlacedDocument[];

/** Answers for an API cost what its own operations cost: rules and fixes ask for one API after the other. */
export function createNarrowerPlaces(model: () => WorkspaceModel): NarrowerPlaces {
  let known: { readonly model: WorkspaceModel; readonly ofApis: OperationsOfApis } | undefined;
  const operationsOf = (api: PolicyScope, service: Service): readonly PlacedDocument[] => {
    const current = model();
    if (known?.model !== current) known = { model: current, ofApis: groupByApi(current) };
    return known.ofApis.get(service)?.get(scopeKey(api)) ?? [];
  };
  return ({ placement, service }) => {
    if (placement.kind !== 'definition') return [];
    const { scope } = placement;
    const candidates = scope.kind === 'api' ? operationsOf(scope, service) : [...model().documents.values()];
    return candidates.filter(
      (each) =>
        each.service === service &&
        each.placement.kind === 'definition' &&
        isNarrowerScope(each.placement.scope, scope),
    );
  };
}

/** By the scopeKey of their API. */
type OperationsOfApis = ReadonlyMap<Service, ReadonlyMap<string, readonly PlacedDocument[]>>;

function groupByApi({ documents }: WorkspaceModel): OperationsOfApis {
  const ofApis = new Map<Service, Map<string, PlacedDocument[]>>();
  for (const place of documents.values()) {
    const { placement, service } = place;
    if (placement.kind !== 'definition' || placement.scope.kind !== 'operation') continue;
    const { operation: _, kind: __, ...api } = placement.scope;
    const key = scopeKey({ ...api, kind: 'api' });
    const ofService = ofApis.get(service) ?? new Map<string, PlacedDocument[]>();
    ofApis.set(service, ofService);
    const ofApi = ofService.get(key);
    if (ofApi === undefined) ofService.set(key, [place]);
    else ofApi.push(place);
  }
  return ofApis;
}
