import { findNodeAtLocation, getLocation, parseTree } from 'jsonc-parser';
import { parentFolder, relativeTo } from '../text/paths';
import type { Span } from '../text/span';
import { describeScope, type PolicyScope } from '../workspace/policyScope';
import type { ProjectSettings } from '../workspace/projectSettings';
import { apiFactsOf, productsWith } from '../workspace/scopeChains';
import type { PlacedDocument, WorkspaceModel } from '../workspace/workspaceModel';

/** A value that fits a place in a file of CORS tests. */
export interface CaseCompletion {
  readonly value: string;
  /** For people: "API orders", "GET /orders". */
  readonly detail: string;
}

/** What fits, and the text that it takes the place of: a string with its quotes, or nothing. */
export interface CaseCompletions {
  readonly span: Span;
  readonly items: readonly CaseCompletion[];
}

/** Where values come from. */
export interface CaseSurroundings {
  /** Of the file of tests. */
  readonly path: string;
  /** Paths are relative to the folder of the file of tests, or to the first of these that holds the policy. */
  readonly folders: readonly string[];
  readonly model: WorkspaceModel;
  readonly settings: ProjectSettings;
  /** The policy that a target's `file` names; undefined where it names none. */
  readonly findTarget: (file: string) => PlacedDocument | undefined;
}

/**
 * Names from the workspace at a place in a file of CORS tests: policy files, operations, products, and the team's origins.
 * Undefined elsewhere: keys and fixed values come from the schema. Never throws for a text.
 */
export function completeCorsCase(
  text: string,
  offset: number,
  surroundings: CaseSurroundings,
): CaseCompletions | undefined {
  try {
    return completeAt(text, offset, surroundings);
  } catch (error) {
    // The JSON reader calls itself for each level, so a text of brackets takes its stack away.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function completeAt(text: string, offset: number, surroundings: CaseSurroundings): CaseCompletions | undefined {
  const { path, previousNode, isAtPropertyKey } = getLocation(text, offset);
  const [index, part, key] = path;
  if (isAtPropertyKey || path.length !== 3 || index === undefined) return undefined;
  const items = itemsFor(`${part}.${key}`, () => targetFile(text, index), surroundings);
  if (items === undefined) return undefined;
  const isInString =
    previousNode?.type === 'string' &&
    previousNode.offset < offset &&
    offset <= previousNode.offset + previousNode.length;
  const span = isInString
    ? { start: previousNode.offset, end: previousNode.offset + previousNode.length }
    : { start: offset, end: offset };
  return { span, items };
}

function targetFile(text: string, index: string | number): string | undefined {
  const tree = parseTree(text);
  const node = tree && findNodeAtLocation(tree, [index, 'target', 'file']);
  return node?.type === 'string' ? String(node.value) : undefined;
}

function itemsFor(
  place: string,
  file: () => string | undefined,
  surroundings: CaseSurroundings,
): readonly CaseCompletion[] | undefined {
  const target = (): PlacedDocument | undefined => {
    const name = file();
    return name === undefined ? undefined : surroundings.findTarget(name);
  };
  switch (place) {
    case 'target.file':
      return policyFiles(surroundings);
    case 'target.operation':
      return operationsOf(target());
    case 'target.product':
      return productsOf(target());
    case 'request.origin':
      return surroundings.settings.origins.map((value) => ({ value, detail: 'cors.origins in the project file' }));
    default:
      return undefined;
  }
}

/** Policies of products are left out: requests go to APIs. So is a path that would lead to another policy nearer by. */
function policyFiles({ path, folders, model, findTarget }: CaseSurroundings): readonly CaseCompletion[] {
  const bases = [parentFolder(path) ?? '/', ...folders];
  return [...model.documents.values()].flatMap((document): readonly CaseCompletion[] => {
    const scope = scopeOf(document);
    const value = bases.map((base) => relativeTo(base, document.path)).find((relative) => relative !== undefined);
    if (scope === undefined || scope.kind === 'product' || value === undefined) return [];
    if (findTarget(value)?.path !== document.path) return [];
    return [{ value, detail: describeScope(scope) }];
  });
}

function operationsOf(target: PlacedDocument | undefined): readonly CaseCompletion[] {
  const scope = target && scopeOf(target);
  if (target === undefined || scope === undefined) return [];
  const operations = apiFactsOf(scope, target.service)?.operations ?? [];
  return operations.map(({ id, method, urlTemplate }) => ({ value: id, detail: `${method} ${urlTemplate}` }));
}

function productsOf(target: PlacedDocument | undefined): readonly CaseCompletion[] {
  const scope = target && scopeOf(target);
  if (target === undefined || (scope?.kind !== 'api' && scope?.kind !== 'operation')) return [];
  return productsWith(scope, target.service).map(({ id, subscriptionRequired }) => ({
    value: id,
    detail: subscriptionRequired === false ? 'open product' : 'product',
  }));
}

function scopeOf({ placement }: PlacedDocument): PolicyScope | undefined {
  return placement.kind === 'definition' ? placement.scope : undefined;
}
