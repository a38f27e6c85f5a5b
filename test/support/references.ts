import type { ServiceFiles } from './service';

/** A service in which every kind of name is defined and used. */
export const namesService: ServiceFiles = {
  'policy.xml': `<policies>
  <inbound>
    <set-variable name="tenant" value="@(context.Request.Headers.GetValueOrDefault("x-tenant", ""))" />
    <include-fragment fragment-id="Log" />
  </inbound>
  <outbound />
</policies>`,
  'products/starter/policy.xml': `<policies>
  <inbound>
    <base />
    <set-variable name="plan" value="free" />
  </inbound>
</policies>`,
  'products/starter/apis.json': '[{ "name": "orders" }]',
  'products/gold/policy.xml': '<policies>\n  <inbound>\n    <base />\n  </inbound>\n</policies>',
  'products/gold/apis.json': '[{ "name": "orders" }]',
  'apis/orders/policy.xml': `<policies>
  <inbound>
    <base />
    <set-backend-service backend-id="orders" />
    <set-header name="x-plan"><value>@(context.Variables.GetValueOrDefault<string>("plan", "none"))</value></set-header>
    <set-header name="x-key"><value>{{orders-key}}</value></set-header>
    <authentication-certificate certificate-id="client" />
    <include-fragment fragment-id="log" />
  </inbound>
  <outbound>
    <base />
  </outbound>
</policies>`,
  'apis/billing/policy.xml': `<policies>
  <inbound>
    <set-variable name="plan" value="@(context.Variables.ContainsKey("tenant") ? "a" : "b")" />
    <set-backend-service backend-id="orders" base-url="{{orders-url}}" />
    <log-to-eventhub logger-id="audit">@("{{Orders-Url}}")</log-to-eventhub>
    <authentication-certificate certificate-id="client" />
  </inbound>
</policies>`,
  'policy fragments/log/policy.xml': `<fragment>
  <trace source="log"><message>@((string)context.Variables["tenant"])</message></trace>
</fragment>`,
  'policy fragments/log/policyFragmentInformation.json': '{ "properties": {} }',
  'policy fragments/stored/policyFragmentInformation.json':
    '{ "properties": { "value": "<fragment>\\r\\n  <set-header name=\\"a\\"><value>{{orders-url}}</value></set-header></fragment>" } }',
  'named values/nv1/namedValueInformation.json':
    '{ "properties": { "displayName": "orders-url", "value": "https://orders.internal" } }',
  'named values/nv2/namedValueInformation.json':
    '{ "properties": { "displayName": "orders-key", "secret": true, "value": "do not tell" } }',
  'backends/orders/backendInformation.json':
    '{ "properties": { "title": "Orders", "url": "https://orders.internal/api?code=do-not-tell" } }',
  'backends/pool/backendInformation.json':
    '{ "properties": { "pool": { "services": [{ "id": "/subscriptions/1/backends/orders" }] } } }',
  'loggers/audit/loggerInformation.json':
    '{ "properties": { "loggerType": "azureEventHub", "credentials": { "connectionString": "{{orders-key}}" } } }',
};

/** The texts with a `¦` in one of them, behind the first occurrence of a piece. */
export function cursorAfter(files: ServiceFiles, path: string, piece: string): ServiceFiles {
  const text = files[path] ?? '';
  const end = text.indexOf(piece) + piece.length;
  if (!text.includes(piece)) throw new Error(`There is no ${piece} in ${path}`);
  return { ...files, [path]: `${text.slice(0, end)}¦${text.slice(end)}` };
}
