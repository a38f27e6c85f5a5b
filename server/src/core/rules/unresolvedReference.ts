import { cursorOver } from '../syntax/forwardSearch';
import type { PolicyDocument } from '../syntax/policyTree';
import { allElements, attributeText } from '../syntax/treeQueries';
import { closestName } from '../text/closestName';
import { relativeTo } from '../text/paths';
import { kindNames } from '../workspace/definitions';
import type { Reference } from '../workspace/documentReferences';
import type { ReferenceContext } from './referenceContext';
import type { Fix, ReportSink } from './rule';

type CheckedKind = 'fragment' | 'namedValue' | 'backend' | 'logger';

/** Reports every name of a kind that the files of the service do not define, where they would. */
export function reportUnresolved(kind: CheckedKind, context: ReferenceContext, report: ReportSink): void {
  const { document, owner, references } = context;
  const named = references.index.referencesOf(document.path)?.references.filter((each) => each.kind === kind) ?? [];
  if (named.length === 0) return;
  const definitions = references.definitionsIn(owner.service);
  const undefinedHere = named.filter(({ name }) => definitions.find(kind, name, owner.workspace) === undefined);
  // Looked at last, since it takes the whole document: mostly every name is defined.
  if (undefinedHere.length === 0) return;
  const isTold = definitions.isTold(kind, owner.workspace) && !hasGaps(kind, context);
  const isInLiquid = liquidTemplates(document);
  for (const reference of undefinedHere) {
    if (kind === 'namedValue' && isInLiquid(reference.span.start)) continue;
    // A workspace may have named values that are not extracted, but none of the service’s is among them.
    const isOfService =
      owner.workspace !== undefined && definitions.find(kind, reference.name, undefined) !== undefined;
    if (!isTold && !isOfService) continue;
    const message = `${whatIsMissing(reference.name, kind, isOfService, owner.workspace)} ${consequences[kind]}`;
    report({ document, span: reference.span, message, fixes: () => closestFix(reference, kind, context) });
  }
}

const consequences: Readonly<Record<CheckedKind, string>> = {
  fragment:
    'What it brings in is not known, and a deployment fails where the service has no such fragment either. Correct the id, or extract the fragment.',
  namedValue:
    'The service refuses a policy with a name that it cannot replace. Correct the name, or add the named value.',
  backend:
    'The service refuses a policy that names a backend that it does not have. Correct the id, or add the backend.',
  logger: 'Without it nothing can be logged there. Correct the id, or add the logger.',
};

function whatIsMissing(name: string, kind: CheckedKind, isOfService: boolean, workspace: string | undefined): string {
  return isOfService
    ? `The ${kindNames[kind]} "${name}" is the service’s, which policies of workspace ${workspace} cannot use.`
    : `The files of the service have no ${kindNames[kind]} "${name}".`;
}

const informationFiles: Partial<Record<CheckedKind, RegExp>> = {
  fragment: /fragment_?information\.json$/i,
  namedValue: /named_?value_?information\.json$/i,
};

/** True where a file cannot be read that might define the name. */
function hasGaps(kind: CheckedKind, { owner, store }: ReferenceContext): boolean {
  const { root, facts } = owner.service;
  return (
    facts.problems.some(({ path }) => informationFiles[kind]?.test(path)) ||
    store.unreadablePaths().some(({ path }) => relativeTo(root, path) !== undefined)
  );
}

/** Liquid templates: there, double braces may be the template’s own. Answers for offsets in rising order. */
function liquidTemplates(document: PolicyDocument): (offset: number) => boolean {
  const spans = [...allElements(document)]
    .filter((element) => element.name === 'set-body' && attributeText(element, 'template') === 'liquid')
    .map(({ span }) => span);
  return cursorOver(spans);
}

function closestFix(
  { name, span }: Reference,
  kind: CheckedKind,
  { document, owner, references }: ReferenceContext,
): readonly Fix[] {
  const visible = references.definitionsIn(owner.service).visible(kind, owner.workspace);
  const closest = closestName(
    name,
    visible.map((definition) => definition.name),
  );
  if (closest === undefined || document.isEmbedded) return [];
  const edit = { path: document.path, span, newText: closest, version: document.version };
  return [{ id: 'use-closest', title: `Change to "${closest}"`, edits: [edit] }];
}
