import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cors, definition, portalGlobal } from '../support/policies';

/**
 * A service in APIOps layout with so many policy files, and what an extractor writes beside them: per API one policy,
 * three of operations and an information file; a product with a policy for every hundred APIs.
 */
export function* generatedService(policyCount: number): Generator<readonly [path: string, text: string]> {
  yield ['policy.xml', portalGlobal()];
  yield ['policy fragments/correlation/policy.xml', correlation];
  let written = 2;
  for (let api = 0; written < policyCount; api++) {
    const folder = `apis/api-${String(api).padStart(5, '0')}`;
    yield [`${folder}/apiInformation.json`, `{ "properties": { "displayName": "API ${api}", "path": "a${api}" } }`];
    yield [`${folder}/policy.xml`, apiPolicy(api)];
    written++;
    for (const operation of ['create', 'get', 'list']) {
      if (written >= policyCount) break;
      yield [`${folder}/operations/${operation}/policy.xml`, operationPolicy(api, operation)];
      written++;
    }
    const product = `products/product-${Math.floor(api / 100)}`;
    if (api % 100 === 0) {
      yield [`${product}/productInformation.json`, '{ "properties": { "subscriptionRequired": true } }'];
      if (written < policyCount) {
        yield [`${product}/policy.xml`, definition('    <base />\n    <quota calls="1000" renewal-period="3600" />')];
        written++;
      }
    }
    if (api % 2 === 0) yield [`${product}/${folder}/productApiInformation.json`, '{}'];
  }
}

/** The same on the disk. */
export function writeService(folder: string, files: Iterable<readonly [path: string, text: string]>): void {
  const made = new Set<string>();
  for (const [path, text] of files) {
    const file = join(folder, path);
    const parent = dirname(file);
    if (!made.has(parent)) mkdirSync(parent, { recursive: true });
    made.add(parent);
    writeFileSync(file, text);
  }
}

const correlation = `<fragment>
  <set-variable name="correlation" value="@(context.Request.Headers.GetValueOrDefault("x-correlation-id", Guid.NewGuid().ToString()))" />
</fragment>
`;

/** Every other one has a cors of its own behind the global one: a finding. */
export function apiPolicy(api: number): string {
  const own =
    api % 2 === 0 ? `\n${cors({ origins: [`https://shop-${api}.contoso.com`], methods: ['GET', 'PUT'] })}` : '';
  return definition(`    <base />${own}
    <include-fragment fragment-id="correlation" />
    <set-backend-service base-url="https://backend-${api}.contoso.com/v1" />
    <set-header name="x-api" exists-action="override">
      <value>@(context.Api.Name + " " + (string)context.Variables["correlation"])</value>
    </set-header>
    <choose>
      <when condition="@(context.Request.Headers.GetValueOrDefault("Origin", "") == "https://shop.contoso.com" && context.User == null)">
        <return-response>
          <set-status code="401" reason="Unauthorized" />
        </return-response>
      </when>
    </choose>`);
}

function operationPolicy(api: number, operation: string): string {
  return definition(`    <base />
    <rate-limit-by-key calls="20" renewal-period="60" counter-key="@(context.Request.IpAddress + "${operation}-${api}")" />
    <rewrite-uri template="/v2/${operation}" />`);
}
