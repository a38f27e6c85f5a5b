import { matchesAllowedOrigin, missingGrants } from '../../cors/corsGrants';
import type { CorsPolicy } from '../../cors/corsPolicy';
import type { PolicyDocument, PolicyElement } from '../../syntax/policyTree';
import { childElements, childrenNamed } from '../../syntax/treeQueries';
import { encodeEntities } from '../../syntax/xmlEntities';
import { indentationAt, indentationStep, isFirstOnLine, lineEndNear } from '../../text/textEdits';
import type { CorsConflict } from '../corsConflicts';
import { counted, listSome } from '../corsMessages';
import type { EffectiveContext } from '../effectiveContext';
import type { Fix, TextEdit } from '../rule';

/**
 * Adds the origins of the own `cors` to the inherited one that comes first (cors-semantics 6.4, C), with the methods
 * and headers that they need: without those the own `cors` would be shadowed instead of refused.
 *
 * Not offered for a star or an expression, nor where it would turn on credentials for everybody else.
 */
export function addOrigins({ decider, victim }: CorsConflict, context: EffectiveContext): Fix | undefined {
  const { document } = decider.statement;
  if (victim === undefined || document.isEmbedded) return undefined;
  const inherited = decider.cors;
  const lacking = victim.cors.origins.filter((origin) => matchesAllowedOrigin(inherited, origin) !== 'yes');
  const canBeListed = lacking.every(({ written }) => written !== '*' && written !== '' && !/^@[({]/.test(written));
  const missing = missingGrants(inherited, victim.cors);
  const areNames = [...missing.methods, ...missing.headers].every((name) => !name.startsWith('('));
  if (lacking.length === 0 || !canBeListed || missing.credentials || !areNames) return undefined;

  const origins = [...new Set(lacking.map(({ written }) => written))];
  const edits = [
    addEntries(document, inherited.element, 'allowed-origins', 'origin', origins),
    ...(missing.methods.length === 0
      ? []
      : [
          addEntries(
            document,
            inherited.element,
            'allowed-methods',
            'method',
            withDefaults(inherited, missing.methods),
          ),
        ]),
    ...(missing.headers.length === 0
      ? []
      : [addEntries(document, inherited.element, 'allowed-headers', 'header', missing.headers)]),
  ];
  const also = [...counted('method', missing.methods), ...counted('header', missing.headers)];
  const what = [listSome(origins, 3), ...also].join(', ');
  return {
    id: 'add-origins',
    title: `Add ${what} to the inherited cors, for every API that inherits it (${context.relativePath(document.path)})`,
    edits,
  };
}

/** Without the element GET and POST are allowed; writing it must not take them away. */
function withDefaults(cors: CorsPolicy, methods: readonly string[]): readonly string[] {
  return cors.methods === undefined ? [...new Set(['GET', 'POST', ...methods])] : methods;
}

/** Adds entries behind the last one of a list in the list's own style; makes the list where there is none. */
function addEntries(
  document: PolicyDocument,
  cors: PolicyElement,
  listName: string,
  entryName: string,
  values: readonly string[],
): TextEdit {
  const { text } = document;
  const lineEnd = lineEndNear(text, cors.span.start);
  const entries = values.map((value) => `<${entryName}>${encodeEntities(value)}</${entryName}>`);
  const insert = (at: number, newText: string): TextEdit => ({
    path: document.path,
    version: document.version,
    span: { start: at, end: at },
    newText,
  });

  const list = childrenNamed(cors, listName).at(-1);
  const last = list === undefined ? undefined : childElements(list).at(-1);
  if (last !== undefined) {
    const glue = isFirstOnLine(text, last.span.start) ? lineEnd + indentationAt(text, last.span.start) : '';
    return insert(last.span.end, entries.map((entry) => glue + entry).join(''));
  }

  const outer = indentationAt(text, cors.span.start);
  const before = childElements(cors).at(-1);
  const inner = before === undefined ? outer : indentationAt(text, before.span.start);
  const step = indentationStep(outer, inner);
  const listIndent = outer + step;
  const lines = [`<${listName}>`, ...entries.map((entry) => step + entry), `</${listName}>`];
  const block = lines.map((line) => lineEnd + listIndent + line).join('');
  if (list !== undefined) {
    return { ...insert(list.span.start, block.trimStart()), span: list.span };
  }
  return insert(before?.span.end ?? cors.startTagSpan.end, block);
}
