import type { Call } from '../../cors/corsCall';
import type { CredentialsMode, KeyPlace } from '../../cors/corsSituation';
import type { CorsQuestion } from '../../cors/corsTarget';
import type { CallHeader } from '../../cors/safelist';
import type { SwitchSettings } from '../../cors/switches';

/** A call to an API as a person describes it. What is left out is the usual. */
export interface CorsRequestForm {
  /** Undefined: an operation without a policy of its own. */
  readonly operation?: string | undefined;
  /** The product that the key is for. */
  readonly product?: string | undefined;
  readonly key?: KeyPlace | undefined;
  /** The page's origin, in any spelling; there is no explanation without one. */
  readonly origin?: string | undefined;
  /** Undefined or empty: the operation's own, else GET. */
  readonly method?: string | undefined;
  readonly headers?: readonly CallHeader[] | undefined;
  readonly credentials?: CredentialsMode | undefined;
  /** Readings of open questions that this call is looked at with; they come before the project file's. */
  readonly assume?: Partial<SwitchSettings> | undefined;
}

/** Which request the form is about. */
export function questionOf({ operation, product, key, method }: CorsRequestForm): CorsQuestion {
  return { operation, product, key: key ?? 'none', method: method?.trim() || undefined };
}

/** What the page calls. `origin` must be one. */
export function callOf(form: CorsRequestForm, origin: string, method: string, url: string | undefined): Call {
  const headers = (form.headers ?? []).filter(({ name }) => name.trim() !== '');
  return {
    method,
    origin,
    headers: headers.map(({ name, value }) => ({ name: name.trim(), value: value?.trim() || undefined })),
    credentials: form.credentials ?? 'same-origin',
    key: form.key ?? 'none',
    url,
  };
}
