import assert from 'node:assert/strict';
import { isInFolder, isOnDisk, pathOfDocument, pathOfUri, uriOfPath } from '../../server/src/lsp/documentPaths';

describe('paths of documents', () => {
  const pairs: readonly (readonly [uri: string, path: string])[] = [
    ['file:///repo/apis/orders/policy.xml', '/repo/apis/orders/policy.xml'],
    [
      'file:///c%3A/Users/ada/AppData/Roaming/Code/User/globalStorage/ms-azuretools.vscode-apimanagement/vscode-azureapim/0a1b2c3d4e/contoso-tempFile.policy.xml',
      'c:/Users/ada/AppData/Roaming/Code/User/globalStorage/ms-azuretools.vscode-apimanagement/vscode-azureapim/0a1b2c3d4e/contoso-tempFile.policy.xml',
    ],
    ['file:///repo/policy%20fragments/a%23b/policy.xml', '/repo/policy fragments/a#b/policy.xml'],
    ['file:///repo/apis/orders%3Brev%3D2/policy.xml', '/repo/apis/orders;rev=2/policy.xml'],
    ['file:///c%3A/repo/policy.xml', 'c:/repo/policy.xml'],
    ['file://server/share/policy.xml', '//server/share/policy.xml'],
    ['vscode-vfs://github/owner/repo/policy.xml', 'vscode-vfs://github/owner/repo/policy.xml'],
    ['vscode-vfs://github/', 'vscode-vfs://github'],
    ['memfs:/', 'memfs:'],
    ['memfs:/folder/policy%20fragments/policy.xml', 'memfs:/folder/policy fragments/policy.xml'],
  ];
  for (const [uri, path] of pairs) {
    it(`are made from ${uri}`, () => assert.equal(pathOfUri(uri), path));
    it(`are named again as ${uri}`, () => assert.equal(pathOfUri(uriOfPath(path)), path));
  }

  it('are the same for every spelling of a drive and for a slash at the end', () => {
    assert.equal(pathOfUri('file:///C:/repo/'), 'c:/repo');
    assert.equal(pathOfUri('file:///c:/repo'), 'c:/repo');
    assert.equal(pathOfUri('file:///c:/'), 'c:/');
    assert.equal(pathOfUri('file:///'), '/');
  });

  it('have a folder and a name even where the document was never saved', () => {
    assert.equal(pathOfUri('untitled:Untitled-1'), 'untitled:/Untitled-1');
  });

  it('are undefined for other versions of a file, and for what is no address', () => {
    assert.equal(pathOfUri('git:/repo/policy.xml?%7B%22ref%22%3A%22~%22%7D'), undefined);
    assert.equal(pathOfUri('a b:c'), undefined);
  });

  it('are no documents where they are roots', () => {
    for (const uri of ['file:///', 'file:///c:/', 'memfs:/', 'memfs://server/', '', 'untitled:']) {
      assert.equal(pathOfDocument({ uri }), undefined, uri);
    }
    assert.equal(pathOfDocument({ uri: 'file:///policy.xml' }), '/policy.xml');
  });

  it('tell the disk from everything else', () => {
    assert.equal(isOnDisk('c:/repo/policy.xml'), true);
    assert.equal(isOnDisk('//server/share/policy.xml'), true);
    assert.equal(isOnDisk('vscode-vfs://github/a/b'), false);
    assert.equal(isOnDisk('memfs:/a/b'), false);
  });

  it('lie in a folder only below its whole name', () => {
    assert.equal(isInFolder('/repo', '/repo/policy.xml'), true);
    assert.equal(isInFolder('/repo', '/repo'), true);
    assert.equal(isInFolder('/repo', '/repo-2/policy.xml'), false);
    assert.equal(isInFolder('/', '/policy.xml'), true);
  });
});
