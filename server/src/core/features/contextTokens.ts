import type { PolicyDocument } from '../syntax/policyTree';
import { contextAccesses } from '../workspace/contextAccesses';
import type { SemanticToken } from './semanticTokens';

/** The `context` variable in the document's expressions, its documented members, and policy variables read through it. */
export function contextTokens(document: PolicyDocument): readonly SemanticToken[] {
  return contextAccesses(document).flatMap(({ contextSpan, members, variable }): readonly SemanticToken[] => [
    { span: contextSpan, type: 'variable', modifiers: ['readonly', 'defaultLibrary'] },
    ...members.map(
      ({ span, kind }): SemanticToken => ({
        span,
        type: kind,
        modifiers: kind === 'method' ? ['defaultLibrary'] : ['readonly', 'defaultLibrary'],
      }),
    ),
    ...(variable === undefined ? [] : [{ span: variable.span, type: 'variable', modifiers: [] } as const]),
  ]);
}
