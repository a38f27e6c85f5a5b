import { wholeLines } from '../../text/textEdits';
import type { CorsConflict } from '../corsConflicts';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix } from '../rule';
import { describeLost } from './lostStatements';

/**
 * Removes `<base />` (cors-semantics 6.4, A). It always helps, and it is the dearest: every inherited statement of the
 * section goes, so the title names them all. The developer portal's console then needs its origin in the own `cors`.
 */
export function removeBase({ at: base }: CorsConflict, context: EffectiveContext): Fix {
  const { path, text, version } = context.document;
  const lost = describeLost(base, context);
  return {
    id: 'remove-base',
    title:
      lost === '' ? 'Remove <base />: nothing but the inherited cors is lost' : `Remove <base />: also drops ${lost}`,
    edits: [{ path, version, span: wholeLines(text, base.span), newText: '' }],
  };
}
