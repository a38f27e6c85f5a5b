import { triedElementFixes } from './corsFixes/triedElementFixes';
import type { Rule } from './rule';
import { findWildcardOrigins, listProjectOrigins, removeStar, setCredentialsFalse } from './wildcardOrigins';

const id = 'wildcard-with-credentials';

export const wildcardWithCredentials: Rule = {
  meta: {
    id,
    summary:
      'The origin * stands beside allow-credentials="true": every site may call as the user, or no such call works.',
    category: 'cors',
    defaultSeverity: 'warning',
    fixable: true,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://fetch.spec.whatwg.org/#http-cors-protocol',
    ],
  },
  checkCors(context, report) {
    const { document, cors, settings } = context;
    const found = findWildcardOrigins(cors);
    if (found?.ruleId !== id) return;
    const [other] = found.others;
    report({
      document,
      span: found.star.span,
      message: `Every site is admitted, and allow-credentials is true. ${effects[settings.assume['wildcardWithCredentials'] ?? ''] ?? effectUnknown} List the sites that may call, or set allow-credentials="false".`,
      related:
        other === undefined
          ? []
          : [
              {
                path: document.path,
                span: other.element.span,
                message: 'Beside *, this says nothing more (wildcard-mixed).',
                ruleId: 'wildcard-mixed',
              },
            ],
      fixes: () =>
        triedElementFixes(id, context, [
          removeStar(found, context),
          listProjectOrigins(found, context),
          setCredentialsFalse(context),
        ]),
    });
  },
};

/** By the switch `wildcardWithCredentials`. */
const effects: Readonly<Record<string, string>> = {
  'echo-origin':
    'The gateway repeats the caller’s origin, so any page that a user visits can call with that user’s cookies and read the answer.',
  'literal-star': 'The gateway sends a literal *, which browsers refuse for calls with cookies.',
};

const effectUnknown =
  'If the gateway repeats the caller’s origin, any page that a user visits can call with that user’s cookies and read the answer; if it sends a literal *, browsers refuse such calls. Neither is documented.';
