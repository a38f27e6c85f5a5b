import type { Call } from '../../cors/corsCall';
import type { CorsParticipant } from '../../cors/corsChain';
import { type CorsList, defaultMethods } from '../../cors/corsPolicy';
import { matchesOrigin } from '../../cors/origin';
import { recommendedSwitches } from '../../cors/switches';
import { addToList, type ListEntries } from '../../rules/corsFixes/corsLists';
import { describeReach } from '../../rules/corsFixes/describeReach';
import { setAttributeEdit } from '../../rules/corsFixes/setAttribute';
import { counted } from '../../rules/corsMessages';
import type { Fix } from '../../rules/rule';
import { joinNames } from '../../text/wording';
import { describeScope } from '../../workspace/policyScope';

/** What a request needs of a `cors`. */
export interface NeededGrants {
  readonly origin: string;
  /** Undefined where no preflight asks for it. */
  readonly method: string | undefined;
  /** Those that a preflight asks for, lower case. */
  readonly headerNames: readonly string[];
  readonly credentials: boolean;
}

/** What the call needs, by the preflight that a browser writes for it. */
export function neededGrants(
  { origin = 'null', credentials }: Call,
  preflight: { readonly method: string; readonly headerNames: readonly string[] } | undefined,
): NeededGrants {
  return {
    origin,
    method: preflight?.method,
    headerNames: preflight?.headerNames ?? [],
    credentials: credentials === 'include',
  };
}

/**
 * Lets one `cors` grant what a request needs, and nothing else. Undefined where it grants that already, stands in no file
 * of its own, or would let every site call with credentials.
 */
export function grantRequest(
  { cors, statement, isOwn, number }: CorsParticipant,
  needed: NeededGrants,
  relativePath: (path: string) => string,
): Fix | undefined {
  const { document, element, scope } = statement;
  if (document.isEmbedded === true) return undefined;
  const admits = cors.origins.some((origin) => matchesOrigin(origin, needed.origin, recommendedSwitches) === 'yes');
  const isOpenToAll = cors.origins.some(({ value }) => value.known && value.value.trim() === '*');
  const lacksCredentials = needed.credentials && !(cors.allowCredentials.known && cors.allowCredentials.value);
  if (lacksCredentials && isOpenToAll) return undefined;

  const origins = admits ? [] : [needed.origin];
  const methods = missingMethods(cors.methods, needed.method);
  const headers = missingNames(cors.headers, needed.headerNames);
  const lists: readonly ListEntries[] = [
    { listName: 'allowed-origins', entryName: 'origin', values: origins },
    { listName: 'allowed-methods', entryName: 'method', values: methods },
    { listName: 'allowed-headers', entryName: 'header', values: headers },
  ];
  const wanted = lists.filter(({ values }) => values.length > 0);
  const edits = wanted.flatMap((entries) => addToList(document, element, entries) ?? []);
  if (edits.length < wanted.length || (edits.length === 0 && !lacksCredentials)) return undefined;

  const added = joinNames([
    ...origins,
    ...counted(
      'method',
      methods.filter((method) => method === needed.method),
    ),
    ...counted('header', headers),
    ...(lacksCredentials ? ['credentials'] : []),
  ]);
  const reach = isOwn ? '' : `, for ${describeReach([statement])}`;
  return {
    id: `grant-${number}`,
    title: `Allow ${added} in the cors of ${describeScope(scope)}${reach} (${relativePath(document.path)})`,
    edits: lacksCredentials ? [setAttributeEdit(document, element, 'allow-credentials', 'true'), ...edits] : edits,
  };
}

/** Without the element the default methods are allowed; writing it must not take them away. */
function missingMethods(list: CorsList | undefined, method: string | undefined): readonly string[] {
  if (method === undefined) return [];
  if (list === undefined) return defaultMethods.includes(method) ? [] : [...defaultMethods, method];
  return lists(list, (name) => name === method) ? [] : [method];
}

function missingNames(list: CorsList | undefined, names: readonly string[]): readonly string[] {
  return names.filter((name) => list === undefined || !lists(list, (entry) => entry.toLowerCase() === name));
}

function lists({ entries }: CorsList, isWanted: (name: string) => boolean): boolean {
  return entries.some(({ value }) => value.known && (value.value === '*' || isWanted(value.value)));
}
