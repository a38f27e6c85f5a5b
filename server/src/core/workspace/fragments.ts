import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../syntax/policyTree';
import type { DocumentStore } from './documentStore';
import { embeddedText } from './informationReferences';
import { findJsonString, type JsonString, spansInJson } from './jsonString';
import { readTemplate, writtenText } from './layouts/resourceKitTemplates';
import { idKey } from './service';
import { isArmTemplate } from './workspaceHost';
import type { Service } from './workspaceModel';

/**
 * The text of a fragment of the service; undefined where no file holds it.
 *
 * A workspace's own fragment comes before the service's of the same id. A fragment that an information file holds as a
 * JSON string is read from there, and its document says so (`isEmbedded`). Either document is one and the same object
 * until its text changes.
 */
export function findFragment(
  fragmentId: string,
  workspace: string | undefined,
  service: Service,
  store: DocumentStore,
): PolicyDocument | undefined {
  const key = workspace === undefined ? undefined : idKey(fragmentId, workspace);
  const path = (key && service.fragments.get(key)) ?? service.fragments.get(idKey(fragmentId, undefined));
  if (path === undefined) return undefined;
  if (!path.toLowerCase().endsWith('.json')) return store.document(path);
  return isArmTemplate(path)
    ? store.read(path, readTemplateFragments)?.get(fragmentId.toLowerCase())
    : store.read(path, readEmbeddedFragment);
}

/** Undefined where the information file holds no text of a fragment. */
function readEmbeddedFragment(text: string, path: string): PolicyDocument | undefined {
  const value = embeddedText(text);
  return value && embeddedDocument(value, text, path);
}

/** The fragments of an ARM template by id, lower case. */
function readTemplateFragments(text: string, path: string): ReadonlyMap<string, PolicyDocument> {
  const fragments = new Map<string, PolicyDocument>();
  for (const { type, ids, properties, at } of readTemplate(text).resources) {
    if (type !== 'policyfragments' || writtenText(properties['value']) === undefined) continue;
    const value = findJsonString(text, ...at, 'properties', 'value');
    if (value !== undefined) fragments.set(ids?.[0]?.toLowerCase() ?? '', embeddedDocument(value, text, path));
  }
  return fragments;
}

function embeddedDocument(string: JsonString, text: string, path: string): PolicyDocument {
  return {
    ...parsePolicyDocument(string.value, path, 0),
    isEmbedded: true,
    embeddedAt: spansInJson(text, string),
  };
}
