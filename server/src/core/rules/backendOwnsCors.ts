import { policyElements } from '../effective/policyElements';
import { type PolicyElement, spanInFile } from '../syntax/policyTree';
import { attributeText, sectionElements } from '../syntax/treeQueries';
import { joinNames } from '../text/wording';
import { corsInChains } from './corsInChains';
import { describeCors } from './corsMessages';
import type { Rule } from './rule';

export const backendOwnsCors: Rule = {
  meta: {
    id: 'backend-owns-cors',
    summary: 'Outbound strips CORS headers of the backend beside a cors, so both sides answer.',
    category: 'cors',
    defaultSeverity: 'information',
    fixable: false,
    since: '0.1.0',
    sources: [
      'https://learn.microsoft.com/azure/api-management/cors-policy',
      'https://github.com/Azure/api-management-developer-portal/issues/858',
      'https://fetch.spec.whatwg.org/#cors-check',
    ],
  },
  checkEffective(context, report) {
    const stripped = sectionElements(context.document, 'outbound').flatMap((section) =>
      [...policyElements(section)].filter(stripsCorsHeader),
    );
    const [first] = stripped;
    const [cors] = corsInChains(context);
    if (first === undefined || cors === undefined) return;
    const names = joinNames([...new Set(stripped.map((element) => attributeText(element, 'name')?.trim() ?? ''))]);
    report({
      document: context.document,
      span: first.startTagSpan,
      message: `This removes ${names} of the backend, while ${describeCors(cors)} writes the same headers. Whether it writes them before or after outbound is not documented, so its own may go too. Let one side own CORS: empty the backend’s list of origins, or check one real call from a browser.`,
      related: [
        {
          path: cors.statement.document.path,
          span: spanInFile(cors.statement.document, cors.statement.element.startTagSpan),
          message: 'The cors that writes the same headers.',
        },
      ],
    });
  },
};

function stripsCorsHeader(element: PolicyElement): boolean {
  return (
    element.name === 'set-header' &&
    attributeText(element, 'exists-action')?.trim().toLowerCase() === 'delete' &&
    /^access-control-allow-/i.test(attributeText(element, 'name')?.trim() ?? '')
  );
}
