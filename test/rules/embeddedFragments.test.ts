import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { absolute, lint, openService } from '../support/service';

const information = 'policyFragments/log/policyFragmentInformation.json';
const include = { 'apis/orders/policy.xml': definition('    <base />\n    <include-fragment fragment-id="log" />') };
const held = (text: string) => ({ [information]: JSON.stringify({ properties: { format: 'rawxml', value: text } }) });

describe('fragments that are strings in other files', () => {
  it('have the findings of their text, at its place in the file', () => {
    const files = {
      ...include,
      ...held('<fragment>\r\n\t<base />\r\n\t<set-header name="a" />\r\n\t<inbound />\r\n</fragment>'),
    };
    assert.deepEqual(lint(files, information), [
      'error fragment-with-base "<base />"',
      'error fragment-with-section "inbound"',
    ]);
  });

  it('have findings on the names in them', () => {
    const files = {
      ...include,
      ...held('<fragment><include-fragment fragment-id="lgo" /><trace source="{{kye}}" /></fragment>'),
      'namedValues/key/namedValueInformation.json': '{ "properties": { "displayName": "key" } }',
    };
    assert.deepEqual(lint(files, information), [
      'warning nested-fragment "<include-fragment fragment-id=\\"lgo\\" />"',
      'warning unresolved-fragment "lgo"',
      'warning unresolved-named-value "kye"',
    ]);
  });

  it('are told when no policy includes them', () => {
    const files = { 'apis/orders/policy.xml': definition('    <base />'), ...held('<fragment />') };
    assert.deepEqual(lint(files, information), ['information unused-fragment "fragment"']);
  });

  it('bring no fix, since edits of the text are no edits of the file', () => {
    const files = { ...include, ...held('<fragment><trace></fragment>') };
    const findings = openService(files).findings(absolute(information));
    assert.deepEqual(
      findings.map(({ ruleId, fixes }) => [ruleId, fixes]),
      [['syntax-unclosed-element', []]],
    );
  });

  it('have none where a file of their own counts', () => {
    const files = {
      ...include,
      ...held('<fragment><base /></fragment>'),
      'policyFragments/log/policy.xml': '<fragment><trace /></fragment>',
    };
    assert.deepEqual(lint(files, information), []);
    assert.deepEqual(openService(files).embeddedFragmentPaths(), []);
  });

  it('are told apart where one template holds several', () => {
    const fragment = (name: string, value: string) => ({
      type: 'Microsoft.ApiManagement/service/policyFragments',
      name: `[concat(parameters('ApimServiceName'), '/${name}')]`,
      properties: { value },
    });
    const template = 'kit-policy-fragments.template.json';
    const files = {
      'policies/globalServicePolicy.xml': definition(
        '    <include-fragment fragment-id="one" />\n    <include-fragment fragment-id="two" />',
      ),
      [template]: JSON.stringify({
        resources: [
          fragment('one', '<fragment><base /></fragment>'),
          fragment('two', '<fragment><inbound/></fragment>'),
        ],
      }),
    };
    assert.deepEqual(lint(files, template), [
      'error fragment-with-base "<base />"',
      'error fragment-with-section "inbound"',
    ]);
  });
});
