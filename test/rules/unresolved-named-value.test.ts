import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const api = 'apis/orders/policy.xml';
const use = (text: string): string => definition(`    <base />\n    ${text}`);
const value = (name: string): string => `{ "properties": { "displayName": "${name}", "value": "1" } }`;
const key = { 'named values/nv1/namedValueInformation.json': value('orders-key') };

describe('unresolved-named-value', () => {
  it('warns of every use of a display name that is not there, in C# too', () => {
    const text = use(
      '<set-variable name="a" value="{{a}}" /><set-variable name="b" value="@("{{a}}{{orders-key}}")" />',
    );
    assert.deepEqual(lint({ ...key, [api]: text }, api), [
      'warning unresolved-named-value "a"',
      'warning unresolved-named-value "a"',
    ]);
    assert.equal(
      findingOf({ ...key, [api]: use('<a b="{{a}}" />') }, api, 'unresolved-named-value').message,
      'The files of the service have no named value "a". The service refuses a policy with a name that it cannot replace. Correct the name, or add the named value.',
    );
  });
  it('does not take the folder’s name for the display name', () => {
    assert.deepEqual(lint({ ...key, [api]: use('<a b="{{nv1}}" />') }, api), ['warning unresolved-named-value "nv1"']);
  });
  it('warns of the service’s in a workspace, and says so', () => {
    const path = 'workspaces/sales/policy.xml';
    const files = { ...key, [path]: use('<a b="{{orders-key}}" />') };
    assert.match(
      findingOf(files, path, 'unresolved-named-value').message,
      /^The named value "orders-key" is the service’s, which policies of workspace sales cannot use\./,
    );
  });
  it('offers the nearest name', () => {
    const after = applyFix(
      { ...key, [api]: use('<a b="{{order-key}}" />') },
      api,
      'unresolved-named-value',
      'use-closest',
    );
    assert.equal(after[api], use('<a b="{{orders-key}}" />'));
    assert.deepEqual(lint(after, api), []);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'for one that is there, in any case': { ...key, [api]: use('<a b="{{Orders-Key}}" />') },
    'where the workspace holds no named values': { [api]: use('<a b="{{a}}" />') },
    'for one of the project file': {
      ...key,
      'apim-policy.config.json': '{ "namedValues": { "a": "1" } }',
      [api]: use('<a b="{{a}}" />'),
    },
    'in Liquid templates': {
      ...key,
      [api]: use('<set-body template="liquid">{"a": "{{body}}", "b": "{{item.id}}"}</set-body>'),
    },
    'in comments': { ...key, [api]: use('<!-- {{a}} -->') },
    'for what is no name': { ...key, [api]: use('<set-body>@($"{{ {a} }}")</set-body>') },
    'where an information file cannot be read': {
      ...key,
      'named values/nv2/namedValueInformation.json': '{',
      [api]: use('<a b="{{a}}" />'),
    },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
