import type { NamedValueLookup } from '../effective/namedValues';
import type { Resolved } from '../effective/resolved';
import { known, unknown } from '../effective/resolved';
import { isBracedToken } from '../syntax/placeholderScanner';
import type { PolicyDocument, PolicyElement } from '../syntax/policyTree';
import { attributeText, childrenNamed, elementText } from '../syntax/treeQueries';
import type { Span } from '../text/span';
import type { AllowedOrigin, CorsList, CorsPolicy } from './corsPolicy';
import { parseOrigin } from './origin';
import { replacedAtDeployment, resolveText } from './resolveText';

/**
 * Reads a `<cors>` element with types. It judges nothing: an odd value is kept as it is written.
 *
 * Whatever only the gateway knows (an expression, a named value without value) is unknown with its reason, never a
 * default. Several lists of the same name are read as one.
 */
export function readCorsPolicy(
  document: PolicyDocument,
  element: PolicyElement,
  namedValues: NamedValueLookup,
): CorsPolicy {
  const origins = childrenNamed(element, 'allowed-origins').flatMap((list) => childrenNamed(list, 'origin'));
  return {
    element,
    origins: origins.map((origin) => readOrigin(document, origin, namedValues)),
    methods: readList(document, element, 'allowed-methods', 'method', namedValues),
    headers: readList(document, element, 'allowed-headers', 'header', namedValues),
    exposeHeaders: readList(document, element, 'expose-headers', 'header', namedValues),
    allowCredentials: readBoolean(element, 'allow-credentials', namedValues) ?? known(false),
    terminateUnmatched: readBoolean(element, 'terminate-unmatched-request', namedValues),
    maxAgeSeconds: readMaxAge(element, namedValues),
  };
}

function readOrigin(document: PolicyDocument, element: PolicyElement, namedValues: NamedValueLookup): AllowedOrigin {
  const written = elementText(document, element);
  const text = resolveText(written, namedValues);
  const parsed = text.value.known ? parseOrigin(text.value.value) : undefined;
  return { element, span: contentSpan(document, element), written, parsed, ...text };
}

/** The element's content without white space at its ends. */
function contentSpan(document: PolicyDocument, element: PolicyElement): Span {
  const start = element.startTagSpan.end;
  const end = Math.max(start, element.endTagSpan?.start ?? element.span.end);
  const content = document.text.slice(start, end);
  if (content.trim() === '') return { start, end: start };
  return {
    start: start + content.length - content.trimStart().length,
    end: end - (content.length - content.trimEnd().length),
  };
}

function readList(
  document: PolicyDocument,
  cors: PolicyElement,
  listName: string,
  entryName: string,
  namedValues: NamedValueLookup,
): CorsList | undefined {
  const lists = childrenNamed(cors, listName);
  const [element] = lists;
  if (element === undefined) return undefined;
  const entries = lists
    .flatMap((list) => childrenNamed(list, entryName))
    .map((entry) => ({ element: entry, value: resolveText(elementText(document, entry), namedValues).value }));
  return { element, entries };
}

function readBoolean(
  element: PolicyElement,
  name: string,
  namedValues: NamedValueLookup,
): Resolved<boolean> | undefined {
  const written = attributeText(element, name);
  if (written === undefined) return undefined;
  const { value } = resolveText(written, namedValues);
  if (!value.known) return value;
  const text = value.value.toLowerCase();
  if (text === 'true' || text === 'false') return known(text === 'true');
  return isBracedToken(text) ? replacedAtDeployment(written) : unknown(`${name} is neither true nor false`);
}

/** `preflight-result-max-age` stands on `allowed-methods`; without it "0" (cors-policy reference, its default). */
function readMaxAge(cors: PolicyElement, namedValues: NamedValueLookup): Resolved<number> {
  const [methods] = childrenNamed(cors, 'allowed-methods');
  const written = methods === undefined ? undefined : attributeText(methods, 'preflight-result-max-age');
  if (written === undefined) return known(0);
  const { value } = resolveText(written, namedValues);
  if (!value.known) return value;
  if (/^\d{1,9}$/.test(value.value)) return known(Number.parseInt(value.value, 10));
  if (isBracedToken(value.value)) return replacedAtDeployment(written);
  return unknown('preflight-result-max-age is no number of seconds');
}
