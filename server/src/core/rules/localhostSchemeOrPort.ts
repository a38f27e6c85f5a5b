import { matchesEveryOrigin } from '../cors/corsGrants';
import type { AllowedOrigin } from '../cors/corsPolicy';
import { type ParsedOrigin, parseOrigin } from '../cors/origin';
import type { CorsElement } from './corsElement';
import { addToList } from './corsFixes/corsLists';
import { projectOriginsFor } from './corsFixes/originEdits';
import { triedElementFixes } from './corsFixes/triedElementFixes';
import { listSome } from './corsMessages';
import type { Fix, Rule } from './rule';

const id = 'localhost-scheme-or-port';

export const localhostSchemeOrPort: Rule = {
  meta: {
    id,
    summary: 'A localhost origin is listed, and pages in development are served from another scheme or port.',
    category: 'cors',
    defaultSeverity: 'hint',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/ionic-team/ionic-docs/issues/4546',
    ],
  },
  checkCors(context, report) {
    const { document, cors } = context;
    if (matchesEveryOrigin(cors)) return;
    const local = cors.origins.filter(({ value }) => value.known && isLocal(parseOrigin(value.value)));
    const [first] = local;
    if (first === undefined) return;

    const missing = projectOriginsFor(context).filter((origin) => isLocal(parseOrigin(origin)));
    if (missing.length > 0) {
      report({
        document,
        span: first.span,
        message: `The project file names ${listSome(missing, 3)} among your pages’ origins, and this cors lists another localhost. Scheme, host and port must all be equal, so calls from there are refused. List it too.`,
        fixes: () => triedElementFixes(id, context, [addOrigins(missing, context)]),
      });
    } else if (local.length === 1 && isBarePort80(first)) {
      report({
        document,
        span: first.span,
        message:
          'http://localhost is port 80 alone. Development servers use other ports, and Capacitor on Android serves pages from https://localhost: each of them is an origin of its own and needs its own element.',
      });
    }
  },
};

function isLocal(origin: ParsedOrigin): boolean {
  return origin.kind === 'tuple' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(origin.host);
}

function isBarePort80({ value }: AllowedOrigin): boolean {
  const origin = value.known ? parseOrigin(value.value) : undefined;
  return origin?.kind === 'tuple' && origin.scheme === 'http' && origin.port === '';
}

function addOrigins(values: readonly string[], { document, element }: CorsElement): Fix | undefined {
  const edit = addToList(document, element, { listName: 'allowed-origins', entryName: 'origin', values });
  // Pages in development have no business with production, and only the author knows which of the two this policy is for.
  return edit && { id: 'add-localhost', title: `Add ${listSome(values, 3)}`, isGuess: true, edits: [edit] };
}
