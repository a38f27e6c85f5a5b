import { joinPath, relativeTo } from '../../text/paths';
import { isRecord, readJson } from '../jsonText';
import type { ProductFacts } from '../service';
import { type ArtifactFolder, collectionOf, informationFile, informationNoun } from './apiopsNames';
import { addProblem, atStart, booleanOf, type FactReading, readProperties, stringOf } from './factReading';
import { apiKey } from './revisions';

/** A product and the APIs in it: three formats, of which one repository may hold two (repository-layouts, section 3). */
export function readProduct({ folder, item, workspace }: ArtifactFolder, reading: FactReading): ProductFacts {
  const information = informationFile(folder, 'product', reading.files);
  const properties = readProperties(information, `so what it says of product ${item} counts as unknown`, reading);
  const soUnknown = `so it is not known which APIs product ${item} contains`;
  return {
    id: item,
    workspace,
    apis: new Set([...apisOfListFile(folder, soUnknown, reading), ...apisOfFolders(folder, soUnknown, reading)]),
    subscriptionRequired: booleanOf(properties?.['subscriptionRequired']),
  };
}

/** `products/<p>/apis.json`: `[ { "name": "orders" } ]` (v4, v5, apiops-cli). */
function apisOfListFile(folder: string, soUnknown: string, reading: FactReading): readonly string[] {
  const path = joinPath(folder, 'apis.json');
  const json = reading.files.read(path, readJson);
  if (json === undefined) return [];
  if (!Array.isArray(json.value)) {
    addProblem(path, json.problem ?? atStart('it holds no JSON list'), soUnknown, reading);
    return [];
  }
  return json.value.flatMap((entry: unknown) => {
    const name = isRecord(entry) ? stringOf(entry['name']) : undefined;
    if (name === undefined) addProblem(path, atStart('it has an entry without a "name"'), soUnknown, reading);
    return name === undefined ? [] : [apiKey(name)];
  });
}

/** `products/<p>/apis/<api>/productApiInformation.json` (v6, v7) and its snake_case twin: the folder's name is the API. */
function apisOfFolders(folder: string, soUnknown: string, reading: FactReading): readonly string[] {
  return reading.files.pathsBelow(folder).flatMap((path) => {
    const segments = (relativeTo(folder, path) as string).split('/');
    if (segments.length !== 3 || collectionOf(segments[0] as string) !== 'apis') return [];
    if (informationNoun(segments[2] as string) === undefined) return [];
    const linked = stringOf(readProperties(path, soUnknown, reading)?.['apiId'])
      ?.split('/')
      .pop();
    return [apiKey(linked ?? (segments[1] as string))];
  });
}
