import type { AllowedOrigin, CorsPolicy } from '../cors/corsPolicy';
import { attributeText } from '../syntax/treeQueries';
import type { CorsElement } from './corsElement';
import { projectOriginsFor, removeEntries, replaceOriginBy } from './corsFixes/originEdits';
import { setAttributeEdit } from './corsFixes/setAttribute';
import { listSome } from './corsMessages';
import type { Fix } from './rule';

/** The `*` of a list of origins, and what stands beside it. */
export interface WildcardOrigins {
  readonly star: AllowedOrigin;
  readonly others: readonly AllowedOrigin[];
  /** One finding for one star: with credentials it is the worst, beside other origins the next. */
  readonly ruleId: 'wildcard-with-credentials' | 'wildcard-mixed' | 'wildcard-origin';
}

/** Undefined where no origin is known to be `*`. */
export function findWildcardOrigins({ origins, allowCredentials }: CorsPolicy): WildcardOrigins | undefined {
  const isStar = ({ value }: AllowedOrigin): boolean => value.known && value.value === '*';
  const star = origins.find(isStar);
  if (star === undefined) return undefined;
  const others = origins.filter((origin) => !isStar(origin));
  if (allowCredentials.known && allowCredentials.value) return { star, others, ruleId: 'wildcard-with-credentials' };
  return { star, others, ruleId: others.length > 0 ? 'wildcard-mixed' : 'wildcard-origin' };
}

/** Leaves the origins beside the star; undefined where there are none. */
export function removeStar({ others }: WildcardOrigins, { document, cors }: CorsElement): Fix | undefined {
  const stars = cors.origins.filter((origin) => !others.includes(origin)).map(({ element }) => element);
  const edits = others.length === 0 ? undefined : removeEntries(document, stars);
  if (edits === undefined) return undefined;
  const title = `Remove the *: only ${listSome(others.map(nameOf), 3)} may call then`;
  return { id: 'remove-star', title, isGuess: true, edits };
}

/** Leaves the star alone: it admits the others, too. */
export function removeOthers({ others }: WildcardOrigins, { document }: CorsElement): Fix | undefined {
  const edits = removeEntries(
    document,
    others.map(({ element }) => element),
  );
  if (edits === undefined || others.length === 0) return undefined;
  const title = `Remove ${listSome(others.map(nameOf), 3)}: the * admits every site anyway`;
  return { id: 'remove-others', title, isGuess: true, edits };
}

/** The project file's origins in place of the star; undefined where it names none, or others are listed already. */
export function listProjectOrigins({ star, others }: WildcardOrigins, context: CorsElement): Fix | undefined {
  const origins = projectOriginsFor(context);
  if (others.length > 0 || origins.length === 0) return undefined;
  const edit = replaceOriginBy(context.document, star, origins);
  if (edit === undefined) return undefined;
  const title = `List the project file’s origins instead (${listSome(origins, 3)}): all others are refused`;
  return { id: 'list-project-origins', title, isGuess: true, edits: [edit] };
}

/** Browsers then send no cookies, and refuse calls that ask for it. */
export function setCredentialsFalse({ document, element }: CorsElement): Fix | undefined {
  if (attributeText(element, 'allow-credentials')?.includes('{{')) return undefined;
  const edit = setAttributeEdit(document, element, 'allow-credentials', 'false');
  const title = 'Set allow-credentials="false": calls with cookies are then refused, all others work as before';
  return { id: 'set-credentials-false', title, isGuess: true, edits: [edit] };
}

function nameOf({ written }: AllowedOrigin): string {
  return /^@[({]/.test(written) ? 'what an expression returns' : written;
}
