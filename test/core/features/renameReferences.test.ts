import assert from 'node:assert/strict';
import { applyEdits, type Renaming } from '../../../server/src/core';
import { openMarkedService } from '../../support/markedService';
import { cursorAfter, namesService } from '../../support/references';
import { absolute, relative, type ServiceFiles } from '../../support/service';

const orders = 'apis/orders/policy.xml';
const billing = 'apis/billing/policy.xml';
const at = (path: string, piece: string): ServiceFiles => cursorAfter(namesService, path, piece);

/** The lines that are others afterwards, as `path: line`, and what is moved; the reason where it is refused. */
function renamed(marked: ServiceFiles, newName: string): readonly string[] | string | undefined {
  const { service, path, offset, files } = openMarkedService(marked);
  const renaming: Renaming | undefined = service.rename(path, offset, newName);
  if (renaming === undefined) return undefined;
  if ('refusedBecause' in renaming) return renaming.refusedBecause;
  const changed = Object.entries(files).flatMap(([file, text]) => {
    const edits = renaming.edits.filter((edit) => edit.path === absolute(file));
    const before = text.split('\n');
    const after = applyEdits(text, edits).split('\n');
    return after.flatMap((line, index) => (line === before[index] ? [] : [`${file}: ${line.trim()}`]));
  });
  const { moved } = renaming;
  return moved === undefined ? changed : [...changed, `${relative(moved.from)} → ${relative(moved.to)}`];
}

describe('rename across files', () => {
  it('of a fragment changes every inclusion, and moves its folder', () => {
    assert.deepEqual(renamed(at(orders, 'fragment-id="lo'), 'audit-log'), [
      'policy.xml: <include-fragment fragment-id="audit-log" />',
      'apis/orders/policy.xml: <include-fragment fragment-id="audit-log" />',
      'policy fragments/log → policy fragments/audit-log',
    ]);
  });
  it('of a fragment in an information file changes what is written in it, too', () => {
    const path = 'policyFragments/old/policyFragmentInformation.json';
    const files = {
      'policy.xml': '<policies><inbound><include-fragment fragment-id="ol¦d" /></inbound></policies>',
      [path]: '{ "name": "old", "properties": { "value": "<fragment />" } }',
    };
    assert.deepEqual(renamed(files, 'new'), [
      'policy.xml: <policies><inbound><include-fragment fragment-id="new" /></inbound></policies>',
      `${path}: { "name": "new", "properties": { "value": "<fragment />" } }`,
      'policyFragments/old → policyFragments/new',
    ]);
  });
  it('of a named value changes its display name and every use, and leaves its folder', () => {
    assert.deepEqual(renamed(at(billing, '{{orders-u'), 'orders-address'), [
      'apis/billing/policy.xml: <set-backend-service backend-id="orders" base-url="{{orders-address}}" />',
      'apis/billing/policy.xml: <log-to-eventhub logger-id="audit">@("{{orders-address}}")</log-to-eventhub>',
      'policy fragments/stored/policyFragmentInformation.json: { "properties": { "value": "<fragment>\\r\\n  <set-header name=\\"a\\"><value>{{orders-address}}</value></set-header></fragment>" } }',
      'named values/nv1/namedValueInformation.json: { "properties": { "displayName": "orders-address", "value": "https://orders.internal" } }',
    ]);
  });
  it('of a named value changes the project file, too', () => {
    const files = {
      'apim-policy.config.json': '{ "namedValues": { "spa": "https://spa" } }',
      'policy.xml': '<policies><inbound><a b="{{s¦pa}}" /></inbound></policies>',
      'named values/spa/namedValueInformation.json': '{ "properties": { "displayName": "spa" } }',
    };
    assert.deepEqual(renamed(files, 'app'), [
      'apim-policy.config.json: { "namedValues": { "app": "https://spa" } }',
      'policy.xml: <policies><inbound><a b="{{app}}" /></inbound></policies>',
      'named values/spa/namedValueInformation.json: { "properties": { "displayName": "app" } }',
    ]);
  });
  it('of a backend changes policies and pools, and moves its folder', () => {
    assert.deepEqual(renamed(at(orders, 'backend-id="or'), 'orders-v2'), [
      'apis/orders/policy.xml: <set-backend-service backend-id="orders-v2" />',
      'apis/billing/policy.xml: <set-backend-service backend-id="orders-v2" base-url="{{orders-url}}" />',
      'backends/pool/backendInformation.json: { "properties": { "pool": { "services": [{ "id": "/subscriptions/1/backends/orders-v2" }] } } }',
      'backends/orders → backends/orders-v2',
    ]);
  });
  it('of a policy variable changes the files that share it, and no others', () => {
    assert.deepEqual(renamed(at('policy.xml', 'name="te'), 'customer'), [
      'policy.xml: <set-variable name="customer" value="@(context.Request.Headers.GetValueOrDefault("x-tenant", ""))" />',
      'apis/billing/policy.xml: <set-variable name="plan" value="@(context.Variables.ContainsKey("customer") ? "a" : "b")" />',
      'policy fragments/log/policy.xml: <trace source="log"><message>@((string)context.Variables["customer"])</message></trace>',
    ]);
    assert.deepEqual(renamed(at(billing, 'name="pl'), 'level'), [
      'apis/billing/policy.xml: <set-variable name="level" value="@(context.Variables.ContainsKey("tenant") ? "a" : "b")" />',
    ]);
  });
  it('may change the case alone', () => {
    assert.deepEqual(renamed(at(orders, 'backend-id="or'), 'Orders'), [
      'apis/orders/policy.xml: <set-backend-service backend-id="Orders" />',
      'apis/billing/policy.xml: <set-backend-service backend-id="Orders" base-url="{{orders-url}}" />',
      'backends/pool/backendInformation.json: { "properties": { "pool": { "services": [{ "id": "/subscriptions/1/backends/Orders" }] } } }',
      'backends/orders → backends/Orders',
    ]);
  });

  it('refuses names that cannot be', () => {
    const refusals = [
      renamed(at(orders, 'fragment-id="lo'), 'a b'),
      renamed(at(orders, 'fragment-id="lo'), '../a'),
      renamed(at(billing, '{{orders-u'), 'ü'),
      renamed(at(orders, 'backend-id="or'), ''),
      renamed(at('policy.xml', 'name="te'), 'a"b'),
    ];
    for (const refusal of refusals) assert.match(String(refusal), /cannot be the name of a /);
  });
  it('refuses names that are taken', () => {
    assert.equal(
      renamed(at(orders, 'fragment-id="lo'), 'Stored'),
      'There is a policy fragment stored already (policy fragments/stored/policyFragmentInformation.json). Choose another name.',
    );
    assert.equal(
      renamed(at('policy.xml', 'name="te'), 'plan'),
      'apis/billing/policy.xml uses a policy variable "plan" already, for the same requests: the two would become one. Choose another name.',
    );
  });
  it('refuses what no file defines, and says what to do', () => {
    const files = { 'policy.xml': '<policies><inbound><include-fragment fragment-id="a¦" /></inbound></policies>' };
    assert.match(String(renamed(files, 'b')), /^No file of the workspace defines the policy fragment "a"/);
  });
  it('refuses an id that no folder gives', () => {
    const files = {
      'apim-policy.config.json':
        '{ "scopes": [{ "glob": "f/{fragment}.xml", "scope": "fragment", "fragment": "{fragment}" }, { "glob": "global.xml", "scope": "global" }] }',
      'global.xml': '<policies><inbound><include-fragment fragment-id="a¦" /></inbound></policies>',
      'f/a.xml': '<fragment />',
    };
    assert.match(String(renamed(files, 'b')), /does not come from a folder of its name \(f\/a\.xml\)/);
  });
  it('has nothing to rename where the files define nothing', () => {
    assert.equal(renamed(at(orders, 'certificate-id="cl'), 'b'), undefined);
    const { service, path, offset } = openMarkedService(at(orders, 'certificate-id="cl'));
    assert.equal(service.renameTarget(path, offset), undefined);
  });
  it('shows the name without what stands around it', () => {
    const { service, path, offset } = openMarkedService(at(billing, '"{{Orders'));
    const target = service.renameTarget(path, offset);
    assert.equal(target?.name, 'Orders-Url');
    assert.equal(service.store.text(path)?.slice(target?.span.start, target?.span.end), 'Orders-Url');
  });
});
