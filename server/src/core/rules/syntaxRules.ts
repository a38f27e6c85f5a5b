import type { SyntaxRuleId } from '../syntax/policyTree';
import type { RuleMeta } from './rule';

const common = { category: 'syntax', defaultSeverity: 'error', fixable: true, since: '0.1.0' } as const;
const policyPages = ['https://learn.microsoft.com/azure/api-management/api-management-howto-policies'];
const expressionPages = ['https://learn.microsoft.com/azure/api-management/api-management-policy-expressions'];
const xmlPages = ['https://www.w3.org/TR/xml/'];
const bareCharacterPages = [
  ...xmlPages,
  'https://github.com/Azure/apiops/issues/555',
  'https://github.com/Azure/apiops/issues/204',
];

type SyntaxRuleMeta = RuleMeta & { readonly id: SyntaxRuleId };

/** What the reader of the text reports. The checks are in `syntax/`, since only reading the text finds these. */
export const syntaxRules: readonly SyntaxRuleMeta[] = [
  {
    ...common,
    id: 'not-a-policy',
    fixable: false,
    summary: 'The file holds no policy: it is empty, no text, or its first element is not one of a policy document.',
    sources: policyPages,
  },
  {
    ...common,
    id: 'syntax-several-roots',
    fixable: false,
    summary: 'More than one element stands at the top level.',
    sources: xmlPages,
  },
  { ...common, id: 'syntax-unclosed-element', summary: 'An element has no end tag.', sources: xmlPages },
  { ...common, id: 'syntax-unexpected-end-tag', summary: 'An end tag closes nothing that is open.', sources: xmlPages },
  {
    ...common,
    id: 'syntax-incomplete-tag',
    variants: { legal: 'warning' },
    summary: 'A tag lacks its < or its >.',
    sources: xmlPages,
  },
  {
    ...common,
    id: 'syntax-invalid-name',
    fixable: false,
    summary: 'The name of an element or attribute has a character that XML does not allow there.',
    sources: xmlPages,
  },
  {
    ...common,
    id: 'syntax-duplicate-attribute',
    summary: 'An element has the same attribute twice.',
    sources: xmlPages,
  },
  {
    ...common,
    id: 'syntax-attribute-without-value',
    summary: 'An attribute has no value, or no = before it.',
    sources: xmlPages,
  },
  { ...common, id: 'syntax-missing-quote', summary: 'An attribute value lacks a quote.', sources: xmlPages },
  {
    ...common,
    id: 'syntax-missing-space',
    summary: 'No white space stands between two attributes.',
    sources: xmlPages,
  },
  {
    ...common,
    id: 'syntax-unterminated-expression',
    summary: 'A policy expression has no closing bracket.',
    sources: [...expressionPages, 'https://github.com/microsoft/vscode-apimanagement/issues/197'],
  },
  {
    ...common,
    id: 'syntax-unbalanced-expression',
    summary: 'A bracket, string or comment in a policy expression has no partner.',
    sources: [...expressionPages, 'https://github.com/microsoft/vscode-apimanagement/issues/197'],
  },
  {
    ...common,
    id: 'syntax-bare-ampersand',
    defaultSeverity: 'warning',
    summary: 'A literal text has & where XML needs &amp;.',
    sources: bareCharacterPages,
  },
  {
    ...common,
    id: 'syntax-bare-less-than',
    variants: { value: 'warning' },
    summary: 'A literal text has < where XML needs &lt;.',
    sources: bareCharacterPages,
  },
  { ...common, id: 'syntax-unknown-entity', summary: 'An entity that XML does not know.', sources: xmlPages },
  {
    ...common,
    id: 'syntax-invalid-character',
    summary: 'A control character that no XML may hold.',
    sources: xmlPages,
  },
  {
    ...common,
    id: 'syntax-incomplete-markup',
    variants: { legal: 'warning' },
    summary: 'A comment, CDATA section, instruction or declaration lacks its beginning or its end.',
    sources: xmlPages,
  },
  { ...common, id: 'syntax-comment-dashes', summary: 'A comment contains --.', sources: xmlPages },
  {
    ...common,
    id: 'syntax-comment-code',
    defaultSeverity: 'warning',
    summary: 'A comment holds a policy expression that never ends.',
    sources: ['https://github.com/microsoft/vscode-apimanagement/issues/197'],
  },
  {
    ...common,
    id: 'syntax-text-outside-root',
    summary: 'Text stands outside the root element.',
    sources: [...xmlPages, 'https://github.com/microsoft/vscode-apimanagement/issues/290'],
  },
  {
    ...common,
    id: 'syntax-misplaced-declaration',
    summary: 'The XML declaration does not stand at the very start.',
    sources: [
      'https://www.w3.org/TR/xml/#sec-prolog-dtd',
      'https://github.com/microsoft/vscode-apimanagement/issues/290',
    ],
  },
  {
    ...common,
    id: 'syntax-conflict-marker',
    fixable: false,
    summary: 'A merge has left its conflict in the text.',
    sources: ['https://git-scm.com/docs/git-merge'],
  },
  { ...common, id: 'syntax-malformed', summary: 'Markup that cannot be read as written.', sources: xmlPages },
];
