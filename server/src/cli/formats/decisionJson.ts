import type { CallExplanation, CorsDecision, DecisionStep, PolicyPlace } from '../../core';
import type { JsonPlace, Places } from '../places';

/** A decision about one request (contract: design, "A CORS decision"). */
export function decisionJson(decision: CorsDecision, places: Places): object {
  const { outcome, by, via, status, headers, browser, browserBecause, because, deciding, steps } = decision;
  return {
    outcome,
    by: by ?? null,
    via: via ?? null,
    status: status ?? null,
    headers,
    browser,
    browserBecause,
    because,
    deciding: deciding === undefined ? null : placeJson(deciding, places),
    steps: steps.map((step) => stepJson(step, places)),
    assumptions: decision.assumptions,
    alternatives: decision.alternatives.map((alternative) => ({ ...alternative, by: alternative.by ?? null })),
  };
}

function stepJson({ what, scope, place, result, because, source }: DecisionStep, places: Places): object {
  const where = place === undefined ? { file: null, range: null } : placeJson(place, places);
  return { what, scope: scope?.kind ?? null, ...where, result, because, source };
}

function placeJson({ document, span }: PolicyPlace, places: Places): JsonPlace {
  return places.inDocument(document, span);
}

/** `cors --format json`. Beyond the contract's form: `hints` for the page, `readableHeaders`, and `notes` on what was taken for granted. */
export function callJson(explanation: CallExplanation, notes: readonly string[], places: Places): object {
  const { needsPreflight, why, preflight, actual, browser, console, because, cachedForSeconds, hints } = explanation;
  const { readableHeaders } = explanation;
  return {
    version: 1,
    needsPreflight,
    why,
    preflight: preflight === undefined ? null : decisionJson(preflight, places),
    actual: actual === undefined ? null : decisionJson(actual, places),
    browser,
    console: console ?? null,
    because,
    cachedForSeconds,
    hints,
    readableHeaders: readableHeaders ?? null,
    notes,
  };
}
