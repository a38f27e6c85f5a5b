import { parentFolder } from '../../text/paths';
import { seemsGlobal } from '../placeSigns';
import type { PolicyScope } from '../policyScope';
import { noServiceFacts, type Placement } from '../service';
import type { PolicyLayout, WorkspaceFiles } from './layout';
import { splitRevision } from './revisions';

/**
 * Temporary files of the official extension Azure API Management for VS Code (repository-layouts, section 7): the one
 * that is edited, `<name>-tempFile.policy.xml`, and beside it the copy as it was fetched, which is nobody's document.
 *
 * `<name>` joins the ids of service, API, product and operation with `-`, which ids hold too; so it tells the scope of
 * the global policy only, and that by what else lies in the folder. Old files stay there, of other services too.
 */
export const officialExtensionLayout: PolicyLayout = {
  id: 'official-extension',
  possibleRoots(path) {
    const folder = nameOf(path) === undefined ? undefined : parentFolder(path);
    return folder === undefined ? [] : [folder];
  },
  openRoot(root, files) {
    const edited = files.pathsBelow(root).filter((path) => nameOf(path) !== undefined);
    const service = findService(edited, files);
    return {
      place: (path) => place(path, service, edited.length),
      readFacts: () => noServiceFacts,
      isBelowGlobal: (path) => service !== undefined && nameOf(path) !== service,
    };
  },
  expectsPolicy: (path) => nameOf(path) !== undefined,
  isServiceFolder: () => false,
};

/** `contoso-orders` of `…/contoso-orders-tempFile.policy.xml`; undefined for files that are no edited copies. */
function nameOf(path: string): string | undefined {
  return /\/ms-azuretools\.vscode-apimanagement\/vscode-azureapim\/[0-9a-f]{10}\/([^/]+)-tempFile\.policy\.(?:xml|cshtml)$/i.exec(
    path,
  )?.[1];
}

/**
 * The service's name, where one file looks like a global policy and every other name begins with its: then that file is
 * the parent of them all.
 */
function findService(paths: readonly string[], files: WorkspaceFiles): string | undefined {
  const [service, another] = paths.flatMap((path) => (files.read(path, seemsGlobal) ? (nameOf(path) ?? []) : []));
  if (service === undefined || another !== undefined) return undefined;
  const isAround = paths.every((path) => isOf(service, nameOf(path) ?? ''));
  return isAround ? service : undefined;
}

function isOf(service: string, name: string): boolean {
  return name === service || name.startsWith(`${service}-`);
}

const why = 'temporary file of the extension Azure API Management';

function place(path: string, service: string | undefined, fileCount: number): Placement | undefined {
  const name = nameOf(path);
  if (name === undefined) return undefined;
  if (name === service) {
    const global = { kind: 'definition', scope: { kind: 'global' } } as const;
    // Alone, it may as well be the policy of an API that inherits nothing.
    if (fileCount === 1) return { ...global, confidence: 'guessed', why: `${why}: it inherits nothing` };
    return { ...global, confidence: 'derived', why: `${why}: it inherits nothing, and the other names begin with its` };
  }
  const rest = service === undefined ? undefined : name.slice(service.length + 1);
  const may =
    rest === undefined ? 'its name does not tell the scope' : `${rest} may be an API, a product or an operation`;
  return { kind: 'definition', scope: { kind: 'unknown' }, confidence: 'guessed', why: `${why}; ${may}` };
}

/**
 * The scope of a policy that the extension's debugger shows. Its documents are on no disk and called by the scope's id:
 * `tenant`, `products/<p>`, `apis/<a>`, `apis/<a>/operations/<o>`, on Windows with `\`. Undefined for other names.
 */
export function scopeOfDebuggedPolicy(name: string): PolicyScope | undefined {
  const segments = name.replaceAll('\\', '/').replace(/^\/+/, '').split('/');
  if (segments.includes('')) return undefined;
  const [collection, id = '', inner, innerId] = segments;
  switch (`${collection}${inner === undefined ? '' : `/${inner}`} ${segments.length}`) {
    case 'tenant 1':
      return { kind: 'global' };
    case 'products 2':
      return { kind: 'product', product: id };
    case 'apis 2':
      return { kind: 'api', ...splitRevision(id) };
    case 'apis/operations 4':
      return { kind: 'operation', ...splitRevision(id), operation: innerId as string };
    default:
      return undefined;
  }
}
