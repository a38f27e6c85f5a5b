/** Policy texts that tests are made of. Each reads as a person would write it. */

/** What "Enable CORS" of the developer portal wrote until about 2021: no terminate-unmatched-request. */
export function portalGlobal(attributes = ''): string {
  return `<policies>
  <inbound>
    <cors allow-credentials="true"${attributes}>
      <allowed-origins>
        <origin>https://contoso.developer.azure-api.net</origin>
      </allowed-origins>
      <allowed-methods preflight-result-max-age="300">
        <method>*</method>
      </allowed-methods>
      <allowed-headers>
        <header>*</header>
      </allowed-headers>
      <expose-headers>
        <header>*</header>
      </expose-headers>
    </cors>
    <rate-limit-by-key calls="100" renewal-period="60" counter-key="@(context.Request.IpAddress)" />
  </inbound>
  <backend>
    <forward-request />
  </backend>
  <outbound />
  <on-error />
</policies>
`;
}

/** A definition with this inbound section; the other sections hold `<base />`. */
export function definition(inbound: string): string {
  return `<policies>
  <inbound>
${inbound}
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>
`;
}

/** A global policy with this inbound section and nothing else: there is no broader scope that it could inherit from. */
export function globalDefinition(inbound: string): string {
  return `<policies>
  <inbound>
${inbound}
  </inbound>
  <backend />
  <outbound />
  <on-error />
</policies>
`;
}

export interface CorsOptions {
  readonly origins: readonly string[];
  readonly methods?: readonly string[];
  readonly headers?: readonly string[];
  /** Attributes of the `cors` element, with a blank before. */
  readonly attributes?: string;
}

/** A `cors` element at the indentation of a section's statements. */
export function cors({
  origins,
  methods = ['GET'],
  headers = ['content-type', 'authorization'],
  attributes = '',
}: CorsOptions): string {
  const list = (name: string, entry: string, values: readonly string[], more = ''): string =>
    `      <${name}${more}>\n${values.map((value) => `        <${entry}>${value}</${entry}>\n`).join('')}      </${name}>\n`;
  return `    <cors${attributes}>\n${list('allowed-origins', 'origin', origins)}${list('allowed-methods', 'method', methods, ' preflight-result-max-age="300"')}${list('allowed-headers', 'header', headers)}    </cors>`;
}

export const shopCors = cors({ origins: ['https://shop.contoso.com'], methods: ['GET', 'POST'] });

/** Makes a missing global policy `absent` instead of `unknown`: an artifact that an extractor writes for the service. */
export const serviceArtifact = {
  'named values/environment/namedValueInformation.json':
    '{ "properties": { "displayName": "environment", "value": "test" } }',
};
