import type { Finding } from '../../core';
import type { Places } from '../places';

/** `lint --format json` (contract: design, "Command line"). The first fix is the preferred one. */
export function findingsJson(findings: readonly Finding[], filesChecked: number, places: Places): object {
  return {
    version: 1,
    filesChecked,
    findings: findings.map(({ ruleId, severity, path, span, message, related, fixes }) => ({
      ruleId,
      severity,
      ...places.at(path, span),
      message,
      related: related.map((place) => ({ ...places.at(place.path, place.span), message: place.message })),
      fixes: fixes.map(({ title, isGuess, edits }, index) => ({
        title,
        preferred: index === 0 && isGuess !== true,
        edits: edits.map((edit) => ({ ...places.at(edit.path, edit.span), newText: edit.newText })),
      })),
    })),
  };
}
