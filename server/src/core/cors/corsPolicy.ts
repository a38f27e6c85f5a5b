import type { Resolved } from '../effective/resolved';
import type { PolicyElement } from '../syntax/policyTree';
import type { Span } from '../text/span';
import type { ParsedOrigin } from './origin';
import type { ResolvedText } from './resolveText';

/** A `<cors>` element, read with types. Nothing is judged here: odd values are kept as they are written. */
export interface CorsPolicy {
  readonly element: PolicyElement;
  readonly origins: readonly AllowedOrigin[];
  /** `undefined`: no `allowed-methods` element, so GET and POST (cors-policy reference, "allowed-methods"). */
  readonly methods: CorsList | undefined;
  /** `undefined`: no `allowed-headers` element; no header beyond the safelisted ones is allowed. */
  readonly headers: CorsList | undefined;
  readonly exposeHeaders: CorsList | undefined;
  readonly allowCredentials: Resolved<boolean>;
  /** `undefined`: not written. Sources disagree about the default (cors-semantics 10.1). */
  readonly terminateUnmatched: Resolved<boolean> | undefined;
  /** In seconds; 0 where it is not written, as the reference says. */
  readonly maxAgeSeconds: Resolved<number>;
}

/** What a `cors` without `allowed-methods` allows (cors-policy reference, "allowed-methods"). */
export const defaultMethods: readonly string[] = ['GET', 'POST'];

/** One `<origin>` element. Named values are replaced where their value is known. */
export interface AllowedOrigin extends ResolvedText {
  readonly element: PolicyElement;
  /** `<origin>|https://a|</origin>`; the empty place between the tags where there is no text. */
  readonly span: Span;
  /** As written, entities decoded. */
  readonly written: string;
  /** What `value` is as an origin; undefined where it is not known. */
  readonly parsed: ParsedOrigin | undefined;
}

/** `allowed-methods`, `allowed-headers` or `expose-headers`. */
export interface CorsList {
  readonly element: PolicyElement;
  readonly entries: readonly { readonly element: PolicyElement; readonly value: Resolved<string> }[];
}
