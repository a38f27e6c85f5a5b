import assert from 'node:assert/strict';
import { cors, definition, globalDefinition, portalGlobal, shopCors } from '../support/policies';
import { absolute, openService, type ServiceFiles } from '../support/service';

const orders = 'apis/orders/policy.xml';
const operation = 'apis/orders/operations/delete-order/policy.xml';
const base = '    <base />';
const shop = (methods: readonly string[], attributes = '') =>
  cors({ origins: ['https://shop.contoso.com'], methods, attributes });
const explicit = ' terminate-unmatched-request="true"';

/** What users read: one of each kind, word for word. A change of words is a change that users notice. */
const messages: readonly (readonly [title: string, files: ServiceFiles, path: string, message: string])[] = [
  [
    'a portal cors that may refuse',
    { 'policy.xml': portalGlobal(), [orders]: definition(`${base}\n${shopCors}`) },
    orders,
    'The developer portal’s cors at global scope comes in through this <base />, before the own cors, and lists only the portal. Browsers on https://shop.contoso.com may be refused: it does not set terminate-unmatched-request, and Microsoft’s pages disagree about the default.',
  ],
  [
    'a portal cors that refuses',
    { 'policy.xml': portalGlobal(explicit), [orders]: definition(`${base}\n${shopCors}`) },
    orders,
    'The developer portal’s cors at global scope comes in through this <base />, before the own cors, and lists only the portal. Browsers on https://shop.contoso.com are refused: it stops unmatched requests with an empty 200.',
  ],
  [
    'a portal cors alone',
    { 'policy.xml': portalGlobal(), [orders]: definition(base) },
    orders,
    'The only cors here is the developer portal’s, which <base /> brings in: the cors at global scope lists https://contoso.developer.azure-api.net. Browsers on any other origin are refused; add a cors before <base /> if pages of your own call this API.',
  ],
  [
    'a restrictive cors',
    {
      'policy.xml': globalDefinition(cors({ origins: ['https://partner.example'], attributes: explicit })),
      [orders]: definition(`${base}\n${shopCors}`),
    },
    orders,
    '<base /> brings in the cors at global scope before the own cors, and it does not list https://shop.contoso.com. Browsers on https://shop.contoso.com are refused: it stops unmatched requests with an empty 200.',
  ],
  [
    'a cors that is never reached',
    { 'policy.xml': globalDefinition(shop(['GET'])), [orders]: definition(`${base}\n${shop(['GET', 'DELETE'])}`) },
    orders,
    'This cors is never reached: <base /> brings in the cors at global scope first, which already matches https://shop.contoso.com and answers without method DELETE. Put this cors before <base />, or allow the same there.',
  ],
  [
    'an operation’s cors that overrides nothing',
    { [orders]: definition(shop(['GET'])), [operation]: definition(`${base}\n${shop(['GET', 'DELETE'])}`) },
    operation,
    'This cors does not override the cors of API orders: <base /> brings that one in first, and it answers https://shop.contoso.com without method DELETE. Put this cors before <base />.',
  ],
  [
    'a cors that stops an inherited one',
    { 'policy.xml': portalGlobal(), [orders]: definition(`${shop(['GET'], explicit)}\n${base}`) },
    orders,
    'This cors stops every origin that it does not list, so the cors at global scope, inherited further down, is never reached for https://contoso.developer.azure-api.net. Set terminate-unmatched-request="false" here to let it answer.',
  ],
  [
    'an attribute that is not set',
    { 'policy.xml': portalGlobal(), [orders]: definition(`${shopCors}\n${base}`) },
    orders,
    'terminate-unmatched-request is not set, and the cors at global scope follows. If the default is false, as Microsoft’s table says, https://contoso.developer.azure-api.net gets its turn there; if it is true, as its troubleshooting text and users’ reports say, this cors refuses it. Write what you mean.',
  ],
  [
    'two cors in one section',
    { [orders]: definition(`${shopCors}\n${shopCors}`) },
    orders,
    'This is another cors in the same inbound section. The cors policy can be used only once in a section; whether the service refuses the document or lets the first one count is not documented. Merge the two.',
  ],
  [
    'an unknown global policy',
    { [orders]: definition(`${base}\n${shopCors}`) },
    orders,
    '<base /> comes before this document’s cors and reaches a global policy: the global policy is not in the workspace. If the developer portal or somebody else put a cors there, that one answers first. Put this cors before <base />, bring that policy into the workspace, or say "absent" in apim-policy.config.json if there is none.',
  ],
];

describe('messages of findings', () => {
  for (const [title, files, path, message] of messages) {
    it(`tell of ${title}`, () => {
      const found = openService(files).findings(absolute(path));
      assert.deepEqual(
        found.map((finding) => finding.message),
        [message],
      );
    });
  }
});
