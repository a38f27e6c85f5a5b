import type { Call, CallExplanation } from '../cors/corsCall';
import type { CorsTarget, CorsTargetRemark } from '../cors/corsTarget';
import { isForbiddenHeader } from '../cors/safelist';
import { joinNames } from '../text/wording';

/** A sentence for people. `about` names what more can be said, where a host has a way to say it. */
export interface CorsCallNote {
  readonly about: 'anyOperation' | 'inProducts' | 'noKey' | 'anything';
  readonly text: string;
}

/** What a person who describes a call should know beside its explanation, without the options of any program. */
export function corsCallNotes(call: Call, target: CorsTarget, explanation: CallExplanation): readonly CorsCallNote[] {
  return [
    ...headerNotes(call),
    ...keyNotes(call, target),
    ...target.remarks.flatMap(remarkNotes),
    ...backendNotes(explanation, target),
  ];
}

function plain(text: string): readonly CorsCallNote[] {
  return [{ about: 'anything', text }];
}

function headerNotes({ headers = [], client }: Call): readonly CorsCallNote[] {
  if (client === 'server') return [];
  return headers
    .filter(({ name, value }) => isForbiddenHeader(name, value))
    .flatMap(({ name }) => plain(`Browsers do not let a page set ${name}, so it plays no part.`));
}

/** A call that forgets the key is refused for that, which is hardly what was asked about. */
function keyNotes({ key = 'none' }: Call, { facts }: CorsTarget): readonly CorsCallNote[] {
  const lacksKey = key === 'none' && facts.subscriptionRequired === true && facts.openProduct !== true;
  return lacksKey ? [{ about: 'noKey', text: 'The API requires a subscription key and this call has none.' }] : [];
}

/** A policy does not tell what the backend sends; where the gateway handles CORS, it is taken to stay silent. */
function backendNotes({ actual }: CallExplanation, { facts }: CorsTarget): readonly CorsCallNote[] {
  const reachesBackend =
    actual?.outcome === 'passes-with-cors-headers' || actual?.outcome === 'passes-without-cors-headers';
  return reachesBackend && facts.backendAddsCors === undefined
    ? plain('Taken for granted: the backend sends no CORS headers of its own.')
    : [];
}

function remarkNotes(remark: CorsTargetRemark): readonly CorsCallNote[] {
  switch (remark.kind) {
    case 'anyApi':
      return plain('This is no API: the answer holds for an API without a policy of its own.');
    case 'anyOperation': {
      const own = joinNames(remark.withPolicy);
      const text = 'The answer holds for an operation without a policy of its own.';
      return [
        { about: 'anyOperation', text },
        ...(own === '' ? [] : plain(`Operations with a policy of their own: ${own}.`)),
      ];
    }
    case 'otherMethod':
      return plain(
        `Operation ${remark.operation} has the method ${remark.method}, so a call with ${remark.asked} goes to another operation.`,
      );
    case 'optionsPolicies':
      return plain(
        `Several OPTIONS operations may take the preflight; the policies of ${joinNames(remark.operations)} are not looked at.`,
      );
    case 'noSpecification':
      return plain(
        'The API has no specification here that can be read, so an operation with the method OPTIONS may exist.',
      );
    case 'openProduct':
      return plain(`Product ${remark.product} is open and the call has no key, so it runs in that product.`);
    case 'inProducts': {
      const which = remark.products.length === 1 ? 'product' : 'the products';
      return [{ about: 'inProducts', text: `The API is also in ${which} ${joinNames(remark.products)}.` }];
    }
  }
}
