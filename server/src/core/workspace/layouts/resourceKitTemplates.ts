import { isRecord, readJson, type TextProblem } from '../jsonText';
import { isArmTemplate } from '../workspaceHost';
import type { WorkspaceFiles } from './layout';

/** A resource of an API Management service in an ARM template. */
export interface TemplateResource {
  /** Below `Microsoft.ApiManagement/service/`, lower case: `apis/operations/policies`. */
  readonly type: string;
  /** The parts of the name behind that of the service: product, API … Undefined where a parameter makes part of it. */
  readonly ids: readonly string[] | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  /** The keys that lead to it in the template. */
  readonly at: readonly (string | number)[];
}

/** What one template holds. */
export interface TemplateReading {
  readonly resources: readonly TemplateResource[];
  readonly problem: TextProblem | undefined;
}

/** True where the beginning of an ARM template shows that it is about an API Management service. */
export function isServiceTemplate(beginning: string): boolean {
  return /Microsoft\.ApiManagement\/service|apimServiceName|policyXMLBaseUrl/i.test(beginning);
}

/** The templates below a folder, each read once per text. */
export function templatesBelow(
  root: string,
  files: WorkspaceFiles,
): readonly (TemplateReading & { readonly path: string })[] {
  return files.pathsBelow(root).flatMap((path) => {
    const reading = isArmTemplate(path) ? files.read(path, readTemplate) : undefined;
    return reading === undefined ? [] : [{ ...reading, path }];
  });
}

/** The service's resources in an ARM template. Nested deployments are not looked into. */
export function readTemplate(text: string): TemplateReading {
  const { value, problem } = readJson(text);
  const written = isRecord(value) ? value['resources'] : undefined;
  // Newer templates may have their resources by symbolic names.
  const list: readonly (readonly [string | number, unknown])[] = Array.isArray(written)
    ? [...written.entries()]
    : isRecord(written)
      ? Object.entries(written)
      : [];
  return { resources: list.flatMap(([key, resource]) => readResource(resource, ['resources', key])), problem };
}

const service = 'microsoft.apimanagement/service/';

function readResource(resource: unknown, at: TemplateResource['at']): readonly TemplateResource[] {
  if (!isRecord(resource)) return [];
  const { type, name, properties } = resource;
  const plainType = typeof type === 'string' ? type.toLowerCase() : '';
  if (!plainType.startsWith(service)) return [];
  return [
    {
      type: plainType.slice(service.length),
      ids: typeof name === 'string' ? idsOf(name) : undefined,
      properties: isRecord(properties) ? properties : {},
      at,
    },
  ];
}

/** `[concat(parameters('ApimServiceName'), '/starter/orders')]` → starter, orders. */
function idsOf(name: string): readonly string[] | undefined {
  const written = /^\[concat\(\s*(?:parameters|variables)\('[^']*'\)\s*,\s*'\/([^']*)'\s*\)\]$/i.exec(name)?.[1];
  return written?.split('/');
}

/** The last text in an expression: `[concat(parameters('PolicyXMLBaseUrl'), '/orders-apiPolicy.xml')]` → the file's name. */
export function lastLiteralOf(expression: unknown, pattern: RegExp): string | undefined {
  if (typeof expression !== 'string') return undefined;
  const literals = expression.startsWith('[')
    ? [...expression.matchAll(/'([^']*)'/g)].map(([, literal = '']) => literal)
    : [expression];
  return literals
    .reverse()
    .find((literal) => pattern.test(literal))
    ?.split('/')
    .pop();
}

/** A value as it is written; undefined for an expression, which is known at deployment only. */
export function writtenText(value: unknown): string | undefined {
  return typeof value === 'string' && !/^\[(?!\[)/.test(value) ? value : undefined;
}
