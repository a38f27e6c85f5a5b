import type { CorsList, CorsPolicy } from '../cors/corsPolicy';
import type { EffectiveContext } from '../rules/effectiveContext';
import { describeScope } from '../workspace/policyScope';
import { type CorsParticipant, type EffectiveCors, mergeEffectiveCors, type OriginRow } from './effectiveCors';
import type { LinkTo } from './hover';
import { code, joinNames, plain } from './markdown';

/** How many origins of a chain are written out; a hover is no table. */
const mostOrigins = 12;

/** The hover's text: participants, who answers whom, what each allows, what is not known. Short lines: hovers are narrow. */
export function renderEffectiveCors(context: EffectiveContext, linkTo: LinkTo): string {
  const blocks = new Map<string, string[]>();
  for (const policy of context.policies) {
    const block = renderChain(mergeEffectiveCors(policy, context.namedValues), context, linkTo);
    const name = policy.chain.product === undefined ? 'without a product' : `product ${code(policy.chain.product)}`;
    blocks.set(block, [...(blocks.get(block) ?? []), name]);
  }
  const title = `**Effective CORS policy** of ${plain(describeScope(context.scope))}`;
  const [only] = blocks;
  if (only === undefined) return `${title}\n\nNothing is known of this document’s chain.`;
  if (blocks.size === 1) {
    const [block, names] = only;
    return `${title}\n\n${block}${names.length > 1 ? `\n\nThe same ${joinNames(names)}.` : ''}`;
  }
  const parts = [...blocks].map(([block, names]) => `*${capital(joinNames(names))}*\n\n${block}`);
  return `${title}\n\n${parts.join('\n\n---\n\n')}`;
}

function renderChain(cors: EffectiveCors, context: EffectiveContext, linkTo: LinkTo): string {
  const paragraphs: string[] = [];
  if (cors.participants.length === 0) paragraphs.push(noCorsText(cors));
  else {
    paragraphs.push(cors.participants.map((each) => participantLine(each, cors, context, linkTo)).join('\n'));
    paragraphs.push(originLines(cors).join('\n'));
    paragraphs.push(cors.participants.map((each) => grantsLine(each, cors.participants.length > 1)).join('\n\n'));
  }
  paragraphs.push(...notes(cors, context));
  return paragraphs.join('\n\n');
}

function noCorsText({ unknown }: EffectiveCors): string {
  return unknown.length > 0
    ? 'No `cors` that can be read takes part.'
    : 'No `cors` takes part: a preflight gets 404, unless the URL has an OPTIONS operation, and no response gets CORS headers.';
}

/** `1. global scope · [policy.xml](…) through `<base />` · **answers first**` */
function participantLine(
  { number, statement, isOwn }: CorsParticipant,
  cors: EffectiveCors,
  context: EffectiveContext,
  linkTo: LinkTo,
): string {
  const { document, element, scope, via } = statement;
  const span = document.isEmbedded ? { start: 0, end: 0 } : element.startTagSpan;
  const file = `[${plain(context.relativePath(document.path))}](${linkTo(document.path, span)})`;
  const fragment = via.find((step) => step.kind === 'fragment');
  const way = [
    ...(isOwn ? [] : ['through `<base />`']),
    ...(fragment === undefined ? [] : [`in fragment ${code(fragment.fragmentId)}`]),
    ...(statement.ifPassedOnBy.length > 0
      ? [`only if ${statement.ifPassedOnBy.map(describeScope).join(' and ')} passes it on`]
      : []),
  ].join(', ');
  const isFirst = number === 1 && !cors.unknown.some(({ after }) => after === 0);
  const turn = isFirst ? '**answers first**' : turnOf(number, cors);
  const name = isOwn
    ? `this ${scope.kind === 'api' ? 'API' : scope.kind === 'unknown' ? 'document' : scope.kind}`
    : plain(describeScope(scope));
  return `${number}. ${name} · ${file}${way === '' ? '' : ` ${way}`}${turn === '' ? '' : ` · ${turn}`}`;
}

function turnOf(number: number, cors: EffectiveCors): string {
  const isAsked = (row: OriginRow): boolean => row.answeredBy?.number === number;
  const rows = cors.origins.filter(isAsked);
  if (rows.length === 0) return '**never reached**';
  return rows.every((row) => row.mayBeStoppedBy.length > 0) ? '**may not be reached**' : '';
}

function originLines(cors: EffectiveCors): readonly string[] {
  const isAlone = cors.participants.length === 1;
  const shown = cors.origins.slice(0, mostOrigins);
  const lines = shown.map(
    (row) => `- ${row.written === '*' ? '**every origin**' : code(row.written)} ${originResult(row, isAlone)}`,
  );
  if (cors.origins.length > shown.length) lines.push(`- … and ${cors.origins.length - shown.length} more origins`);
  const unlisted = unlistedText[cors.unlisted];
  if (unlisted !== undefined) lines.push(`- any other origin ${unlisted}`);
  return lines;
}

function originResult({ answeredBy, stoppedBy, mayBeStoppedBy, mayBeAnsweredBy }: OriginRow, isAlone: boolean): string {
  const atRunTime = mayBeAnsweredBy.length > 0 ? `, unless ${numbers(mayBeAnsweredBy)} matches it at run time` : '';
  if (stoppedBy !== undefined) return `→ **refused** by ${stoppedBy.number}${atRunTime}`;
  if (answeredBy === undefined) return `→ nobody answers${atRunTime}`;
  if (mayBeStoppedBy.length === 0) return `→ ${isAlone ? 'allowed' : `answered by ${answeredBy.number}`}${atRunTime}`;
  const [first] = mayBeStoppedBy;
  const attribute = first?.cors.terminateUnmatched === undefined ? 'its unset attribute means' : 'its attribute says';
  return `→ **refused** by ${numbers(mayBeStoppedBy)} if ${attribute} true, answered by ${answeredBy.number} if false${atRunTime}`;
}

function numbers(participants: readonly CorsParticipant[]): string {
  return participants.map(({ number }) => number).join(' or ');
}

/** cors-semantics 2.4 and 3. */
const unlistedText: Readonly<Record<EffectiveCors['unlisted'], string | undefined>> = {
  noCors: undefined,
  everyOriginListed: undefined,
  stopped: '→ empty 200 without CORS headers, for preflights and for GET and HEAD; browsers refuse it',
  passed:
    '→ a preflight gets an empty 200, a real request runs; neither gets CORS headers, so browsers refuse the answer',
  undecided:
    '→ a preflight gets an empty 200 without CORS headers, and so do GET and HEAD unless the unset attribute means false; browsers refuse either',
};

/** `**1** allows methods `*` · headers `*` · exposes `*` · credentials · max-age 300 s` */
function grantsLine({ number, cors }: CorsParticipant, isNumbered: boolean): string {
  const parts = [
    `methods ${cors.methods === undefined ? '`GET`, `POST` (the default)' : listed(cors.methods)}`,
    `headers ${listed(cors.headers)}`,
    `exposed headers ${listed(cors.exposeHeaders)}`,
    `credentials ${cors.allowCredentials.known ? (cors.allowCredentials.value ? 'yes' : 'no') : 'decided at run time'}`,
    `max-age ${maxAge(cors)}`,
    `terminate-unmatched-request ${terminate(cors)}`,
  ];
  return `${isNumbered ? `**${number}** allows ` : 'Allows '}${parts.join(' · ')}`;
}

function listed(list: CorsList | undefined): string {
  if (list === undefined || list.entries.length === 0) return 'none';
  return list.entries.map(({ value }) => (value.known ? code(value.value) : `*${plain(value.because)}*`)).join(', ');
}

function maxAge({ maxAgeSeconds }: CorsPolicy): string {
  if (!maxAgeSeconds.known) return 'decided at run time';
  return maxAgeSeconds.value === 0 ? '0 (every call asks again)' : `${maxAgeSeconds.value} s`;
}

function terminate({ terminateUnmatched }: CorsPolicy): string {
  if (terminateUnmatched === undefined) return '**not set** (sources disagree: true or false)';
  return terminateUnmatched.known ? String(terminateUnmatched.value) : 'decided at run time';
}

function notes(cors: EffectiveCors, context: EffectiveContext): readonly string[] {
  const result: string[] = [];
  for (const { item, after } of cors.unknown) {
    const place = after === 0 && cors.participants.length > 0 ? ' It comes first.' : '';
    const portal = item.scope.kind === 'global' ? ' The developer portal may have written a `cors` there.' : '';
    result.push(`**Not known:** ${plain(item.because)}.${place}${portal}`);
  }
  if (cors.participants.some(({ statement }) => statement.scope.kind === 'product')) {
    result.push(
      'A preflight with the key in a header does not belong to a product, so the product’s `cors` takes no part in it; with the key in the query string it does.',
    );
  }
  const options = context.apiFacts?.operations?.filter(({ method }) => method === 'OPTIONS') ?? [];
  if (options.length > 0) {
    const urls = joinNames(options.slice(0, 3).map(({ urlTemplate }) => code(urlTemplate)));
    result.push(
      `${urls} ${options.length > 1 ? 'have' : 'has'} an OPTIONS operation: preflights there run it instead of the \`cors\` logic.`,
    );
  }
  return result;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
