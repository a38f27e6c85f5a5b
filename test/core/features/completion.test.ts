import assert from 'node:assert/strict';
import { applyEdits } from '../../../server/src/core';
import { openMarkedService } from '../../support/markedService';
import { namesService } from '../../support/references';

const api = 'apis/orders/policy.xml';

/** What can stand at the cursor of an API's policy, each as `label: detail`. */
function offered(statement: string, path = api): readonly string[] {
  const { service, path: asked, offset } = openMarkedService({ ...namesService, [path]: inbound(statement) });
  return service.complete(asked, offset).map(({ label, detail }) => `${label}: ${detail}`);
}

/** The statement after the first item, or the one with the label, is taken. */
function completed(statement: string, label?: string): string | undefined {
  const { service, path, offset } = openMarkedService({ ...namesService, [api]: inbound(statement) });
  const items = service.complete(path, offset);
  const item = label === undefined ? items[0] : items.find((each) => each.label === label);
  if (item === undefined) return undefined;
  return applyEdits(service.store.text(path) ?? '', [item]).slice(
    inbound('').indexOf('</'),
    -inbound('').length + inbound('').indexOf('</'),
  );
}

function inbound(statement: string): string {
  return `<policies><inbound>${statement}</inbound></policies>`;
}

describe('completion', () => {
  const fragments = [
    'log: policy fragment · policy fragments/log/policy.xml',
    'stored: policy fragment · policy fragments/stored/policyFragmentInformation.json',
  ];
  it('offers fragments, and replaces the whole id', () => {
    assert.deepEqual(offered('<include-fragment fragment-id="¦" />'), fragments);
    assert.deepEqual(offered("<include-fragment fragment-id='x¦y' />"), fragments);
    assert.equal(completed('<include-fragment fragment-id="x¦y" />'), '<include-fragment fragment-id="log" />');
  });
  it('offers backends and loggers', () => {
    const backends = [
      'orders: backend · backends/orders/backendInformation.json',
      'pool: backend · backends/pool/backendInformation.json',
    ];
    assert.deepEqual(offered('<set-backend-service backend-id="or¦" />'), backends);
    assert.deepEqual(offered('<llm-content-safety backend-id="¦"></llm-content-safety>'), backends);
    assert.deepEqual(offered('<log-to-eventhub logger-id="¦">a</log-to-eventhub>'), [
      'audit: logger · loggers/audit/loggerInformation.json',
    ]);
    assert.deepEqual(offered('<authentication-certificate certificate-id="¦" />'), []);
  });
  it('offers named values, without the value of a secret', () => {
    assert.deepEqual(offered('<set-header name="a"><value>{{¦</value></set-header>'), [
      'orders-key: the named value {{orders-key}} is a secret · named values/nv2/namedValueInformation.json',
      'orders-url: https://orders.internal · named values/nv1/namedValueInformation.json',
    ]);
  });
  it('closes the braces of a named value, and replaces what is there', () => {
    for (const typed of ['{{¦', '{{o¦', '{{¦}', '{{¦}}', '{{or¦ders}}']) {
      assert.equal(completed(`<a b="${typed}" />`), '<a b="{{orders-key}}" />', typed);
    }
    assert.equal(completed('<a b="@("{{¦")" />'), '<a b="@("{{orders-key}}")" />');
  });
  it('offers the variables that are set for the same requests', () => {
    const variables = [
      'plan: policy variable · set in products/starter/policy.xml',
      'tenant: policy variable · set in policy.xml',
    ];
    for (const code of [
      'context.Variables["¦"]',
      'context.Variables["te¦n"]',
      'context.Variables.GetValueOrDefault<string>("¦")',
      'context.Variables.GetValueOrDefault<List<string>>("¦", null)',
      'context.Variables.ContainsKey("¦',
    ]) {
      assert.deepEqual(offered(`<a b="@(${code})" />`), variables, code);
    }
    assert.deepEqual(offered('<a b="@(context.Variables[&quot;¦&quot;])" />'), variables);
    assert.deepEqual(offered('<return-response response-variable-name="¦" />'), variables);
    assert.equal(
      completed('<a b="@(context.Variables["te¦n"])" />', 'tenant'),
      '<a b="@(context.Variables["tenant"])" />',
    );
    assert.equal(completed('<a b="@(context.Variables["¦)" />', 'plan'), '<a b="@(context.Variables["plan)" />');
  });
  it('offers a workspace its own and what it shares', () => {
    const path = 'workspaces/sales/apis/leads/policy.xml';
    assert.deepEqual(offered('<include-fragment fragment-id="¦" />', path), fragments);
    assert.deepEqual(offered('<a b="{{¦" />', path), []);
    assert.deepEqual(offered('<set-backend-service backend-id="¦" />', path), []);
  });
  it('is silent in comments, and where nothing is named', () => {
    for (const statement of [
      '<!-- <include-fragment fragment-id="¦" /> -->',
      '<!-- {{¦ -->',
      '<a b="@{ /* context.Variables["¦"] */ }" />',
      '<a b="@{ // context.Variables["¦"]\n }" />',
      '<set-variable name="¦" value="a" />',
      '<include-fragment ¦fragment-id="" />',
      '<include-fragment fragment-id=""¦ />',
      '<set-backend-service base-url="¦" />',
      '<set-backend-service backend-id="@(¦)" />',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the text has Terraform's placeholders.
      '<set-backend-service backend-id="${¦}" />',
      '<a b="@(context.Request.Headers["¦"])" />',
      '<a b="{¦" />',
      '¦',
    ]) {
      assert.deepEqual(offered(statement), [], statement);
    }
  });
});
