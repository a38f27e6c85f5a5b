import type { CorsChain, CorsParticipant } from '../cors/corsChain';
import { type CorsList, type CorsPolicy, defaultMethods } from '../cors/corsPolicy';
import type { EffectivePolicy } from '../effective/effectivePolicy';
import type { Resolved } from '../effective/resolved';
import type { EffectiveContext } from '../rules/effectiveContext';
import { type PolicyDocument, type PolicyElement, spanInFile } from '../syntax/policyTree';
import type { Span } from '../text/span';
import { capital, joinNames } from '../text/wording';
import { describeScope, type PolicyScope } from '../workspace/policyScope';
import { code, plain } from './markdown';
import { type ChainOutcomes, chainOutcomes, originLines } from './originLines';

/** Makes the address that opens a place; hosts know how. */
export type LinkTo = (path: string, span: Span) => string;

/**
 * The hover's text: participants, who answers whom, what each allows, what is not known. Short lines: hovers are narrow.
 * `explainLink`: an address that explains one request; undefined where the host has none.
 */
export function renderEffectiveCors(
  context: EffectiveContext,
  linkTo: LinkTo,
  explainLink: string | undefined,
): string {
  const blocks = new Map<string, string[]>();
  for (const policy of context.policies) {
    const block = renderChain(policy, context, linkTo);
    const name = policy.chain.product === undefined ? 'without a product' : `in product ${code(policy.chain.product)}`;
    blocks.set(block, [...(blocks.get(block) ?? []), name]);
  }
  const explain = explainLink === undefined ? '' : ` · [Explain a CORS request](${explainLink})`;
  const title = `**Effective CORS policy** of ${plain(describeScope(context.scope))}${explain}`;
  const [only] = blocks;
  if (only === undefined) return `${title}\n\nNothing is known of this document’s chain.`;
  if (blocks.size === 1) {
    const [block, names] = only;
    return `${title}\n\n${block}${names.length > 1 ? `\n\nThe same ${joinNames(names)}.` : ''}`;
  }
  const parts = [...blocks].map(([block, names]) => `*${capital(joinNames(names))}*\n\n${block}`);
  return `${title}\n\n${parts.join('\n\n---\n\n')}`;
}

function renderChain(policy: EffectivePolicy, context: EffectiveContext, linkTo: LinkTo): string {
  const chain = context.corsChain(policy);
  const paragraphs: string[] = [];
  if (chain.participants.length === 0) paragraphs.push(noCorsText(chain));
  else {
    const outcomes = chainOutcomes(chain);
    paragraphs.push(
      chain.participants.map((each) => participantLine(each, chain, outcomes, context, linkTo)).join('\n'),
      originLines(chain, outcomes).join('\n'),
      ...chain.participants.map(({ number, cors }) => {
        const who = chain.participants.length > 1 ? `**${number}** allows` : 'Allows';
        return `${who} ${describeGrants(cors)}`;
      }),
    );
  }
  paragraphs.push(...notes(policy, chain, context));
  return paragraphs.join('\n\n');
}

function noCorsText({ unknown }: CorsChain): string {
  return unknown.length > 0
    ? 'No `cors` that can be read takes part.'
    : 'No `cors` takes part: a preflight gets 404, unless the URL has an OPTIONS operation, and no response gets CORS headers.';
}

/** `1. global scope · [policy.xml](…) through `<base />` · **answers first**` */
function participantLine(
  participant: CorsParticipant,
  chain: CorsChain,
  outcomes: ChainOutcomes,
  context: EffectiveContext,
  linkTo: LinkTo,
): string {
  const { number, statement, isOwn } = participant;
  const { scope, via, ifPassedOnBy } = statement;
  const fragment = via.find((step) => step.kind === 'fragment');
  const way = [
    ...(isOwn ? [] : ['through `<base />`']),
    ...(fragment === undefined ? [] : [`in fragment ${code(fragment.fragmentId)}`]),
    ...(ifPassedOnBy.length > 0 ? [`only if ${ifPassedOnBy.map(describeScope).join(' and ')} passes it on`] : []),
  ].join(', ');
  const turn = turnOf(participant, chain, outcomes);
  const name = isOwn ? ownName(scope) : plain(describeScope(scope));
  const file = linkToElement(statement.document, statement.element, context, linkTo);
  return `${number}. ${name} · ${file}${way === '' ? '' : ` ${way}`}${turn === '' ? '' : ` · ${turn}`}`;
}

/** `[policy.xml](…)` */
export function linkToElement(
  document: PolicyDocument,
  element: PolicyElement,
  { relativePath }: Pick<EffectiveContext, 'relativePath'>,
  linkTo: LinkTo,
): string {
  const span = spanInFile(document, element.startTagSpan);
  return `[${plain(relativePath(document.path))}](${linkTo(document.path, span)})`;
}

function ownName(scope: PolicyScope): string {
  const names: Partial<Record<PolicyScope['kind'], string>> = {
    api: 'API',
    global: 'global policy',
    unknown: 'document',
  };
  return `this ${names[scope.kind] ?? scope.kind}`;
}

function turnOf({ number, statement }: CorsParticipant, chain: CorsChain, { origins }: ChainOutcomes): string {
  const isFirst =
    number === 1 && statement.ifPassedOnBy.length === 0 && !chain.unknown.some(({ after }) => after === 0);
  if (isFirst) return '**answers first**';
  const own = origins.filter(({ answeredBy }) => answeredBy?.number === number);
  if (own.length === 0) return '**never reached**';
  return own.every(({ doubts }) => doubts.some(({ kind }) => kind === 'stops')) ? '**may not be reached**' : '';
}

/** `methods `*` · headers `*` · exposed headers `*` · credentials yes · max-age 300 s · …` */
export function describeGrants(cors: CorsPolicy): string {
  const methods = cors.methods === undefined ? `${listed(defaultMethods)} (the default)` : describeList(cors.methods);
  return [
    `methods ${methods}`,
    `headers ${describeList(cors.headers)}`,
    `exposed headers ${describeList(cors.exposeHeaders)}`,
    `credentials ${describeResolved(cors.allowCredentials, (value) => (value ? 'yes' : 'no'))}`,
    `max-age ${describeResolved(cors.maxAgeSeconds, (seconds) => (seconds === 0 ? '0 (every call asks again)' : `${seconds} s`))}`,
    `terminate-unmatched-request ${terminate(cors)}`,
  ].join(' · ');
}

function describeList(list: CorsList | undefined): string {
  if (list === undefined || list.entries.length === 0) return 'none';
  return list.entries.map(({ value }) => describeResolved(value, code)).join(', ');
}

function listed(names: readonly string[]): string {
  return names.map(code).join(', ');
}

function describeResolved<T>(value: Resolved<T>, describe: (value: T) => string): string {
  return value.known ? describe(value.value) : `*not known: ${plain(value.because)}*`;
}

function terminate({ terminateUnmatched }: CorsPolicy): string {
  if (terminateUnmatched === undefined) return '**not set** (sources disagree: true or false)';
  return describeResolved(terminateUnmatched, String);
}

function notes(policy: EffectivePolicy, chain: CorsChain, context: EffectiveContext): readonly string[] {
  const result: string[] = [];
  for (const { item, after } of chain.unknown) {
    const place = after === 0 && chain.participants.length > 0 ? ' It comes first.' : '';
    const portal = item.scope.kind === 'global' ? ' The developer portal may have written a `cors` there.' : '';
    result.push(`**Not known:** ${plain(item.because)}.${place}${portal}`);
  }
  for (const { scope, section } of policy.missingSections) {
    if (section === 'inbound') {
      result.push(
        `The policy of ${plain(describeScope(scope))} has no inbound section; it is taken to inherit nothing there, which Microsoft does not state.`,
      );
    }
  }
  if (chain.participants.some(({ statement }) => statement.scope.kind === 'product')) {
    result.push(
      'A preflight with the key in a header does not belong to a product, so the product’s `cors` takes no part in it; with the key in the query string it does.',
    );
  }
  const options = context.apiFacts?.operations?.filter(({ method }) => method === 'OPTIONS') ?? [];
  if (options.length > 0) {
    const urls = joinNames(options.slice(0, 3).map(({ urlTemplate }) => code(urlTemplate)));
    const verb = options.length > 1 ? 'have' : 'has';
    result.push(`${urls} ${verb} an OPTIONS operation: preflights there run it instead of the \`cors\` logic.`);
  }
  return result;
}
