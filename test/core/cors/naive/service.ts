import type { CorsFacts, CorsRequest } from '../../../../server/src/core/cors/corsSituation';

/**
 * A service as plain data. The naive evaluator reads this, and the engine the XML that `writePolicies` makes of it, so
 * that the two share no reading of texts. What a text means is written beside it by hand, never computed from it.
 */
export interface NaiveService {
  readonly documents: Readonly<Partial<Record<ScopeName, NaiveDocument>>>;
  readonly fragments: Readonly<Record<string, readonly NaiveStatement[]>>;
  /** Scopes whose document nobody knows. */
  readonly unknownScopes: readonly ScopeName[];
}

/** Narrowest first. */
export const scopeNames = ['operation', 'api', 'product', 'workspace', 'global'] as const;
export type ScopeName = (typeof scopeNames)[number];

export const sectionOrder = ['inbound', 'backend', 'outbound', 'on-error'] as const;
export type NaiveSection = (typeof sectionOrder)[number];

/** A section that is left out is missing in the document. */
export type NaiveDocument = Readonly<Partial<Record<NaiveSection, readonly NaiveStatement[]>>>;

export type NaiveStatement =
  | { readonly is: 'base' }
  | NaiveCors
  | { readonly is: 'fragment'; readonly id: string }
  /** Rejects the request with this status, where it is the failing one. */
  | { readonly is: 'policy'; readonly name: string; readonly xml: string; readonly status: number }
  /** One of these parts runs, or none; `otherwise`: the last one runs if no other does. */
  | {
      readonly is: 'choose';
      readonly id: number;
      readonly branches: readonly (readonly NaiveStatement[])[];
      readonly hasOtherwise: boolean;
    }
  /** Always runs what is in it. */
  | { readonly is: 'container'; readonly name: string; readonly inside: readonly NaiveStatement[] }
  | NaiveSetHeader
  | {
      readonly is: 'return-response';
      readonly status: number | undefined;
      readonly headers: readonly NaiveSetHeader[];
    };

export interface NaiveSetHeader {
  readonly is: 'set-header';
  readonly name: string;
  readonly action: 'override' | 'append' | 'skip' | 'delete' | undefined;
  readonly value: NaiveHeaderValue;
}

/** `valueFor` undefined: only the gateway knows. */
export interface NaiveHeaderValue {
  readonly written: string;
  readonly valueFor: ((origin: string) => string) | undefined;
}

export interface NaiveCors {
  readonly is: 'cors';
  readonly id: number;
  readonly origins: readonly NaiveOrigin[];
  readonly methods: readonly NaiveEntry[] | undefined;
  readonly headers: readonly NaiveEntry[] | undefined;
  readonly expose: readonly NaiveEntry[] | undefined;
  readonly credentials: NaiveFlag | undefined;
  readonly terminate: NaiveFlag | undefined;
  readonly maxAge: string | undefined;
}

/** What an `<origin>` element admits, by hand. */
export interface NaiveOrigin {
  readonly written: string;
  readonly admits: (origin: string) => boolean | 'unknown';
  readonly isStar?: boolean;
  /** Its value is not there when the policy is saved. */
  readonly isExpression?: boolean;
  /** The service does not save it: `always`, or where switch `originScheme` says so. */
  readonly refused?: 'always' | 'http-only';
}

/** `value` undefined: only the gateway knows. */
export interface NaiveEntry {
  readonly written: string;
  readonly value: string | undefined;
}

export interface NaiveFlag {
  readonly written: string;
  readonly value: boolean | undefined;
}

export interface NaiveCase {
  readonly service: NaiveService;
  readonly request: CorsRequest;
  readonly context: CorsFacts & { readonly namedValues: Readonly<Record<string, string>> };
}

/** The documents of a case as XML, in the form of a cors-test case. */
export function writePolicies({
  documents,
  fragments,
  unknownScopes,
}: NaiveService): Readonly<Record<string, unknown>> {
  const texts = scopeNames.flatMap((scope) => {
    // Of an unknown scope there is a text, which the tests hide.
    const document = unknownScopes.includes(scope) ? {} : documents[scope];
    return document === undefined ? [] : [[scope, writeDocument(document)] as const];
  });
  const written = Object.entries(fragments).map(([id, inside]) => [
    id,
    `<fragment>${inside.map(write).join('')}</fragment>`,
  ]);
  return { ...Object.fromEntries(texts), fragments: Object.fromEntries(written) };
}

function writeDocument(document: NaiveDocument): string {
  const sections = sectionOrder.flatMap((section) => {
    const statements = document[section];
    return statements === undefined ? [] : [`<${section}>${statements.map(write).join('')}</${section}>`];
  });
  return `<policies>${sections.join('')}</policies>`;
}

function write(statement: NaiveStatement): string {
  switch (statement.is) {
    case 'base':
      return '<base />';
    case 'fragment':
      return `<include-fragment fragment-id="${statement.id}" />`;
    case 'policy':
      return statement.xml;
    case 'choose': {
      const parts = statement.branches.map((branch, index) => {
        const inside = branch.map(write).join('');
        return statement.hasOtherwise && index === statement.branches.length - 1
          ? `<otherwise>${inside}</otherwise>`
          : `<when condition="@(context.Api.Name == &quot;${index}&quot;)">${inside}</when>`;
      });
      return `<choose>${parts.join('')}</choose>`;
    }
    case 'container':
      return `<${statement.name}>${statement.inside.map(write).join('')}</${statement.name}>`;
    case 'set-header': {
      const action = statement.action === undefined ? '' : ` exists-action="${statement.action}"`;
      return `<set-header name="${statement.name}"${action}><value>${statement.value.written}</value></set-header>`;
    }
    case 'return-response': {
      const status = statement.status === undefined ? '' : `<set-status code="${statement.status}" />`;
      return `<return-response>${status}${statement.headers.map(write).join('')}</return-response>`;
    }
    case 'cors':
      return writeCors(statement);
  }
}

function writeCors(cors: NaiveCors): string {
  const credentials = cors.credentials === undefined ? '' : ` allow-credentials="${cors.credentials.written}"`;
  const terminate = cors.terminate === undefined ? '' : ` terminate-unmatched-request="${cors.terminate.written}"`;
  const maxAge = cors.maxAge === undefined ? '' : ` preflight-result-max-age="${cors.maxAge}"`;
  const list = (name: string, entry: string, entries: NaiveCors['methods'], attributes = ''): string => {
    if (entries === undefined) return '';
    const inside = entries.map(({ written }) => `<${entry}>${written}</${entry}>`).join('');
    return `<${name}${attributes}>${inside}</${name}>`;
  };
  const origins = cors.origins.map(({ written }) => `<origin>${written}</origin>`).join('');
  return (
    `<cors${credentials}${terminate}><allowed-origins>${origins}</allowed-origins>` +
    list('allowed-methods', 'method', cors.methods, maxAge) +
    list('allowed-headers', 'header', cors.headers) +
    list('expose-headers', 'header', cors.expose) +
    '</cors>'
  );
}
