import type { PolicyDocument } from '../syntax/policyTree';
import { textOf } from '../syntax/treeQueries';
import { closestName } from '../text/closestName';
import { contextAccesses } from '../workspace/contextAccesses';
import type { Reference } from '../workspace/documentReferences';
import { namesSetAround } from './namesSetAround';
import type { Fix, Rule } from './rule';

export const unsetVariable: Rule = {
  meta: {
    id: 'unset-variable',
    summary: 'C# reads a policy variable by its name that no policy sets for the same requests.',
    category: 'references',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/set-variable-policy',
      'https://learn.microsoft.com/azure/api-management/api-management-policy-expressions#ContextVariables',
      'https://learn.microsoft.com/dotnet/api/system.collections.generic.ireadonlydictionary-2.item',
    ],
  },
  checkReferences(context, report) {
    const { document, references } = context;
    const own = references.index.referencesOf(document.path)?.references.filter(({ kind }) => kind === 'variable');
    if (own === undefined || own.length === 0) return;
    const set = new Set(own.flatMap(({ name, isWritten }) => (isWritten ? [name] : [])));
    const unset = own.filter(({ name }) => !set.has(name));
    if (unset.length === 0 || document.problems.length > 0) return;
    const certain = certainReads(document);
    const suspects = unset.filter(({ span }) => certain.has(span.start));
    // Looked at last, since it takes other files.
    const names = suspects.map(({ name }) => name);
    const around = names.length === 0 ? undefined : namesSetAround(context, names);
    if (around === undefined) return;
    for (const suspect of suspects) {
      if (around.has(suspect.name)) continue;
      report({
        document,
        span: suspect.span,
        message: `No policy sets the variable "${suspect.name}" for the requests that run this expression, and reading it fails there. Correct the name, set it before with <set-variable>, or read it with GetValueOrDefault.`,
        fixes: () => closestFix(suspect, [...set, ...around], document),
      });
    }
  },
};

/**
 * Where the document reads a variable that it takes for granted: `context.Variables["|name"]`. Not where some C# of the
 * document asks whether there is one, or catches what reading throws.
 */
function certainReads(document: PolicyDocument): ReadonlySet<number> {
  const asked = new Set<string>();
  const reads: { readonly name: string; readonly start: number }[] = [];
  for (const { variable, members } of contextAccesses(document)) {
    if (variable === undefined) continue;
    if (members.length > 1) asked.add(variable.name);
    else reads.push({ name: variable.name, start: variable.span.start });
  }
  const isOpen = document.expressions.some(({ span }) => asksInAnotherWay.test(textOf(document, span)));
  return new Set(isOpen ? [] : reads.flatMap(({ name, start }) => (asked.has(name) ? [] : [start])));
}

/** Catches, goes through the names (`Variables.Keys`), or hands the dictionary on (`Each(context.Variables)`). */
const asksInAnotherWay =
  /\bcatch\b|\bVariables\s*\??\.\s*(?!ContainsKey\b|GetValueOrDefault\b|TryGetValue\b)\w|\bVariables\s*[^\s.?![\w]/;

function closestFix(
  { name, span }: Reference,
  names: readonly string[],
  { path, version, isEmbedded }: PolicyDocument,
): readonly Fix[] {
  const closest = closestName(name, names);
  if (closest === undefined || isEmbedded) return [];
  return [{ id: 'use-closest', title: `Change to "${closest}"`, edits: [{ path, span, newText: closest, version }] }];
}
