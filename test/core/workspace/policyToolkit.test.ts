import assert from 'node:assert/strict';
import { chainsOf, placeOf } from '../../support/placements';
import { definition } from '../../support/policies';

const policy = definition('    <base />');

function source(className: string, attribute = '[Document]', base = 'IDocument'): string {
  return `using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;
namespace Contoso;

${attribute}
public class ${className} : ${base}
{
    public void Inbound(IInboundContext context) => context.Base();
}
`;
}

/** What the place of a policy file says of its source; undefined where it says nothing. */
function sourceOf(path: string, files: Readonly<Record<string, string>>): string | undefined {
  return /; generated from (.*), where changes belong\)$/.exec(placeOf({ [path]: policy, ...files }, path))?.[1];
}

describe('output of the policy toolkit', () => {
  it('is told by a C# class of its name', () => {
    const files = { '/repo/src/ApiEchoApiGetPolicy.cs': source('ApiEchoApiGetPolicy') };
    assert.equal(sourceOf('/repo/target/ApiEchoApiGetPolicy.xml', files), 'ApiEchoApiGetPolicy.cs');
    assert.equal(sourceOf('/repo/target/ApiEchoApiPolicy.xml', files), undefined);
  });
  it('is told by the name in the Document attribute, in folders like those of the source', () => {
    const files = {
      '/repo/src/apis/echo/EchoPolicy.cs': source('EchoPolicy', '[Document("policy.xml")]'),
      '/repo/src/apis/stock/StockPolicy.cs': source('StockPolicy', '[Document("policy.xml")]'),
      '/repo/src/GlobalPolicy.cs': source('GlobalPolicy', '[Document("policy.xml")]'),
    };
    assert.equal(sourceOf('/repo/artifacts/apis/echo/policy.xml', files), 'EchoPolicy.cs');
    assert.equal(sourceOf('/repo/artifacts/apis/stock/policy.xml', files), 'StockPolicy.cs');
    assert.equal(sourceOf('/repo/artifacts/apis/other/policy.xml', files), undefined);
    assert.equal(sourceOf('/repo/artifacts/policy.xml', files), undefined, 'the name alone is that of any policy');
  });
  it('is told by a path in the Document attribute', () => {
    const attribute = '[Document("apis/echo/operations/get/policy.xml", DocumentScope.Operation)]';
    const files = { '/repo/src/Policies.cs': source('ApiEchoApiGetPolicy', attribute) };
    assert.equal(sourceOf('/repo/out/apis/echo/operations/get/policy.xml', files), 'Policies.cs');
    assert.equal(sourceOf('/repo/out/apis/other/operations/get/policy.xml', files), undefined);
  });
  it('has the kind of scope that its class names, where nothing else tells the scope', () => {
    const files = {
      '/repo/src/EverythingPolicy.cs': source('EverythingPolicy', '[Document(scope: DocumentScope.Global)]'),
      '/repo/src/EchoPolicy.cs': source('EchoPolicy', '[Document("echo", DocumentScope.Api)]'),
      '/repo/src/OtherPolicy.cs': source('OtherPolicy', '[Document("other", DocumentScope.Any)]'),
      '/repo/target/EverythingPolicy.xml': policy,
      '/repo/target/echo.xml': policy,
      '/repo/target/other.xml': policy,
    };
    assert.equal(
      placeOf(files, '/repo/target/echo.xml'),
      'API (id unknown) (derived: DocumentScope in its C# class; generated from EchoPolicy.cs, where changes belong)',
    );
    assert.deepEqual(chainsOf(files, '/repo/target/echo.xml'), [
      '-: /repo/target/echo.xml, /repo/target/EverythingPolicy.xml',
    ]);
    assert.match(placeOf(files, '/repo/target/other.xml'), /^unknown scope/);
    const inFolders = {
      '/repo/src/apis/echo/EchoPolicy.cs': source('EchoPolicy', '[Document("policy.xml", DocumentScope.Operation)]'),
      '/repo/artifacts/apis/echo/policy.xml': policy,
    };
    assert.match(placeOf(inFolders, '/repo/artifacts/apis/echo/policy.xml'), /^API echo \(certain: APIOps layout/);
  });
  it('holds every class of a file, and fragments', () => {
    const files = {
      '/repo/src/Fragments.cs': source('First', '[Document("first")]') + source('Second', '[Document]', 'IFragment'),
    };
    assert.equal(sourceOf('/repo/target/first.xml', files), 'Fragments.cs');
    assert.equal(sourceOf('/repo/target/Second.xml', files), 'Fragments.cs');
  });
  it('is not told by other C# files, tests of a policy among them', () => {
    const files = {
      '/repo/src/RetryPolicy.cs': 'public class RetryPolicy : IDocument { }',
      '/repo/test/EchoPolicyTests.cs': source('EchoPolicy'),
    };
    assert.equal(sourceOf('/repo/target/RetryPolicy.xml', files), undefined);
    assert.equal(sourceOf('/repo/target/EchoPolicy.xml', files), undefined);
  });
});
