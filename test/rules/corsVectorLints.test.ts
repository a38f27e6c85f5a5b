import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { findRule } from '../../server/src/core';
import { openService, type ServiceFiles } from '../support/service';

interface Vector {
  readonly id: string;
  readonly title: string;
  readonly policies: Readonly<Record<string, string>> & { readonly fragments?: Readonly<Record<string, string>> };
  readonly request: { readonly method: string; readonly accessControlRequestMethod?: string };
  readonly context?: {
    readonly namedValues?: Readonly<Record<string, string>>;
    readonly optionsOperation?: boolean;
    readonly versioning?: string;
    readonly apiType?: string;
    readonly unknownUrl?: boolean;
  };
  readonly lintsAtLeast?: readonly string[];
}

const paths: Readonly<Record<string, string>> = {
  global: 'policy.xml',
  workspace: 'workspaces/w/policy.xml',
  product: 'products/p/policy.xml',
  api: 'apis/a/policy.xml',
  operation: 'apis/a/operations/o/policy.xml',
};

/** Cases that are about the developer portal, and say so in words alone: the project file names it. */
const takesPortalForGranted = ['SB-07'];

/** What a case tells by its facts about the backend, and no file of a service can show. */
const cannotBeSeen: Readonly<Record<string, readonly string[]>> = { 'BK-01': ['backend-owns-cors'] };

/** The documents and facts of a case as an APIOps service. A scope that is not named does not exist. */
function serviceOf({ id: vectorId, policies, context, request }: Vector): ServiceFiles {
  const inWorkspace = policies['workspace'] === undefined ? '' : 'workspaces/w/';
  const method = request.accessControlRequestMethod ?? request.method;
  const versionSet = '/subscriptions/s/providers/Microsoft.ApiManagement/service/x/apiVersionSets/versions';
  const files: Record<string, string> = {
    'apim-policy.config.json': JSON.stringify({
      absent: ['global'],
      namedValues: context?.namedValues ?? {},
      ...(takesPortalForGranted.includes(vectorId)
        ? { cors: { portalOrigins: ['https://contoso.developer.azure-api.net'] } }
        : {}),
    }),
    [`${inWorkspace}products/p/apis.json`]: '[{ "name": "a" }]',
    [`${inWorkspace}apis/a/apiInformation.json`]: JSON.stringify({
      properties: {
        type: context?.apiType ?? 'http',
        ...(context?.versioning === undefined ? {} : { apiVersion: 'v2', apiVersionSetId: versionSet }),
      },
    }),
    'version sets/versions/versionSetInformation.json': JSON.stringify({
      properties: { versioningScheme: context?.versioning === 'path' ? 'Segment' : (context?.versioning ?? 'Segment') },
    }),
    // The operation that the request is for, unless there is none for its URL.
    [`${inWorkspace}apis/a/specification.json`]: JSON.stringify({
      openapi: '3.0.1',
      paths:
        context?.unknownUrl === true
          ? {}
          : {
              '/o': {
                [method.toLowerCase()]: { operationId: 'o' },
                ...(context?.optionsOperation === true ? { options: { operationId: 'preflight' } } : {}),
              },
            },
    }),
  };
  for (const [scope, path] of Object.entries(paths)) {
    const text = policies[scope];
    const folder = scope === 'global' || scope === 'workspace' ? '' : inWorkspace;
    if (text !== undefined) files[folder + path] = text;
  }
  for (const [id, text] of Object.entries(policies.fragments ?? {})) files[`policy fragments/${id}/policy.xml`] = text;
  return files;
}

/** Every rule that is reported, or told as related information of a finding with the same cause. */
function rulesOn(files: ServiceFiles): readonly string[] {
  const service = openService(files);
  const findings = [...service.model().documents.keys()].flatMap((path) => service.findings(path));
  return findings.flatMap(({ ruleId, related }) => [ruleId, ...related.flatMap((place) => place.ruleId ?? [])]);
}

describe('rules that the CORS vectors ask for, as far as the rules exist', () => {
  const vectors: readonly Vector[] = JSON.parse(readFileSync('test/cors-vectors.json', 'utf8'));
  let asserted = 0;
  for (const vector of vectors) {
    const expected = (vector.lintsAtLeast ?? []).filter(
      (id) => findRule(id) !== undefined && cannotBeSeen[vector.id]?.includes(id) !== true,
    );
    if (expected.length === 0) continue;
    asserted += expected.length;
    it(`${vector.id} ${vector.title}`, () => {
      const rules = rulesOn(serviceOf(vector));
      assert.deepEqual(
        expected.filter((id) => !rules.includes(id)),
        [],
        `found ${rules.join(', ')}`,
      );
    });
  }
  it('are a good number', () => assert.ok(asserted >= 10, `${asserted}`));
});
