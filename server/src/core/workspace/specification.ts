import { parse as parseYaml } from 'yaml';
import type { Operation } from './service';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/**
 * The operations of an OpenAPI 2 or 3 specification in JSON or YAML.
 *
 * Undefined where the text is neither: then nothing is known of the operations. An operation without `operationId`
 * gets the id that an import makes from its method and path.
 */
export function readSpecification(text: string, path: string): readonly Operation[] | undefined {
  const specification = parseData(text, path);
  if (!isRecord(specification) || !isRecord(specification['paths'])) return undefined;
  if (specification['openapi'] === undefined && specification['swagger'] === undefined) return undefined;

  const operations: Operation[] = [];
  for (const [urlTemplate, pathItem] of Object.entries(specification['paths'])) {
    if (!isRecord(pathItem)) continue;
    for (const [method, operation] of Object.entries(pathItem)) {
      if (!methods.has(method.toLowerCase()) || !isRecord(operation)) continue;
      const id = operation['operationId'];
      operations.push({
        id: typeof id === 'string' ? id : importedId(method, urlTemplate),
        method: method.toUpperCase(),
        urlTemplate,
      });
    }
  }
  return operations;
}

function importedId(method: string, urlTemplate: string): string {
  return `${method}${urlTemplate.replace(/[{}]/g, '').replace(/[^A-Za-z0-9]+/g, '-')}`.replace(/-+$/, '').toLowerCase();
}

/** JSON or YAML as plain values; undefined where the text is neither. JSON is tried first: it is far cheaper. */
function parseData(text: string, path: string): unknown {
  try {
    if (/\.json$/i.test(path)) return JSON.parse(text.replace(/^\uFEFF/, ''));
    return parseYaml(text, { logLevel: 'silent', maxAliasCount: 1000 });
  } catch {
    // Not readable as data: the caller is told by `undefined`, which means "not known", never "no operations".
    return undefined;
  }
}

/** JSON that is an object; undefined for anything else, broken text included. */
export function parseJsonObject(text: string | undefined): Readonly<Record<string, unknown>> | undefined {
  if (text === undefined) return undefined;
  const value = parseData(text, '.json');
  return isRecord(value) ? value : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
