import assert from 'node:assert/strict';
import { chainsOf, openFiles, placeOf, placesOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const byFolders = '(certain: folders of the action apim-policy-update)';
const byManifest = '(certain: policy_manifest.yaml)';

describe('layout of the action apim-policy-update', () => {
  const files = {
    '/repo/policies/sample-api/api.xml': policy,
    '/repo/policies/sample-api/operations/get-data.xml': policy,
  };

  it('is told by its folders, and knows no global policy', () => {
    assert.deepEqual(placesOf(files), [
      `/repo/policies/sample-api/api.xml: API sample-api ${byFolders}`,
      `/repo/policies/sample-api/operations/get-data.xml: operation get-data of API sample-api ${byFolders}`,
    ]);
    assert.deepEqual(chainsOf(files, '/repo/policies/sample-api/operations/get-data.xml'), [
      '-: /repo/policies/sample-api/operations/get-data.xml, /repo/policies/sample-api/api.xml, global scope unknown',
    ]);
  });

  describe('policy_manifest.yaml', () => {
    const manifest = `policies:
  orders:
    apiPolicyPath: './xml/all-orders.xml'
    operations:
      get-order: xml\\one-order.xml
`;
    const listed = { '/repo/xml/all-orders.xml': policy, '/repo/xml/one-order.xml': policy };

    it('names files of any name', () => {
      assert.deepEqual(placesOf({ ...listed, '/repo/policy_manifest.yaml': manifest }), [
        `/repo/xml/all-orders.xml: API orders ${byManifest}`,
        `/repo/xml/one-order.xml: operation get-order of API orders ${byManifest}`,
      ]);
    });
    it('may lie in a folder of its own: its paths begin where the action runs', () => {
      const inFolder = { ...listed, '/repo/xml/policy_manifest.yml': manifest };
      assert.deepEqual(chainsOf(inFolder, '/repo/xml/one-order.xml'), [
        '-: /repo/xml/one-order.xml, /repo/xml/all-orders.xml, global scope unknown',
      ]);
    });
    it('comes before the folders, and tells what it leaves out', () => {
      const both = {
        ...files,
        '/repo/policy_manifest.yaml': "policies: { other: { apiPolicyPath: 'policies/sample-api/api.xml' } }",
      };
      assert.equal(placeOf(both, '/repo/policies/sample-api/api.xml'), `API other ${byManifest}`);
      assert.equal(
        placeOf(both, '/repo/policies/sample-api/operations/get-data.xml'),
        'operation get-data of API sample-api (certain: folders of the action apim-policy-update; policy_manifest.yaml does not name it, so the action does not deploy it)',
      );
    });
    it('has a finding where it cannot be read, and the folders count', () => {
      for (const broken of ['policies: [', 'apis: {}', '']) {
        const both = { ...files, '/repo/policy_manifest.yaml': broken };
        assert.equal(placeOf(both, '/repo/policies/sample-api/api.xml'), `API sample-api ${byFolders}`);
        assert.deepEqual(
          openFiles(both)
            .workspaceFindings()
            .map(({ path, ruleId }) => `${path} ${ruleId}`),
          ['/repo/policy_manifest.yaml service-file-invalid'],
          broken,
        );
      }
    });
  });

  it('is no folder of operations alone, and no folder of another layout', () => {
    const others = {
      '/repo/policies/orders/operations/get.xml': policy,
      '/else/policies/apis/api.xml': policy,
    };
    assert.deepEqual(placesOf(others), [
      '/else/policies/apis/api.xml: API api (guessed: the folder apis hints at it)',
      '/repo/policies/orders/operations/get.xml: operation get of API (id unknown) (guessed: the folder operations hints at it)',
    ]);
  });
  it('gives way to an APIOps root around it', () => {
    const inApiops = { '/repo/policies/apis/orders/policy.xml': policy, '/repo/policies/policy.xml': policy };
    assert.equal(placeOf(inApiops, '/repo/policies/policy.xml'), 'global scope (certain: APIOps layout)');
  });
});
