import { corsSources } from './corsSources';

/** Every question that Microsoft's documents leave open or answer in two ways (cors-semantics 0.3), with its values. */
export interface SwitchSettings {
  /** `unknown`: computed as `true`, the worse one, and `false` shown beside it. */
  readonly terminateDefault: 'true' | 'false' | 'unknown';
  readonly mismatchScope: 'origin-only' | 'whole-policy';
  readonly nonSimpleUnmatched: 'pass-without-headers' | 'terminate';
  readonly laterCorsOnActual: 'applies' | 'ignored';
  readonly wildcardWithCredentials: 'echo-origin' | 'literal-star';
  readonly listEcho: 'echo-requested' | 'configured-list';
  readonly keyErrorHeaders: 'yes-inline' | 'no';
  readonly openProductOnPreflight: 'yes' | 'no';
  readonly missingSection: 'nothing-inherited' | 'like-base';
  readonly wildcardMixed: 'star-wins' | 'refused';
  readonly originScheme: 'http-only' | 'any';
  readonly repeatedCors: 'accepted' | 'refused';
  readonly allowedHeadersAbsent: 'accepted' | 'refused';
}

export type SwitchName = keyof SwitchSettings;

/** One switch as data: what is asked, what each value stands for, and where the sources are. */
export interface AssumptionSwitch {
  readonly question: string;
  /** Value → the sentence that it stands for. */
  readonly values: Readonly<Record<string, string>>;
  readonly sources: readonly string[];
}

/** The settings that answers use where the project file says nothing (cors-semantics 0.3, "recommended setting"). */
export const recommendedSwitches: SwitchSettings = {
  terminateDefault: 'unknown',
  mismatchScope: 'origin-only',
  nonSimpleUnmatched: 'pass-without-headers',
  laterCorsOnActual: 'applies',
  wildcardWithCredentials: 'echo-origin',
  listEcho: 'echo-requested',
  keyErrorHeaders: 'yes-inline',
  openProductOnPreflight: 'yes',
  missingSection: 'nothing-inherited',
  wildcardMixed: 'star-wins',
  originScheme: 'http-only',
  repeatedCors: 'accepted',
  allowedHeadersAbsent: 'accepted',
};

const issue = (number: number): string => `https://github.com/MicrosoftDocs/azure-docs/issues/${number}`;

/** Question, values and sources of every switch. */
export const assumptionSwitches: Readonly<Record<SwitchName, AssumptionSwitch>> = {
  terminateDefault: {
    question: 'What does a cors without terminate-unmatched-request do?',
    values: {
      true: 'a cors without terminate-unmatched-request ends requests of other origins with an empty 200',
      false: 'a cors without terminate-unmatched-request lets requests of other origins go on',
      unknown: 'the sources disagree about a cors without terminate-unmatched-request, so both are computed',
    },
    sources: [corsSources.cors, 'https://github.com/MicrosoftDocs/azure-docs/pull/127474', issue(71283), issue(73666)],
  },
  mismatchScope: {
    question: 'Does a listed origin with an unlisted method or header count as unmatched?',
    values: {
      'origin-only':
        'only the origin decides whether a cors answers a preflight; method and headers are left to the browser',
      'whole-policy': 'a preflight whose method or headers are not listed counts as unmatched',
    },
    sources: [corsSources.cors],
  },
  nonSimpleUnmatched: {
    question: 'Does a terminating cors also end POST, PUT and other real requests of unlisted origins?',
    values: {
      'pass-without-headers': 'only GET and HEAD of unlisted origins are ended; other methods reach the backend',
      terminate: 'every real request of an unlisted origin is ended with an empty 200',
    },
    sources: [corsSources.cors, issue(71283)],
  },
  laterCorsOnActual: {
    question: 'On a real request, does a later cors count after a first one that did not match and did not end it?',
    values: {
      applies: 'a later cors adds its headers to the real response',
      ignored: 'only the first cors counts on real requests',
    },
    sources: [corsSources.cors, corsSources.developerPortal],
  },
  wildcardWithCredentials: {
    question: 'What does the gateway send for the origin * with allow-credentials="true"?',
    values: {
      'echo-origin': "the caller's origin is repeated, so that any site may call with credentials",
      'literal-star': 'a literal * is sent, which browsers refuse for calls with credentials',
    },
    sources: [corsSources.cors, corsSources.fetch],
  },
  listEcho: {
    question: 'Do Access-Control-Allow-Methods and -Headers hold what was asked for, or the configured list?',
    values: {
      'echo-requested': 'the requested method and header names are repeated where they are allowed',
      'configured-list': 'the configured lists are sent as they are written, * included',
    },
    sources: [corsSources.cors, corsSources.fetch],
  },
  keyErrorHeaders: {
    question: 'Does the 401 for a missing or invalid subscription key carry CORS headers?',
    values: {
      'yes-inline': 'the 401 for a wrong key carries the headers of a cors that stands in the policy itself',
      no: 'the 401 for a wrong key carries no CORS headers',
    },
    sources: ['https://github.com/Azure/api-management-developer-portal/issues/2202', issue(55313)],
  },
  openProductOnPreflight: {
    question: 'Does a preflight without a key run in the context of an open product?',
    values: {
      yes: 'a preflight without a key runs the policy of an open product',
      no: 'a preflight without a key runs no product policy',
    },
    sources: [corsSources.subscriptions],
  },
  missingSection: {
    question: 'What does a policy document without the section element inherit there?',
    values: {
      'nothing-inherited': 'a missing section inherits nothing',
      'like-base': 'a missing section inherits like one with <base />',
    },
    sources: ['https://github.com/Azure/PSRule.Rules.Azure/issues/3413', corsSources.policies],
  },
  wildcardMixed: {
    question: 'What becomes of * beside other origins?',
    values: {
      'star-wins': '* beside other origins admits every origin',
      refused: 'the service refuses to save * beside other origins',
    },
    sources: [corsSources.cors],
  },
  originScheme: {
    question: 'Are origins with a scheme other than http and https accepted?',
    values: {
      'http-only': 'the service refuses origins with a scheme other than http and https',
      any: 'origins with any scheme are accepted',
    },
    sources: ['https://github.com/Azure/api-management-policy-snippets/issues/39'],
  },
  repeatedCors: {
    question: 'What becomes of two cors in one section of one document?',
    values: {
      accepted: 'of two cors in one section of one document the first counts',
      refused: 'the service refuses to save two cors in one section',
    },
    sources: [corsSources.cors],
  },
  allowedHeadersAbsent: {
    question: 'Is a cors without allowed-headers accepted?',
    values: {
      accepted: 'a cors without allowed-headers is accepted and allows no custom header',
      refused: 'the service refuses to save a cors without allowed-headers',
    },
    sources: [corsSources.cors],
  },
};

/** In the order of this file. */
export const switchNames = Object.keys(assumptionSwitches) as readonly SwitchName[];

/** The values that an answer can be computed with: `unknown` is none of them. */
export function computableValues(name: SwitchName): readonly string[] {
  return Object.keys(assumptionSwitches[name].values).filter((value) => value !== 'unknown');
}

/** The sentence that a setting stands for; undefined for a name or value that does not exist. */
export function describeAssumption(name: string, value: string): string | undefined {
  const isSwitch = (candidate: string): candidate is SwitchName => Object.hasOwn(assumptionSwitches, candidate);
  return isSwitch(name) ? assumptionSwitches[name].values[value] : undefined;
}

/** A full set of settings: what is given, and the recommended rest. */
export function completeSwitches(assume: Partial<SwitchSettings> | undefined): SwitchSettings {
  const given = Object.entries(assume ?? {}).filter(([, value]) => value !== undefined);
  return { ...recommendedSwitches, ...Object.fromEntries(given) };
}
