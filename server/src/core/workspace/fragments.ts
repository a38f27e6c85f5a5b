import { parsePolicyDocument } from '../syntax/parsePolicyDocument';
import type { PolicyDocument } from '../syntax/policyTree';
import type { DocumentStore } from './documentStore';
import { idKey } from './service';
import { isRecord, parseJsonObject } from './specification';
import type { Service } from './workspaceModel';

/**
 * The text of a fragment of the service; undefined where no file holds it.
 *
 * A workspace's own fragment comes before the service's of the same id. A fragment that an information file holds as a
 * JSON string is read from there, and its document says so (`isEmbedded`).
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
  return path.toLowerCase().endsWith('.json') ? embeddedFragment(path, store) : store.document(path);
}

function embeddedFragment(path: string, store: DocumentStore): PolicyDocument | undefined {
  const properties = parseJsonObject(store.text(path))?.['properties'];
  const value = isRecord(properties) ? properties['value'] : undefined;
  if (typeof value !== 'string') return undefined;
  return { ...parsePolicyDocument(value, path, 0), isEmbedded: true };
}
