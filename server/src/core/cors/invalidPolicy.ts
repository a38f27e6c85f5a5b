import { sectionNames } from '../syntax/policyTree';
import { allCors, type CorsFlow, type FlowCors } from './corsFlow';
import { describeCors } from './corsNames';
import type { CorsRequest } from './corsSituation';
import { endRun } from './endings';
import type { Ending, Evaluation } from './evaluation';
import { hasUnusualScheme, type OriginProblem, originRefusal } from './origin';
import { noteStatement } from './questions';

/**
 * Ends the run where the service would refuse to save a `cors` of this policy; undefined where it accepts all of them.
 *
 * Nothing can be said about requests then: the gateway still runs whatever was deployed before.
 */
export function evaluateRefusal(evaluation: Evaluation, flow: CorsFlow, request: CorsRequest): Ending | undefined {
  for (const section of sectionNames) {
    for (const item of allCors(flow.sections[section])) {
      const refusal =
        section === 'inbound'
          ? findRefusal(evaluation, item)
          : `it stands in ${section}, and cors is allowed in inbound only`;
      if (refusal === undefined) continue;
      const because = `the service refuses to save ${describeCors(item)}: ${refusal}.`;
      noteStatement(evaluation, item, 'refused by the service', because);
      return endRun(evaluation, request, { outcome: 'invalid-policy', by: item, because, browser: 'not-applicable' });
    }
  }
  return undefined;
}

function findRefusal(evaluation: Evaluation, item: FlowCors): string | undefined {
  const { cors } = item;
  for (const origin of cors.origins) {
    const problem = originRefusal(origin, { originScheme: 'any' });
    if (problem !== undefined) return `the origin "${origin.written}" ${describeOriginProblem(problem)}`;
    const isUnusual = !origin.isExpression && origin.parsed !== undefined && hasUnusualScheme(origin.parsed);
    if (isUnusual && evaluation.consult('originScheme') === 'http-only') {
      return `the origin "${origin.written}" ${describeOriginProblem('scheme')}`;
    }
  }
  const isStar = cors.origins.map(({ parsed, isExpression }) => !isExpression && parsed?.kind === 'any');
  if (cors.origins.length > 1 && isStar.includes(true) && evaluation.consult('wildcardMixed') === 'refused') {
    return '* stands beside other origins';
  }
  if (cors.headers === undefined && evaluation.consult('allowedHeadersAbsent') === 'refused') {
    return 'allowed-headers is required and not there';
  }
  if (item.isRepeated && evaluation.consult('repeatedCors') === 'refused') {
    return 'it is the second one in the section, and cors may be used once';
  }
  return undefined;
}

/** A clause behind the origin: `"https://*.contoso.com" is a pattern, and …`. */
export function describeOriginProblem(problem: OriginProblem | 'scheme'): string {
  return originProblemTexts[problem];
}

const originProblemTexts: Readonly<Record<OriginProblem | 'scheme', string>> = {
  empty: 'is empty',
  several: 'holds several origins, and one element holds one',
  quotes: 'has quotes, which must not be used',
  whitespace: 'has white space in it',
  pattern: 'is a pattern, and only whole origins or a single * are supported',
  'no-scheme': 'has no scheme such as https://',
  path: 'has a path, and an origin is scheme, host and port only',
  query: 'has a query or fragment, and an origin is scheme, host and port only',
  host: 'has no host or port that can be read',
  scheme: 'has a scheme other than http and https',
};
