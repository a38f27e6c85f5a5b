import { isRecord, readJson, type TextProblem } from './jsonText';
import type { Operation } from './service';
import { readYaml } from './yamlText';

const methods = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']);

/** What an API's specification tells. */
export interface SpecificationReading {
  /** Undefined where the text cannot be read: then nothing is known of the operations. */
  readonly operations: readonly Operation[] | undefined;
  readonly problem: TextProblem | undefined;
}

/**
 * The operations of an OpenAPI 2 or 3 specification in JSON or YAML.
 *
 * A text with an error anywhere tells nothing: its operations would be those up to the error. An operation without
 * `operationId` gets the id that an import makes from its method and path. Large YAML takes tens of milliseconds.
 */
export function readSpecification(text: string, path: string): SpecificationReading {
  const { value, problem } = /\.json$/i.test(path) ? readJson(text) : readYaml(text);
  if (problem !== undefined) return { operations: undefined, problem };
  const isOpenApi = isRecord(value) && (value['openapi'] !== undefined || value['swagger'] !== undefined);
  if (!isOpenApi || !isRecord(value['paths'])) {
    const because = 'it is no OpenAPI specification with paths';
    return { operations: undefined, problem: { span: { start: 0, end: 0 }, because } };
  }
  return { operations: Object.entries(value['paths']).flatMap(operationsAt), problem: undefined };
}

function operationsAt([urlTemplate, pathItem]: [string, unknown]): readonly Operation[] {
  if (!isRecord(pathItem)) return [];
  return Object.entries(pathItem).flatMap(([method, operation]) => {
    if (!methods.has(method.toLowerCase()) || !isRecord(operation)) return [];
    const id = operation['operationId'];
    return [
      {
        id: typeof id === 'string' ? id : importedId(method, urlTemplate),
        method: method.toUpperCase(),
        urlTemplate,
      },
    ];
  });
}

function importedId(method: string, urlTemplate: string): string {
  return `${method}${urlTemplate.replace(/[{}]/g, '').replace(/[^A-Za-z0-9]+/g, '-')}`.replace(/-+$/, '').toLowerCase();
}
