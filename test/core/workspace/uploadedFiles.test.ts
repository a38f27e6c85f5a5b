import assert from 'node:assert/strict';
import { isUploadedOnSave } from '../../../server/src/core';

describe('files that a save uploads', () => {
  const folder = 'ms-azuretools.vscode-apimanagement/vscode-azureapim/0123456789';

  it('are those in the folder of the official extension, on every system', () => {
    for (const path of [
      `/home/a/.config/Code/User/globalStorage/${folder}/shop-orders-tempFile.policy.xml`,
      `/home/a/.vscode-server/data/User/globalStorage/${folder}/shop.policy.cshtml`,
      `/Users/a/Library/Application Support/Code/User/globalStorage/${folder}/shop-tempFile.policy.xml`,
      `c:/Users/a/AppData/Roaming/Code/User/globalStorage/${folder}/shop-tempFile.policy.xml`,
      `C:\\Users\\a\\globalStorage\\${folder.replaceAll('/', '\\')}\\shop-tempFile.policy.xml`,
      `vscode-userdata:/User/globalStorage/${folder.toUpperCase()}/shop-tempFile.policy.xml`,
    ]) {
      assert.equal(isUploadedOnSave(path), true, path);
    }
  });

  it('are no others', () => {
    for (const path of [
      '/a/policy.xml',
      '/a/shop-tempFile.policy.xml',
      '/a/ms-azuretools.vscode-apimanagement/a.xml',
    ]) {
      assert.equal(isUploadedOnSave(path), false, path);
    }
  });
});
