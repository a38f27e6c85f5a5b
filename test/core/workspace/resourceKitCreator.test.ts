import assert from 'node:assert/strict';
import { chainsOf, openFiles, placeOf, placesOf, workspaceFindingsOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');
const configuration = `version: 0.0.1
apimServiceName: contoso
policy: ./xml/everything.xml
apis:
  - name: petstore
    displayName: Pets
    policy: xml/pets.xml
    operations:
      addPet:
        policy: xml\\limit.xml
      deletePet: null
    products: starter, gold
  - name: petstore
    apiRevision: 2
    isCurrent: false
    policy: xml/pets-2.xml
products:
  - displayName: starter
    policy: https://storage.example.com/policies/starter-body.xml?sig=1
namedValues:
  - displayName: limit
    value: 10
  - displayName: key
    value: hidden
    secret: true
outputLocation: C:\\out
`;
const files = {
  '/repo/kit/contoso.yml': configuration,
  '/repo/kit/xml/everything.xml': policy,
  '/repo/kit/xml/pets.xml': policy,
  '/repo/kit/xml/pets-2.xml': policy,
  '/repo/kit/xml/limit.xml': policy,
  '/repo/kit/xml/starter-body.xml': policy,
};

describe('layout of the resource kit’s creator', () => {
  it('places the files that the configuration lists', () => {
    const certain = '(certain: resource kit, contoso.yml)';
    assert.deepEqual(placesOf(files), [
      `/repo/kit/xml/everything.xml: global scope ${certain}`,
      `/repo/kit/xml/limit.xml: operation addPet of API petstore ${certain}`,
      `/repo/kit/xml/pets-2.xml: API petstore (revision 2) ${certain}`,
      `/repo/kit/xml/pets.xml: API petstore ${certain}`,
      '/repo/kit/xml/starter-body.xml: product starter (derived: resource kit, contoso.yml, by the file’s name)',
    ]);
    assert.deepEqual(workspaceFindingsOf(files), []);
  });
  it('knows the products of an API, those without a policy too', () => {
    assert.deepEqual(chainsOf(files, '/repo/kit/xml/limit.xml'), [
      '-: /repo/kit/xml/limit.xml, /repo/kit/xml/pets.xml, /repo/kit/xml/everything.xml',
      'gold: /repo/kit/xml/limit.xml, /repo/kit/xml/pets.xml, product gold unknown, /repo/kit/xml/everything.xml',
      'starter: /repo/kit/xml/limit.xml, /repo/kit/xml/pets.xml, /repo/kit/xml/starter-body.xml, /repo/kit/xml/everything.xml',
    ]);
  });
  it('keeps no secret', () => {
    const { service } = openFiles(files).placed('/repo/kit/xml/pets.xml') ?? {};
    assert.deepEqual(
      service?.facts.namedValues.map(({ name, value, isSecret }) => [name, value, isSecret]),
      [
        ['limit', '10', false],
        ['key', undefined, true],
      ],
    );
  });
  it('finds files from the folder in which the tool runs', () => {
    const below = {
      '/repo/config/contoso.yml': 'apimServiceName: a\npolicy: config/all.xml\n',
      '/repo/config/all.xml': policy,
    };
    assert.equal(placeOf(below, '/repo/config/all.xml'), 'global scope (certain: resource kit, contoso.yml)');
  });
  it('comes before the names of the extractor’s files', () => {
    const named = '/repo/policies/orders-apiPolicy.xml';
    const both = {
      [named]: policy,
      '/repo/kit.yaml': 'apimServiceName: a\nproducts:\n- name: p\n  policy: policies/orders-apiPolicy.xml\n',
    };
    assert.equal(placeOf(both, named), 'product p (certain: resource kit, kit.yaml)');
  });
  it('leaves other YAML alone, and tells of its own that it cannot read', () => {
    const other = { '/repo/x.xml': policy, '/repo/values.yaml': 'policy: x.xml\n' };
    assert.match(placeOf(other, '/repo/x.xml'), /^unknown scope/);
    const broken = {
      '/repo/policies/orders-apiPolicy.xml': policy,
      '/repo/policies/kit.yml': 'apimServiceName: a\napis: [',
    };
    assert.match(placeOf(broken, '/repo/policies/orders-apiPolicy.xml'), /^API orders \(certain/);
  });
});
