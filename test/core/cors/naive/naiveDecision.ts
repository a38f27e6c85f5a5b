import type { BrowserVerdict } from '../../../../server/src/core/cors/corsOutcome';
import type { SwitchSettings } from '../../../../server/src/core/cors/switches';
import {
  type NaiveCase,
  type NaiveCors,
  type NaiveSection,
  type NaiveService,
  type NaiveSetHeader,
  type NaiveStatement,
  type ScopeName,
  scopeNames,
  sectionOrder,
} from './service';

/**
 * A second evaluator, written from the text of cors-semantics.md (sections 1 to 7 and 11) and without a look at the
 * engine: no reading of XML, no laziness, no sharing. Every combination of what only the gateway knows is played through
 * from the start. It is slow, and easy to compare with the text.
 */
export function decideNaively(corsCase: NaiveCase, switches: NaiveSwitches): NaiveAnswer {
  const results = worldsOf(corsCase).map((world) => play(corsCase, switches, world));
  const one = <T>(values: readonly T[]): T | undefined => (new Set(values).size === 1 ? values[0] : undefined);
  const outcome = one(results.map((result) => result.outcome));
  const browser = one(results.map((result) => result.browser));
  const isKnown = outcome !== undefined && browser !== undefined;
  return {
    outcome: isKnown ? outcome : 'decided-at-runtime',
    browser: isKnown ? browser : (browser ?? 'unknown'),
    by: isKnown ? one(results.map((result) => result.by)) : undefined,
    status: one(results.map((result) => result.status)),
    results: [...new Set(results.map(({ outcome, by, browser }) => `${outcome} ${by ?? '-'} ${browser}`))].sort(),
  };
}

export type NaiveSwitches = Omit<SwitchSettings, 'terminateDefault'> & { readonly terminateDefault: 'true' | 'false' };

export interface NaiveAnswer {
  readonly outcome: string;
  readonly by: string | undefined;
  readonly status: number | undefined;
  readonly browser: BrowserVerdict;
  /** Everything that it can come to. */
  readonly results: readonly string[];
}

interface NaiveResult {
  readonly outcome: string;
  readonly by: string | undefined;
  readonly status: number | undefined;
  readonly browser: BrowserVerdict;
}

/** What the gateway finds: a number for each thing that the files do not tell. */
type World = ReadonlyMap<string, number>;

/** How many there are: twice as many for each more unknown thing. */
export function countWorlds(corsCase: NaiveCase): number {
  return [...unknownsOf(corsCase).values()].reduce((product, count) => product * count, 1);
}

function worldsOf(corsCase: NaiveCase): readonly World[] {
  let worlds: readonly World[] = [new Map()];
  for (const [name, count] of unknownsOf(corsCase)) {
    worlds = worlds.flatMap((world) =>
      Array.from({ length: count }, (_, index): World => new Map([...world, [name, index]])),
    );
  }
  return worlds;
}

/** Everything in the whole service that is not known, reached or not. */
function unknownsOf({ service, context }: NaiveCase): ReadonlyMap<string, number> {
  const unknowns = new Map<string, number>();
  const note = (statement: NaiveStatement, scope: ScopeName): void => {
    if (statement.is === 'cors') {
      for (const origin of statement.origins) {
        if (origin.admits('https://any.example') === 'unknown')
          unknowns.set(unknownOrigin(service, scope, statement, origin), 2);
      }
      if (statement.methods?.some(({ value }) => value === undefined)) unknowns.set(`methods ${statement.id}`, 2);
      if (statement.headers?.some(({ value }) => value === undefined)) unknowns.set(`headers ${statement.id}`, 2);
      if (statement.credentials?.value === undefined && statement.credentials !== undefined) {
        unknowns.set(`credentials ${statement.id}`, 2);
      }
      if (statement.terminate?.value === undefined && statement.terminate !== undefined) {
        unknowns.set(`terminate ${statement.id}`, 2);
      }
    } else if (statement.is === 'choose') {
      unknowns.set(`choose ${statement.id}`, statement.branches.length + (statement.hasOtherwise ? 0 : 1));
      for (const branch of statement.branches) for (const inside of branch) note(inside, scope);
    } else if (statement.is === 'container') {
      for (const inside of statement.inside) note(inside, scope);
    } else if (statement.is === 'fragment') {
      const fragment = service.fragments[statement.id];
      if (fragment === undefined) {
        unknowns.set(`fragment ${statement.id} ${scope}`, 3);
        unknowns.set(`fragment headers ${statement.id} ${scope}`, 2);
      } else for (const inside of fragment) note(inside, scope);
      if (context.keyError === true || context.subscriptionRequired === true) {
        unknowns.set(`key error ${statement.id}`, 2);
      }
    }
  };
  for (const scope of scopeNames) {
    if (service.unknownScopes.includes(scope)) {
      unknowns.set(`scope ${scope}`, 3);
      unknowns.set(`scope headers ${scope}`, 2);
      unknowns.set(`base ${scope}`, 2);
      continue;
    }
    for (const section of sectionOrder) for (const each of service.documents[scope]?.[section] ?? []) note(each, scope);
  }
  return unknowns;
}

/** A statement of an effective section (section 11, `effective`). */
interface Placed {
  readonly statement: NaiveStatement | { readonly is: 'unknown'; readonly content: number; readonly headers: number };
  readonly scope: ScopeName;
  readonly fragment: string | undefined;
  readonly isNested: boolean;
  readonly isRepeated: boolean;
}

function effective(
  section: NaiveSection,
  scopes: readonly ScopeName[],
  { service }: NaiveCase,
  switches: NaiveSwitches,
  world: World,
): readonly Placed[] {
  const [scope, ...broader] = scopes;
  if (scope === undefined) return [];
  const parent = (): readonly Placed[] => effective(section, broader, { service } as NaiveCase, switches, world);
  if (service.unknownScopes.includes(scope)) {
    const unknown = {
      is: 'unknown' as const,
      content: world.get(`scope ${scope}`) ?? 0,
      headers: world.get(`scope headers ${scope}`) ?? 0,
    };
    const own: Placed = { statement: unknown, scope, fragment: undefined, isNested: false, isRepeated: false };
    return world.get(`base ${scope}`) === 0 ? [own, ...parent()] : [own];
  }
  const document = service.documents[scope];
  if (document === undefined) return parent();
  const statements = document[section];
  if (statements === undefined) return switches.missingSection === 'like-base' ? parent() : [];

  const place = (
    list: readonly NaiveStatement[],
    fragment: string | undefined,
    isNested: boolean,
  ): readonly Placed[] => {
    let corsBefore = 0;
    return list.flatMap((statement): readonly Placed[] => {
      if (statement.is === 'base') return parent();
      if (statement.is === 'fragment') {
        const inside = service.fragments[statement.id];
        if (inside !== undefined) return place(inside, statement.id, isNested);
        const unknown = {
          is: 'unknown' as const,
          content: world.get(`fragment ${statement.id} ${scope}`) ?? 0,
          headers: world.get(`fragment headers ${statement.id} ${scope}`) ?? 0,
        };
        return [{ statement: unknown, scope, fragment: statement.id, isNested, isRepeated: false }];
      }
      if (statement.is === 'container') {
        const self: Placed = { statement, scope, fragment, isNested, isRepeated: false };
        return [self, ...place(statement.inside, fragment, true)];
      }
      if (statement.is === 'choose') {
        const chosen = (world.get(`choose ${statement.id}`) ?? 0) - (statement.hasOtherwise ? 0 : 1);
        return place(statement.branches[chosen] ?? [], fragment, true);
      }
      const isRepeated = statement.is === 'cors' && corsBefore++ > 0;
      return [{ statement, scope, fragment, isNested, isRepeated }];
    });
  };
  return place(statements, undefined, false);
}

/** One request in one world. */
function play(corsCase: NaiveCase, switches: NaiveSwitches, world: World): NaiveResult {
  const { service, request, context } = corsCase;
  const isServer = request.client === 'server';
  const isSafe = request.method === 'GET' || request.method === 'HEAD';

  // 7.1 and 7: a browser sends Origin to other origins, and to its own with methods other than GET and HEAD.
  let origin = request.origin;
  if (origin === undefined && !isServer && request.pageOrigin !== undefined) {
    if (request.pageOrigin !== request.targetOrigin || !isSafe) origin = request.pageOrigin;
  }
  const isChecked = !isServer && origin !== undefined && origin !== request.targetOrigin;
  const withCredentials = request.credentials === 'include';
  const asksMethod = request.accessControlRequestMethod;
  const isPreflight = request.method === 'OPTIONS' && origin !== undefined && asksMethod !== undefined;
  const end = (
    outcome: string,
    by: string | undefined,
    status: number | undefined,
    browser: BrowserVerdict,
  ): NaiveResult => ({ outcome, by, status, browser: isChecked ? browser : 'not-applicable' });

  // 1.5: which product, and whether the key will do.
  const hasProduct = service.documents.product !== undefined || service.unknownScopes.includes('product');
  const isOpen = hasProduct && (context.openProduct ?? context.subscriptionRequired === false);
  const keyIsSeen =
    request.subscriptionKeyIn === 'query' || (request.subscriptionKeyIn === 'header' && (!isPreflight || isServer));
  const lacksKey = context.keyError === true || (context.subscriptionRequired === true && !isOpen && !keyIsSeen);
  let inProduct = false;
  if (hasProduct && !(lacksKey && !isPreflight)) {
    if (keyIsSeen && context.keyError !== true) {
      inProduct = context.keyForOtherProduct !== true && (context.keyScope ?? 'product') === 'product';
    } else if (isOpen) {
      inProduct = isPreflight ? switches.openProductOnPreflight === 'yes' : true;
    }
  }
  const chain = scopeNames.filter((scope) => scope !== 'product' || inProduct);
  const sectionOf = (section: NaiveSection): readonly Placed[] => effective(section, chain, corsCase, switches, world);
  const inbound = sectionOf('inbound');

  // 2.2, 4, 5, 3.3: what the service does not save. It looks at every branch, whichever runs.
  const refused = findRefused(corsCase, chain, switches);
  if (refused !== undefined) return { ...end('invalid-policy', refused, undefined, 'not-applicable') };

  // 7: WebSocket APIs skip cors; browsers do not apply CORS there.
  if (context.apiType === 'websocket' && origin !== undefined) {
    return end('cors-skipped', undefined, undefined, 'not-applicable');
  }

  if (request.method === 'OPTIONS') {
    // 2.1: an operation that declares OPTIONS is an ordinary call.
    if (context.optionsOperation === true) {
      if (lacksKey) return end('error-without-cors-headers', undefined, 401, 'blocked');
      for (const { statement, isNested } of [...inbound, ...sectionOf('backend'), ...sectionOf('outbound')]) {
        const status = statusOfFailure(statement, context.failingPolicy);
        if (status !== undefined) return end('error-without-cors-headers', undefined, status, 'blocked');
        if (statement.is === 'return-response' && !isNested) {
          // 2.1: the documented way to answer preflights by hand. Neither methods nor header names are listed here.
          const writes = asPlaced(statement.headers, {
            statement,
            scope: 'api',
            fragment: undefined,
            isNested,
            isRepeated: false,
          });
          const sent = followHeader('access-control-allow-origin', writes, [], false, origin ?? '', world).values;
          const granted = followHeader(
            'access-control-allow-credentials',
            writes,
            [],
            false,
            origin ?? '',
            world,
          ).values;
          const status = statement.status ?? 200;
          if ([...sent, ...granted].includes(undefined))
            return end('goes-to-backend-options', undefined, status, 'unknown');
          const [value] = sent;
          const passes =
            value !== undefined &&
            passesCheck(value, granted[0], origin ?? '') &&
            (!isPreflight ||
              (status === 200 &&
                ['GET', 'HEAD', 'POST'].includes(asksMethod as string) &&
                (request.accessControlRequestHeaders ?? '') === ''));
          return end('goes-to-backend-options', undefined, status, passes ? 'allowed' : 'blocked');
        }
      }
      return end('goes-to-backend-options', undefined, undefined, 'depends-on-backend');
    }
    if (context.unknownUrl === true || !isPreflight || context.versioning === 'header') {
      return end('not-found-404', undefined, 404, 'blocked');
    }
    return playPreflight();
  }
  if (context.unknownUrl === true) return end('not-found-404', undefined, 404, 'blocked');
  if (origin === undefined || (isSafe && origin === request.targetOrigin)) {
    return { outcome: 'not-cross-origin', by: undefined, status: undefined, browser: 'not-applicable' };
  }
  return playRealRequest(origin);

  function playPreflight(): NaiveResult {
    const from = origin as string;
    const method = asksMethod as string;
    const names = (request.accessControlRequestHeaders ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    let last: ScopeName | undefined;
    for (const { statement, scope, isNested, isRepeated } of inbound) {
      if (isNested) continue;
      if (statement.is === 'unknown') {
        if (statement.content === 1) return end('answered-by-cors', scope, 200, 'allowed');
        if (statement.content === 2) return end('terminated-empty-200', scope, 200, 'blocked');
      }
      if (statement.is !== 'cors' || isRepeated) continue;
      last = scope;
      const matched = matchedBy(service, scope, statement, from, world);
      if (matched !== undefined) {
        const lists = listsOf(statement, method, names, world);
        const fits = switches.mismatchScope === 'origin-only' || (lists.allowsMethod && lists.allowsNames);
        if (fits) {
          const allowOrigin = allowOriginOf(statement, matched, from);
          const { allowMethods, allowHeaders } = lists.send(switches.listEcho);
          const passes =
            passesCheck(allowOrigin.value, allowOrigin.credentials ? 'true' : undefined, from) &&
            (['GET', 'HEAD', 'POST'].includes(method) ||
              allowMethods.includes(method) ||
              (allowMethods.includes('*') && !withCredentials)) &&
            names.every((name) => {
              const lower = name.toLowerCase();
              if (allowHeaders.some((allowed) => allowed.toLowerCase() === lower)) return true;
              return allowHeaders.includes('*') && !withCredentials && lower !== 'authorization';
            });
          return end('answered-by-cors', scope, 200, passes ? 'allowed' : 'blocked');
        }
      }
      if (terminates(statement)) return end('terminated-empty-200', scope, 200, 'blocked');
    }
    if (last === undefined) return end('not-found-404', undefined, 404, 'blocked');
    return end('terminated-empty-200', last, 200, 'blocked');
  }

  function playRealRequest(from: string): NaiveResult {
    let remembered: { by: ScopeName; fragment: string | undefined; verdict: BrowserVerdict } | undefined;
    let hasMissed = false;
    const stops = isSafe || switches.nonSimpleUnmatched === 'terminate';
    /** A result where the request ends at this cors. */
    const lookAtCors = ({ statement, scope, fragment, isRepeated }: Placed): NaiveResult | undefined => {
      if (remembered !== undefined || isRepeated) return undefined;
      if (hasMissed && switches.laterCorsOnActual === 'ignored') return undefined;
      if (statement.is === 'unknown') {
        if (statement.content === 1) remembered = { by: scope, fragment, verdict: 'allowed' };
        if (statement.content === 2 && stops) return end('terminated-empty-200', scope, 200, 'blocked');
        if (statement.content === 2) hasMissed = true;
        return undefined;
      }
      if (statement.is !== 'cors') return undefined;
      const matched = matchedBy(service, scope, statement, from, world);
      if (matched !== undefined) {
        const allowOrigin = allowOriginOf(statement, matched, from);
        const passes = passesCheck(allowOrigin.value, allowOrigin.credentials ? 'true' : undefined, from);
        remembered = { by: scope, fragment, verdict: passes ? 'allowed' : 'blocked' };
        return undefined;
      }
      hasMissed = true;
      return terminates(statement) && stops ? end('terminated-empty-200', scope, 200, 'blocked') : undefined;
    };

    // 3.3: the gateway's own 401 for a key.
    if (lacksKey) {
      if (switches.keyErrorHeaders === 'yes-inline') {
        for (const each of inbound) {
          const ended = lookAtCors(each);
          if (ended !== undefined) return ended;
        }
      }
      if (remembered?.fragment !== undefined && world.get(`key error ${remembered.fragment}`) === 0) {
        remembered = undefined;
      }
      return endWithError(401, sectionOf('on-error'));
    }

    for (const each of [...inbound, ...sectionOf('backend'), ...sectionOf('outbound')]) {
      const ended = inbound.includes(each) ? lookAtCors(each) : undefined;
      if (ended !== undefined) return ended;
      const { statement } = each;
      const status = statusOfFailure(statement, context.failingPolicy);
      if (status !== undefined) {
        const writes = statement.is === 'return-response' ? asPlaced(statement.headers, each) : sectionOf('on-error');
        return endWithError(status, writes);
      }
      if (statement.is === 'return-response' && !each.isNested) {
        return endWithResponse(statement.status ?? 200, asPlaced(statement.headers, each), undefined);
      }
    }
    return endWithResponse(undefined, sectionOf('outbound'), context.backendAddsCors);

    /** Every value that the header for credentials can have, for each value that it may have had before. */
    function grantsOf(
      writes: readonly Placed[],
      before: readonly (readonly string[])[],
    ): readonly (string | undefined)[] {
      return before.flatMap((sent) => {
        const values = grantHeader(writes, sent);
        if (values.length === 0) return [undefined];
        // Two values are one text with a comma, which is not "true".
        return values.length > 1 ? ['true, true'] : values.flatMap(candidatesOf('true', 'false'));
      });
    }

    function grantHeader(writes: readonly Placed[], sent: readonly string[]): readonly (string | undefined)[] {
      return followHeader('access-control-allow-credentials', writes, sent, false, from, world).values;
    }

    function endWithError(status: number, writes: readonly Placed[]): NaiveResult {
      const manual = followHeader('access-control-allow-origin', writes, [], remembered === undefined, from, world);
      if (remembered !== undefined) {
        if (manual.isTouched) return end('header-conflict-possible', remembered.by, status, 'unknown');
        return end('error-with-cors-headers', remembered.by, status, remembered.verdict);
      }
      if (manual.values.length === 0) return end('error-without-cors-headers', undefined, status, 'blocked');
      return endWithManual('error-with-cors-headers', manual, writes, status);
    }

    function endWithResponse(
      status: number | undefined,
      writes: readonly Placed[],
      backend: string | undefined,
    ): NaiveResult {
      const sent = backend === undefined ? [] : [backend === 'unknown' ? undefined : backend];
      const manual = followHeader('access-control-allow-origin', writes, sent, remembered === undefined, from, world);
      if (remembered !== undefined) {
        if (manual.isTouched || backend !== undefined) {
          return end('header-conflict-possible', remembered.by, status, 'unknown');
        }
        return end('passes-with-cors-headers', remembered.by, status, remembered.verdict);
      }
      if (manual.values.length === 0) return end('passes-without-cors-headers', undefined, status, 'blocked');
      if (manual.by !== undefined) return endWithManual('passes-with-manual-headers', manual, writes, status, backend);
      // The backend's own headers. What it grants beside the origin is not known, unless a set-header says it.
      const grants = grantsOf(writes, [[], ['true']]);
      const verdicts = manual.values
        .flatMap(candidatesOf(from, '*', elsewhere))
        .flatMap((value) => grants.map((grant) => passesCheck(value, grant, from)));
      const verdict = new Set(verdicts).size > 1 ? 'depends-on-backend' : verdicts[0] ? 'allowed' : 'blocked';
      return end('passes-with-backend-headers', undefined, status, verdict);
    }

    function endWithManual(
      outcome: string,
      manual: FollowedHeader,
      writes: readonly Placed[],
      status: number | undefined,
      backend?: string,
    ): NaiveResult {
      if (manual.values.length > 1) return end('header-conflict-possible', manual.by, status, 'blocked');
      if (manual.isByUnknown) return end(outcome, manual.by, status, 'allowed');
      // The backend may have granted credentials, or not.
      const sent = backend === undefined ? [[]] : [[], ['true']];
      const verdicts = manual.values
        .flatMap(candidatesOf(from, '*', elsewhere))
        .flatMap((value) => grantsOf(writes, sent).map((grant) => passesCheck(value, grant, from)));
      const onlyBackend =
        backend !== undefined &&
        manual.values[0] !== undefined &&
        !sent.some((before) => grantHeader(writes, before).includes(undefined));
      const open = onlyBackend ? 'depends-on-backend' : 'unknown';
      const verdict = new Set(verdicts).size > 1 ? open : verdicts[0] ? 'allowed' : 'blocked';
      return end(outcome, manual.by, status, verdict);
    }
  }

  /** 2.3 and SW1. */
  function terminates(cors: NaiveCors): boolean {
    if (cors.terminate === undefined) return switches.terminateDefault === 'true';
    return cors.terminate.value ?? world.get(`terminate ${cors.id}`) === 1;
  }

  /** 3.1 and SW5. */
  function allowOriginOf(
    cors: NaiveCors,
    matched: 'star' | 'listed',
    from: string,
  ): { readonly value: string; readonly credentials: boolean } {
    const credentials =
      cors.credentials !== undefined && (cors.credentials.value ?? world.get(`credentials ${cors.id}`) === 1);
    const isStar = matched === 'star' && (!credentials || switches.wildcardWithCredentials === 'literal-star');
    return { value: isStar ? '*' : from, credentials };
  }

  /** 7.1, item 3. */
  function passesCheck(allowOrigin: string, allowCredentials: string | undefined, from: string): boolean {
    if (!withCredentials) return allowOrigin === '*' || allowOrigin === from;
    return allowOrigin === from && allowCredentials === 'true';
  }
}

const elsewhere = 'https://elsewhere.example';

/** What a header may hold that is not known: one of these. */
function candidatesOf(...candidates: readonly string[]): (value: string | undefined) => readonly string[] {
  return (value) => (value === undefined ? candidates : [value]);
}

/** 4: whether a cors lists the origin, and whether through `*`. */
function matchedBy(
  service: NaiveService,
  scope: ScopeName,
  cors: NaiveCors,
  origin: string,
  world: World,
): 'star' | 'listed' | undefined {
  if (cors.origins.some(({ admits }) => admits(origin) === true)) {
    return cors.origins.some(({ isStar }) => isStar === true) ? 'star' : 'listed';
  }
  const open = cors.origins.filter(({ admits }) => admits(origin) === 'unknown');
  return open.some((each) => world.get(unknownOrigin(service, scope, cors, each)) === 1) ? 'listed' : undefined;
}

/**
 * The expressions of one cors are one unknown thing. A text with a named value is the same everywhere, but that a
 * workspace has named values of its own, which the global policy does not use.
 */
function unknownOrigin(
  { documents, unknownScopes }: NaiveService,
  scope: ScopeName,
  cors: NaiveCors,
  { written, isExpression }: NaiveCors['origins'][number],
): string {
  if (isExpression === true) return `origins of ${cors.id}`;
  const hasWorkspace = documents.workspace !== undefined || unknownScopes.includes('workspace');
  return `origin ${written}${hasWorkspace && scope === 'global' ? ' of the service' : ''}`;
}

/** 5: what the lists say to a preflight, and what of them is sent. */
function listsOf(cors: NaiveCors, method: string, names: readonly string[], world: World) {
  const methods = cors.methods?.flatMap(({ value }) => (value === undefined ? [] : [value])) ?? ['GET', 'POST'];
  const headers = cors.headers?.flatMap(({ value }) => (value === undefined ? [] : [value])) ?? [];
  const openMethods = cors.methods?.some(({ value }) => value === undefined) === true;
  const openHeaders = cors.headers?.some(({ value }) => value === undefined) === true;
  const allowsMethod =
    methods.includes('*') || methods.includes(method) || (openMethods && world.get(`methods ${cors.id}`) === 1);
  const isListed = (name: string): boolean =>
    headers.includes('*') || headers.some((listed) => listed.toLowerCase() === name.toLowerCase());
  const opensHeaders = openHeaders && world.get(`headers ${cors.id}`) === 1;
  const allowed = names.filter((name) => isListed(name) || opensHeaders);
  return {
    allowsMethod,
    allowsNames: allowed.length === names.length,
    send(echo: SwitchSettings['listEcho']): { readonly allowMethods: string[]; readonly allowHeaders: string[] } {
      if (echo === 'echo-requested') {
        return { allowMethods: allowsMethod ? [method] : methods, allowHeaders: allowed };
      }
      // The configured lists; an entry that nobody knows stands for what it allows.
      return {
        allowMethods: [...methods, ...(allowsMethod && !methods.includes('*') ? [method] : [])],
        allowHeaders: [...headers, ...(headers.includes('*') ? [] : allowed)],
      };
    },
  };
}

function statusOfFailure(statement: Placed['statement'], failing: string | undefined): number | undefined {
  if (failing === undefined) return undefined;
  if (statement.is === 'policy' && statement.name === failing) return statement.status;
  if (statement.is === 'return-response' && failing === 'return-response') return statement.status ?? 200;
  return statement.is === 'container' && statement.name === failing ? 429 : undefined;
}

function asPlaced(headers: readonly NaiveSetHeader[], { scope, fragment }: Placed): readonly Placed[] {
  return headers.map((statement) => ({ statement, scope, fragment, isNested: true, isRepeated: false }));
}

interface FollowedHeader {
  readonly values: readonly (string | undefined)[];
  readonly by: ScopeName | undefined;
  readonly isByUnknown: boolean;
  readonly isTouched: boolean;
}

/** 3.2: what `set-header` makes of one response header. */
function followHeader(
  name: string,
  writes: readonly Placed[],
  sent: readonly (string | undefined)[],
  asksUnknown: boolean,
  origin: string,
  _world: World,
): FollowedHeader {
  let values = sent;
  let by: ScopeName | undefined;
  let isByUnknown = false;
  let isTouched = false;
  for (const { statement, scope } of writes) {
    if (statement.is === 'unknown' && asksUnknown && statement.headers === 1) {
      [values, by, isByUnknown, isTouched] = [[origin], scope, true, true];
    }
    if (statement.is !== 'set-header' || statement.name.toLowerCase() !== name) continue;
    isTouched = true;
    const value = statement.value.valueFor?.(origin);
    if (statement.action === 'delete') [values, by, isByUnknown] = [[], undefined, false];
    else if (statement.action === 'append') [values, by, isByUnknown] = [[...values, value], scope, false];
    else if (statement.action !== 'skip' || values.length === 0) [values, by, isByUnknown] = [[value], scope, false];
  }
  return { values, by, isByUnknown, isTouched };
}

/** The first cors, in the order of the sections, that the service does not save: the scope that brings it in. */
function findRefused(corsCase: NaiveCase, chain: readonly ScopeName[], switches: NaiveSwitches): string | undefined {
  const { service } = corsCase;
  const look = (section: NaiveSection, scopes: readonly ScopeName[]): string | undefined => {
    const [scope, ...broader] = scopes;
    if (scope === undefined) return undefined;
    const document = service.documents[scope];
    const statements = document?.[section];
    if (service.unknownScopes.includes(scope) || document === undefined) return look(section, broader);
    if (statements === undefined) {
      return switches.missingSection === 'like-base' ? look(section, broader) : undefined;
    }
    const lookAt = (list: readonly NaiveStatement[]): string | undefined => {
      let corsBefore = 0;
      for (const statement of list) {
        let found: string | undefined;
        if (statement.is === 'base') found = look(section, broader);
        else if (statement.is === 'fragment') found = lookAt(service.fragments[statement.id] ?? []);
        else if (statement.is === 'container') found = lookAt(statement.inside);
        else if (statement.is === 'choose') {
          for (const branch of statement.branches) found ??= lookAt(branch);
        } else if (statement.is === 'cors') {
          const isSecond = corsBefore++ > 0;
          if (section !== 'inbound' || isRefused(statement, isSecond, switches)) found = scope;
        }
        if (found !== undefined) return found;
      }
      return undefined;
    };
    return lookAt(statements);
  };
  for (const section of sectionOrder) {
    const found = look(section, chain);
    if (found !== undefined) return found;
  }
  return undefined;
}

function isRefused(cors: NaiveCors, isSecond: boolean, switches: NaiveSwitches): boolean {
  return (
    cors.origins.some(({ refused }) => refused === 'always') ||
    (switches.originScheme === 'http-only' && cors.origins.some(({ refused }) => refused === 'http-only')) ||
    (switches.wildcardMixed === 'refused' &&
      cors.origins.length > 1 &&
      cors.origins.some(({ isStar, isExpression }) => isStar === true && isExpression !== true)) ||
    (switches.allowedHeadersAbsent === 'refused' && cors.headers === undefined) ||
    (switches.repeatedCors === 'refused' && isSecond)
  );
}
