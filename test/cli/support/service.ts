import { cors, definition, portalGlobal } from '../../support/policies';

const shopOrigin = 'https://shop.contoso.com';

/** A small service in APIOps layout: portal at global scope, API orders with a `cors` of its own, product starter. */
export const portalService: Readonly<Record<string, string>> = {
  'apim-policy.config.json': `{ "rules": { "options-operation": "off" }, "cors": { "origins": ["${shopOrigin}"] } }\n`,
  'policy.xml': portalGlobal(),
  'apis/orders/policy.xml': definition(`    <base />\n${cors({ origins: [shopOrigin], methods: ['GET', 'PUT'] })}`),
  'apis/orders/apiInformation.json': '{ "properties": { "displayName": "Orders", "subscriptionRequired": false } }',
  'apis/orders/specification.yaml': `openapi: 3.0.1
info: { title: Orders, version: '1' }
paths:
  /orders:
    get: { operationId: list-orders, responses: {} }
    post: { operationId: create-order, responses: {} }
  /orders/{id}:
    put: { operationId: update-order, responses: {} }
    options: { operationId: preflight-order, responses: {} }
`,
  'apis/orders/operations/create-order/policy.xml': definition('    <base />\n    <set-header name="X-Kind" />'),
  'products/starter/policy.xml': definition('    <base />\n    <quota calls="10" renewal-period="60" />'),
  'products/starter/productInformation.json': '{ "properties": { "subscriptionRequired": true } }',
  'products/starter/apis.json': '[{ "name": "orders" }]',
};
