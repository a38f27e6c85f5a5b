import { severities } from './severity';

/**
 * The JSON schema of `apim-policy.config.json`: the one description of its form.
 *
 * The editor completes with it, the reader checks with it, and `server/schemas` holds it as a file (generated).
 */
export function projectFileSchema(
  ruleIds: readonly string[],
  switches: Readonly<Record<string, readonly string[]>>,
): object {
  const strings = { type: 'array', items: { type: 'string' } };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'APIM Policy Lens project file',
    type: 'object',
    additionalProperties: false,
    properties: {
      $schema: { type: 'string' },
      scopes: {
        description:
          'Which files hold which policy, where the layout of the folders does not tell. The first match counts.',
        type: 'array',
        items: {
          type: 'object',
          additionalProperties: false,
          required: ['glob', 'scope'],
          properties: {
            glob: {
              type: 'string',
              description: 'Relative to this file. {name} takes part of a path segment and can be used in the ids.',
            },
            scope: { enum: ['global', 'workspace', 'product', 'api', 'operation', 'fragment'] },
            workspace: { type: 'string' },
            product: { type: 'string' },
            api: { type: 'string' },
            revision: {
              type: ['string', 'integer'],
              description: 'Of the API, for a revision that is not the current one.',
            },
            operation: { type: 'string' },
            fragment: { type: 'string' },
          },
        },
      },
      rules: {
        description: 'The severity of a rule, or off.',
        type: 'object',
        additionalProperties: false,
        properties: Object.fromEntries(ruleIds.map((id) => [id, { enum: [...severities, 'off'] }])),
      },
      cors: {
        type: 'object',
        additionalProperties: false,
        properties: {
          assume: {
            description: 'What to take for true where Microsoft’s documentation is silent or contradicts itself.',
            type: 'object',
            additionalProperties: false,
            properties: Object.fromEntries(Object.entries(switches).map(([name, values]) => [name, { enum: values }])),
          },
          portalOrigins: {
            ...strings,
            description: 'Origins of developer portals with a host name of their own; * stands for part of a host.',
          },
          origins: { ...strings, description: 'Origins that your own pages are served from.' },
        },
      },
      absent: {
        description: 'Scopes that are known to have no policy. Without this, a missing parent is unknown.',
        type: 'array',
        items: { enum: ['global', 'workspace', 'product', 'api'] },
      },
      production: { type: 'boolean' },
      namedValues: {
        description: 'Values of named values that are no secret, by display name.',
        type: 'object',
        additionalProperties: { type: 'string' },
      },
      products: {
        description: 'Which APIs a product contains, where no other file says so.',
        type: 'object',
        additionalProperties: {
          type: 'object',
          additionalProperties: false,
          required: ['apis'],
          properties: { apis: strings, subscriptionRequired: { type: 'boolean' } },
        },
      },
    },
  };
}
