import {
  type CorsChain,
  type CorsDoubt,
  type CorsParticipant,
  type OriginOutcome,
  originOutcome,
} from '../cors/corsChain';
import { matchesEveryOrigin } from '../cors/corsGrants';
import { describeOriginProblem } from '../cors/invalidPolicy';
import { originRefusal } from '../cors/origin';
import { recommendedSwitches } from '../cors/switches';
import { code, plain } from './markdown';

/** How many origins of a chain are written out; a hover is no table. */
const mostOrigins = 12;
const longestOrigin = 60;

/** What becomes of every origin that the chain lists, each once, and of all others. */
export interface ChainOutcomes {
  readonly origins: readonly OriginOutcome[];
  readonly unlisted: 'noCors' | 'everyOriginListed' | 'stopped' | 'passed' | 'undecided';
}

export function chainOutcomes(chain: CorsChain): ChainOutcomes {
  const origins = new Map<string, OriginOutcome>();
  for (const participant of chain.participants) {
    for (const origin of participant.cors.origins) {
      const key = origin.value.known ? origin.value.value : origin.written;
      if (!origins.has(key)) origins.set(key, originOutcome(origin, participant, chain));
    }
  }
  return { origins: [...origins.values()], unlisted: unlistedOrigins(chain) };
}

function unlistedOrigins({ participants }: CorsChain): ChainOutcomes['unlisted'] {
  if (participants.length === 0) return 'noCors';
  if (participants.some(({ cors }) => matchesEveryOrigin(cors))) return 'everyOriginListed';
  const readings = participants.map(({ cors }) => cors.terminateUnmatched);
  if (readings.some((reading) => reading?.known && reading.value)) return 'stopped';
  return readings.every((reading) => reading?.known) ? 'passed' : 'undecided';
}

/** One list entry per origin, and one for all that nobody lists. */
export function originLines(chain: CorsChain, { origins, unlisted }: ChainOutcomes): readonly string[] {
  const isAlone = chain.participants.length === 1;
  const lines = origins
    .slice(0, mostOrigins)
    .map((outcome) => `- ${originName(outcome)} ${resultOf(outcome, isAlone)}`);
  if (origins.length > mostOrigins) lines.push(`- … and ${origins.length - mostOrigins} more origins`);
  const others = unlistedText(unlisted, chain);
  if (others !== undefined) lines.push(`- any other origin ${others}`);
  return lines;
}

/** C# is cut; a named value is followed by what it stands for. */
function originName({ origin }: OriginOutcome): string {
  const { written, value } = origin;
  if (written === '') return 'an empty origin';
  if (value.known && value.value === '*') return '**every origin**';
  const shown = written.length > longestOrigin ? `${written.slice(0, longestOrigin - 1)}…` : written;
  const isReplaced = value.known && value.value !== written;
  return isReplaced ? `${code(shown)} (${code(value.value)})` : code(shown);
}

function resultOf(outcome: OriginOutcome, isAlone: boolean): string {
  const { origin, answeredBy, stoppedBy, doubts } = outcome;
  const problem = originRefusal(origin, recommendedSwitches);
  if (problem !== undefined) return `→ *the service refuses to save this*: it ${plain(describeOriginProblem(problem))}`;
  const prefix = origin.value.known || origin.repeatsRequestOrigin ? '' : `(${plain(origin.value.because)}) `;
  return `${prefix}→ ${ending(answeredBy, stoppedBy, doubts, isAlone)}${otherwise(doubts)}`;
}

function ending(
  answeredBy: CorsParticipant | undefined,
  stoppedBy: CorsParticipant | undefined,
  doubts: readonly CorsDoubt[],
  isAlone: boolean,
): string {
  if (stoppedBy !== undefined) return `**refused** by ${stoppedBy.number}`;
  if (answeredBy === undefined) return 'nobody answers';
  const stops = doubts.flatMap((doubt) => (doubt.kind === 'stops' ? [doubt.participant] : []));
  if (stops.length === 0) return isAlone ? 'allowed' : `answered by ${answeredBy.number}`;
  const isUnset = stops.every(({ cors }) => cors.terminateUnmatched === undefined);
  const attribute = isUnset ? 'its unset attribute means true' : 'its attribute turns out to be true';
  return `**refused** by ${numbers(stops)} if ${attribute}, answered by ${answeredBy.number} if false`;
}

/** What may come out differently: a list that is decided at run time, or something before that cannot be read. */
function otherwise(doubts: readonly CorsDoubt[]): string {
  const answers = doubts.flatMap((doubt) => (doubt.kind === 'answers' ? [doubt.participant] : []));
  const cases = [
    ...(answers.length > 0 ? [`${numbers(answers)} lists it at run time`] : []),
    ...(doubts.some(({ kind }) => kind === 'unknown') ? ['**what is not known** decides first'] : []),
  ];
  return cases.length === 0 ? '' : `, unless ${cases.join(' or ')}`;
}

function numbers(participants: readonly CorsParticipant[]): string {
  return [...new Set(participants.map(({ number }) => number))].join(' or ');
}

/** cors-semantics 2.4 and 3. */
function unlistedText(unlisted: ChainOutcomes['unlisted'], { participants, unknown }: CorsChain): string | undefined {
  const unless = unknown.length > 0 ? ', unless what is not known admits it' : '';
  switch (unlisted) {
    case 'stopped':
      return `→ empty 200 without CORS headers, for preflights and for GET and HEAD; browsers refuse it${unless}`;
    case 'passed':
      return `→ a preflight gets an empty 200, a real request runs; neither gets CORS headers, so browsers refuse the answer${unless}`;
    case 'undecided': {
      const isUnset = participants.some(({ cors }) => cors.terminateUnmatched === undefined);
      const attribute = isUnset ? 'the unset attribute means false' : 'the attribute turns out to be false';
      return `→ a preflight gets an empty 200 without CORS headers, and so do GET and HEAD unless ${attribute}; browsers refuse either${unless}`;
    }
    default:
      return undefined;
  }
}
