import { baseName, parentFolder } from '../../text/paths';
import type { DocumentStore } from '../documentStore';
import type { PolicyScope } from '../policyScope';
import { mayHoldToolkitSource } from '../workspaceHost';

/** True where the beginning of a C# file names the toolkit. */
export function isToolkitSource(beginning: string): boolean {
  return beginning.includes('ApiManagement.PolicyToolkit');
}

/** A C# class from which a policy file is generated. */
export interface ToolkitSource {
  readonly path: string;
  /** What `DocumentScope` says, without ids; undefined where it says nothing, which is the rule. */
  readonly scope: PolicyScope | undefined;
}

/**
 * Finds the C# class from which a policy file was generated; undefined where there is none in the workspace
 * (repository-layouts, section 11).
 *
 * The compiler's output mirrors the folders of its sources. So a document belongs to the source with which it shares the
 * longest end of its path; for `policy.xml`, the name that all documents of an APIOps folder have, that is a folder at
 * least.
 */
export function findToolkitSources(store: DocumentStore): (path: string) => ToolkitSource | undefined {
  const sources = new Map<string, ToolkitSource>();
  for (const path of store.paths()) {
    if (!mayHoldToolkitSource(path)) continue;
    for (const { name, scope } of store.read(path, readOutputs) ?? []) {
      const ends = endsOf(`${parentFolder(path)}/${name}`).filter((end) => end.length >= name.length);
      for (const end of ends) if (!sources.has(end)) sources.set(end, { path, scope });
    }
  }
  if (sources.size === 0) return () => undefined;
  return (path) => {
    for (const end of endsOf(path)) {
      const isShared = end.includes('/') || baseName(path).toLowerCase() !== 'policy.xml';
      const source = isShared ? sources.get(end) : undefined;
      if (source !== undefined) return source;
    }
    return undefined;
  };
}

/** The path without its first segments, longest first, lower case. Deeper folders than these tell nothing more. */
function endsOf(path: string): readonly string[] {
  const segments = path.toLowerCase().split('/').slice(-8);
  return segments.map((_, index) => segments.slice(index).join('/'));
}

/** What the compiler makes of a class: a document with a name, or a path below the folder that mirrors the source's. */
interface Output {
  readonly name: string;
  readonly scope: PolicyScope | undefined;
}

function readOutputs(text: string): readonly Output[] {
  if (!isToolkitSource(text)) return [];
  const outputs: Output[] = [];
  let from = 0;
  // Between a class's name and its bases stand type parameters at most.
  for (const match of text.matchAll(/\bclass\s+(\w+)([^{;]{0,300})/g)) {
    if (!/:[\s\S]*\bI(?:Document|Fragment)/.test(match[2] as string)) continue;
    const attributes = text.slice(from, match.index);
    const attribute = /\[\s*Document\s*\(\s*(?:name:\s*)?"([^"]+)"/.exec(attributes);
    const scope = /\[\s*Document\s*\([^\]]{0,300}?\bDocumentScope\.(\w+)/.exec(attributes)?.[1];
    from = match.index + match[0].length;
    const name = attribute?.[1] ?? (match[1] as string);
    outputs.push({ name: /\.\w+$/.test(name) ? name : `${name}.xml`, scope: scopeOf(scope) });
  }
  return outputs;
}

/** `Any` is no scope, and a workspace's is none without its id. */
function scopeOf(documentScope: string | undefined): PolicyScope | undefined {
  switch (documentScope) {
    case 'Global':
      return { kind: 'global' };
    case 'Product':
      return { kind: 'product' };
    case 'Api':
      return { kind: 'api' };
    case 'Operation':
      return { kind: 'operation' };
    default:
      return undefined;
  }
}
