import assert from 'node:assert/strict';
import { chainsOf, openFiles, placesOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const globalPolicy = '<policies><inbound /><backend><forward-request /></backend><outbound /></policies>';
const storages = [
  '/home/ada/.config/Code/User/globalStorage',
  '/Users/ada/Library/Application Support/Code - Insiders/User/globalStorage',
  'c:/Users/ada/AppData/Roaming/Code/User/globalStorage',
  '/home/ada/.vscode-server/data/User/globalStorage',
];

function folderIn(storage: string): string {
  return `${storage}/ms-azuretools.vscode-apimanagement/vscode-azureapim/0a1b2c3d4e`;
}

const folder = folderIn(storages[0] as string);
const kind = 'temporary file of the extension Azure API Management';

describe('temporary files of the extension Azure API Management', () => {
  it('are known on every system, and the copy as fetched is no document', () => {
    for (const storage of storages) {
      const path = `${folderIn(storage)}/apimanagement-claimstatusapi-3-claimstatusapi`;
      const files = { [`${path}-tempFile.policy.xml`]: policy, [`${path}.policy.xml`]: policy };
      assert.deepEqual(placesOf(files), [
        `${path}-tempFile.policy.xml: unknown scope (guessed: ${kind}; its name does not tell the scope)`,
      ]);
      assert.deepEqual(openFiles(files).findings(`${path}.policy.xml`), []);
    }
  });
  it('of older versions end in .cshtml', () => {
    const path = `${folder}/contoso-orders-tempFile.policy.cshtml`;
    assert.equal(placesOf({ [path]: policy }).length, 1);
  });

  const service = {
    [`${folder}/contoso-tempFile.policy.xml`]: globalPolicy,
    [`${folder}/contoso-orders-tempFile.policy.xml`]: policy,
    [`${folder}/contoso-orders-get-tempFile.policy.xml`]: policy,
  };
  it('inherit from the one that looks like a global policy, where all names begin with its', () => {
    assert.deepEqual(placesOf(service), [
      `${folder}/contoso-orders-get-tempFile.policy.xml: unknown scope (guessed: ${kind}; orders-get may be an API, a product or an operation)`,
      `${folder}/contoso-orders-tempFile.policy.xml: unknown scope (guessed: ${kind}; orders may be an API, a product or an operation)`,
      `${folder}/contoso-tempFile.policy.xml: global scope (derived: ${kind}: it inherits nothing, and the other names begin with its)`,
    ]);
    assert.deepEqual(chainsOf(service, `${folder}/contoso-orders-tempFile.policy.xml`), [
      `-: ${folder}/contoso-orders-tempFile.policy.xml, unknown scope unknown, ${folder}/contoso-tempFile.policy.xml`,
    ]);
  });
  it('that are alone and look like a global policy are only guessed to be one', () => {
    const path = `${folder}/contoso-tempFile.policy.xml`;
    assert.deepEqual(placesOf({ [path]: globalPolicy }), [
      `${path}: global scope (guessed: ${kind}: it inherits nothing)`,
    ]);
  });
  it('of another service, left there, make that uncertain', () => {
    const files = { ...service, [`${folder}/fabrikam-stock-tempFile.policy.xml`]: policy };
    assert.deepEqual(chainsOf(files, `${folder}/contoso-orders-tempFile.policy.xml`), [
      `-: ${folder}/contoso-orders-tempFile.policy.xml, global scope unknown`,
    ]);
    assert.ok(placesOf(files).every((place) => place.includes('unknown scope')));
  });
  it('are placed anew when the global policy inherits something after an edit', () => {
    const opened = openFiles(service);
    const states = () =>
      opened.effectivePolicies(`${folder}/contoso-orders-tempFile.policy.xml`)[0]?.chain.links.length;
    assert.equal(states(), 3);
    opened.store.setText(`${folder}/contoso-tempFile.policy.xml`, policy, 2);
    assert.equal(states(), 2);
  });
  it('take a scope from a comment', () => {
    const text = `<!-- apim: scope=api api=orders -->\n${policy}`;
    const files = { ...service, [`${folder}/contoso-orders-tempFile.policy.xml`]: text };
    assert.deepEqual(chainsOf(files, `${folder}/contoso-orders-tempFile.policy.xml`), [
      `-: ${folder}/contoso-orders-tempFile.policy.xml, ${folder}/contoso-tempFile.policy.xml`,
    ]);
  });
  it('are in folders of ten hexadecimal digits only', () => {
    const elsewhere = `${folder}x/contoso-tempFile.policy.xml`;
    assert.deepEqual(placesOf({ [elsewhere]: policy }), [
      `${elsewhere}: unknown scope (guessed: no known folder layout; name its scope in apim-policy.config.json)`,
    ]);
  });
});
