import {
  createLanguageService,
  DocumentStore,
  describeReason,
  describeScope,
  type LanguageService,
} from '../../server/src/core';

/** Texts by absolute path, as hosts hand them to the core. */
export type Files = Readonly<Record<string, string>>;

/** A language service over texts in memory. A defect of ours fails the test that met it. */
export function openFiles(files: Files): LanguageService {
  const store = new DocumentStore();
  for (const [path, text] of Object.entries(files)) store.setText(path, text, 1);
  return createLanguageService(store, (what, error) => {
    throw new Error(`defect in ${what}`, { cause: error });
  });
}

/** Every policy document, as `path: scope (confidence: reason)`. */
export function placesOf(files: Files): readonly string[] {
  return [...openFiles(files).model().documents.values()].map(({ path, placement }) => {
    const what =
      placement.kind === 'definition'
        ? describeScope(placement.scope)
        : placement.kind === 'fragment'
          ? `fragment ${placement.fragmentId}`
          : placement.kind;
    return `${path}: ${what} (${placement.confidence}: ${describeReason(placement)})`;
  });
}

/** The place of one document without its path; fails where the file is no policy document. */
export function placeOf(files: Files, path: string): string {
  const place = placesOf(files).find((line) => line.startsWith(`${path}: `));
  if (place === undefined) throw new Error(`${path} is no policy document; there are\n${placesOf(files).join('\n')}`);
  return place.slice(path.length + 2);
}

/** The chains of a document, narrowest scope first: `product: scope state, …`; a file stands for a scope that is present. */
export function chainsOf(files: Files, path: string): readonly string[] {
  return openFiles(files)
    .effectivePolicies(path)
    .map(({ chain }) => {
      const links = chain.links.map((link) =>
        link.state === 'present' ? link.document.path : `${describeScope(link.scope)} ${link.state}`,
      );
      return `${chain.product ?? '-'}: ${links.join(', ')}`;
    });
}

/** The messages of the workspace's findings, each as `path: message`. */
export function workspaceFindingsOf(files: Files): readonly string[] {
  return openFiles(files)
    .workspaceFindings()
    .map(({ path, message }) => `${path}: ${message}`);
}
