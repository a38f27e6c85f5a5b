import { referenceOf } from '../catalog/policyReferences';
import { nodePathAt } from '../syntax/treeQueries';
import { spanTouches } from '../text/span';
import { kindNames } from '../workspace/definitions';
import { variableItems } from './completeVariables';
import type { CompletionItem, CompletionPlace } from './completion';

/** In an attribute that names something: the ids that the service has for it. */
export function completeReferences(place: CompletionPlace): readonly CompletionItem[] | undefined {
  const { document, offset, owner, references, relativePath } = place;
  const { innermost, attribute } = nodePathAt(document, offset);
  if (innermost === undefined || attribute === undefined || !spanTouches(attribute.valueSpan, offset)) return undefined;
  const kind = referenceOf(innermost, attribute.name);
  // An expression or a placeholder is being written, and a name that is set is the author's to choose.
  if (kind === undefined || kind === 'writtenVariable' || /[@{}$\r\n]/.test(attribute.value)) return undefined;
  const span = attribute.valueSpan;
  if (kind === 'readVariable') return variableItems(place, span);
  return references
    .definitionsIn(owner.service)
    .visible(kind, owner.workspace)
    .map(({ name, path }): CompletionItem => {
      const where = path === undefined ? '' : ` · ${relativePath(path)}`;
      const detail = `${kindNames[kind]}${where}`;
      return { label: name, kind: kind === 'fragment' ? 'fragment' : 'resource', detail, span, newText: name };
    });
}
