import { baseName, parentFolder } from '../../text/paths';
import type { DocumentStore } from '../documentStore';
import { mayHoldToolkitSource } from '../workspaceHost';

/** True where the beginning of a C# file names the toolkit. */
export function isToolkitSource(beginning: string): boolean {
  return beginning.includes('ApiManagement.PolicyToolkit');
}

/**
 * Finds the C# file from which a policy file was generated; undefined where there is none in the workspace
 * (repository-layouts, section 11).
 *
 * The compiler's output mirrors the folders of its sources. So a document belongs to the source with which it shares the
 * longest end of its path; for `policy.xml`, the name that all documents of an APIOps folder have, that is a folder at
 * least.
 */
export function findToolkitSources(store: DocumentStore): (path: string) => string | undefined {
  const sources = new Map<string, string>();
  for (const path of store.paths()) {
    if (!mayHoldToolkitSource(path)) continue;
    for (const output of store.read(path, readOutputNames) ?? []) {
      const ends = endsOf(`${parentFolder(path)}/${output}`).filter((end) => end.length >= output.length);
      for (const end of ends) if (!sources.has(end)) sources.set(end, path);
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

/** What the compiler calls the documents of a file: a name, or a path below the folder that mirrors the source's. */
function readOutputNames(text: string): readonly string[] {
  if (!isToolkitSource(text)) return [];
  const names: string[] = [];
  let from = 0;
  // Between a class's name and its bases stand type parameters at most.
  for (const match of text.matchAll(/\bclass\s+(\w+)([^{;]{0,300})/g)) {
    if (!/:[\s\S]*\bI(?:Document|Fragment)/.test(match[2] as string)) continue;
    const attribute = /\[\s*Document\s*\(\s*(?:name:\s*)?"([^"]+)"/.exec(text.slice(from, match.index));
    from = match.index + match[0].length;
    const name = attribute?.[1] ?? (match[1] as string);
    names.push(/\.\w+$/.test(name) ? name : `${name}.xml`);
  }
  return names;
}
