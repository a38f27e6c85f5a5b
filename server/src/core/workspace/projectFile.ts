import { type OutputUnit, type Schema, Validator } from '@cfworker/json-schema';
import { findNodeAtLocation, getNodeValue, type Node, type ParseError, parseTree } from 'jsonc-parser';
import type { Span } from '../text/span';
import { describeJsonError, isRecord } from './jsonText';
import { defaultSettings, type ProjectSettings, type ScopeMapping } from './projectSettings';
import { idsOfScope } from './scopeIds';
import type { Severity } from './severity';

/** The settings of one project file, and what is wrong with it. Wrong parts are left out; the rest counts. */
export interface ProjectFile {
  readonly settings: ProjectSettings;
  readonly problems: readonly { readonly span: Span; readonly message: string }[];
}

/** Reads a project file. Comments and trailing commas are accepted. Never throws. */
export function readProjectFile(path: string, text: string, schema: object): ProjectFile {
  try {
    return readObject(path, text, schema);
  } catch (error) {
    // The JSON reader calls itself for each level, so a text of brackets takes its stack away.
    if (!(error instanceof RangeError)) throw error;
    return withoutSettings(path, text, 'The project file is nested too deeply to be read, so no setting of it counts.');
  }
}

function withoutSettings(path: string, text: string, why: string): ProjectFile {
  const span = { start: 0, end: Math.min(text.length, 1) };
  return { settings: { ...defaultSettings, path }, problems: [{ span, message: `${why} ${howToMend}` }] };
}

function readObject(path: string, text: string, schema: object): ProjectFile {
  const errors: ParseError[] = [];
  // A BOM is no JSON, but editors write it; a blank keeps every offset.
  const tree = parseTree(text.replace(/^\uFEFF/, ' '), errors, { allowTrailingComma: true });
  if (tree === undefined || tree.type !== 'object') return withoutSettings(path, text, notAnObject);
  // Further errors follow from the first.
  const broken = errors.slice(0, 1).map((error) => ({
    span: { start: error.offset, end: error.offset + Math.max(error.length, 1) },
    message: `This is not valid JSON: ${describeJsonError(error.error)}. What can be read still counts.`,
  }));
  const invalid = schemaProblems(tree, schema);
  // What is left must be valid as a whole: an entry without its required part goes too, without a second finding.
  for (let rest = invalid; rest.length > 0; rest = schemaProblems(tree, schema)) {
    for (const { node } of rest) removeNode(node);
  }
  const problems = [...broken, ...invalid.map(({ span, message }) => ({ span, message })), ...scopeProblems(tree)];
  return {
    settings: settingsFrom(path, getNodeValue(tree)),
    problems: problems.sort((one, other) => one.span.start - other.span.start),
  };
}

/** Entries of `scopes` that no schema refuses, and that do not say what their author meant. */
function scopeProblems(tree: Node): ProjectFile['problems'] {
  return (findNodeAtLocation(tree, ['scopes'])?.children ?? []).flatMap((node) => {
    const mapping = getNodeValue(node) as ScopeMapping;
    const problem = scopeProblem(mapping);
    return problem === undefined
      ? []
      : [{ span: { start: node.offset, end: node.offset + node.length }, message: problem }];
  });
}

function scopeProblem(mapping: ScopeMapping): string | undefined {
  const inGlob = new Set(namesInGlob(mapping.glob));
  const missing = idsOfScope[mapping.scope].find((id) => !inGlob.has(id) && (mapping[id] ?? '') === '');
  if (missing !== undefined) {
    return `This entry has no effect: scope ${mapping.scope} needs "${missing}", or {${missing}} in the glob.`;
  }
  const written = [
    mapping.api,
    mapping.operation,
    mapping.product,
    mapping.workspace,
    mapping.fragment,
    mapping.revision,
  ];
  const unknown = written.flatMap((id) => namesInGlob(String(id ?? ''))).find((name) => !inGlob.has(name));
  return unknown === undefined
    ? undefined
    : `The glob of this entry has no {${unknown}}, so it stands for itself in the id. Name it in the glob, or write the id.`;
}

function namesInGlob(glob: string): readonly string[] {
  return [...glob.matchAll(/\{([A-Za-z]\w*)\}/g)].map(([, name = '']) => name);
}

const notAnObject = 'The project file does not hold a JSON object, so no setting of it counts.';
const howToMend = 'Write {} and add settings as docs/settings.md describes.';

interface InvalidNode {
  /** The property or value that does not count. */
  readonly node: Node;
  readonly span: Span;
  readonly message: string;
}

function schemaProblems(tree: Node, schema: object): readonly InvalidNode[] {
  const { errors } = new Validator(schema as Schema, '7', false).validate(getNodeValue(tree));
  // Errors of a container only repeat those of what it contains.
  const leaves = errors.filter(
    (error) => !containerKeywords.has(error.keyword) && !(error.keyword === 'false' && error.instanceLocation === '#'),
  );
  const seen = new Set<Node>();
  return leaves.flatMap((error) => {
    const node = findNodeAtLocation(tree, pointerSegments(error.instanceLocation, tree));
    const problem = node === undefined ? undefined : describe(error, node);
    if (problem === undefined || seen.has(problem.node)) return [];
    seen.add(problem.node);
    return [problem];
  });
}

const containerKeywords = new Set(['properties', 'additionalProperties', 'items']);

function pointerSegments(pointer: string, tree: Node): (string | number)[] {
  let node: Node | undefined = tree;
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => {
      const key = decodeURIComponent(segment).replace(/~1/g, '/').replace(/~0/g, '~');
      const step = node?.type === 'array' ? Number(key) : key;
      node = node === undefined ? undefined : findNodeAtLocation(node, [step]);
      return step;
    });
}

function describe(error: OutputUnit, node: Node): InvalidNode | undefined {
  const property = node.parent?.type === 'property' ? node.parent : undefined;
  const name = property === undefined ? 'This entry' : `"${String(property.children?.[0]?.value)}"`;
  const spanOf = (target: Node): Span => ({ start: target.offset, end: target.offset + target.length });
  switch (error.keyword) {
    case 'false':
    case 'unevaluatedProperties':
      return {
        node: property ?? node,
        span: spanOf(property?.children?.[0] ?? node),
        message: `${name} is not a setting here, so it has no effect. Remove it, or correct its spelling (docs/settings.md).`,
      };
    case 'enum':
      return {
        node: property ?? node,
        span: spanOf(node),
        message: `${name} cannot be ${JSON.stringify(getNodeValue(node))}, so it has no effect. ${allowed(error.error)}`,
      };
    case 'type':
      return {
        node: property ?? node,
        span: spanOf(node),
        message: `${name} has a value of the wrong type, so it has no effect. ${error.error.replace(/^.*Expected/, 'Expected')}`,
      };
    case 'required':
      return { node, span: spanOf(node), message: `This entry has no effect: ${missingName(error.error)}` };
    default:
      return { node, span: spanOf(node), message: `This does not count: ${error.error}` };
  }
}

function missingName(error: string): string {
  return `it needs ${/"[^"]*"/.exec(error)?.[0] ?? 'another setting'}.`;
}

/** The library's sentence ends in the list of values; only the list is of use to people. */
function allowed(error: string): string {
  const values = /\[.*\]/s.exec(error)?.[0];
  return values === undefined ? 'See docs/settings.md.' : `Use one of ${values.slice(1, -1).replace(/,/g, ', ')}.`;
}

/** Takes a property or an array's entry out of the tree, so that the rest still counts. */
function removeNode(node: Node): void {
  const target = node.parent?.type === 'property' ? node.parent : node;
  // The root stays: without properties it is valid.
  const siblings = target.parent?.children ?? target.children ?? [];
  const index = siblings.indexOf(target);
  siblings.splice(Math.max(index, 0), index < 0 ? siblings.length : 1);
}

function settingsFrom(path: string, value: unknown): ProjectSettings {
  const root = isRecord(value) ? value : {};
  const cors = recordOf(root['cors']);
  return {
    path,
    scopes: (root['scopes'] as ScopeMapping[] | undefined) ?? [],
    rules: recordOf(root['rules']) as Record<string, Severity | 'off'>,
    assume: recordOf(cors['assume']) as Record<string, string>,
    portalOrigins: (cors['portalOrigins'] as string[] | undefined) ?? [],
    origins: (cors['origins'] as string[] | undefined) ?? [],
    absent: (root['absent'] as string[] | undefined) ?? [],
    isProduction: root['production'] === true,
    namedValues: recordOf(root['namedValues']) as Record<string, string>,
    products: Object.entries(recordOf(root['products'])).map(([id, product]) => {
      const { apis, subscriptionRequired } = recordOf(product);
      return {
        id,
        apis: (apis as string[] | undefined) ?? [],
        subscriptionRequired: typeof subscriptionRequired === 'boolean' ? subscriptionRequired : undefined,
      };
    }),
  };
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}
