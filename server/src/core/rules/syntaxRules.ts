import type { SyntaxRuleId } from '../syntax/policyTree';
import type { RuleMeta } from './rule';

const common = { category: 'syntax', defaultSeverity: 'error', fixable: false, since: '0.1.0' } as const;
const policyPages = ['https://learn.microsoft.com/azure/api-management/api-management-howto-policies'];
const expressionPages = ['https://learn.microsoft.com/azure/api-management/api-management-policy-expressions'];
const xmlPages = ['https://www.w3.org/TR/xml/'];

/** What the reader of the text reports. The checks are in `syntax/`, since only reading the text finds these. */
export const syntaxRules: readonly (RuleMeta & { readonly id: SyntaxRuleId })[] = [
  {
    ...common,
    id: 'not-a-policy',
    summary: 'The file holds no policy: it is empty, no text, or its first element is not one of a policy document.',
    sources: policyPages,
  },
  {
    ...common,
    id: 'syntax-several-roots',
    summary: 'More than one element stands at the top level.',
    sources: xmlPages,
  },
  { ...common, id: 'syntax-unclosed-element', summary: 'An element has no end tag.', sources: xmlPages },
  {
    ...common,
    id: 'syntax-unexpected-end-tag',
    summary: 'An end tag closes nothing that is open.',
    sources: xmlPages,
  },
  {
    ...common,
    id: 'syntax-unterminated-expression',
    summary: 'A policy expression has no closing bracket.',
    sources: expressionPages,
  },
  {
    ...common,
    id: 'syntax-duplicate-attribute',
    summary: 'An element has the same attribute twice.',
    sources: xmlPages,
  },
  { ...common, id: 'syntax-malformed', summary: 'Markup that cannot be read as written.', sources: xmlPages },
];
