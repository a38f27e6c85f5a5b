/** The main case: the developer portal's `cors` comes in through `<base />`, before the API's own. */
import { strict as assert } from 'node:assert';
import { commands, DiagnosticSeverity } from 'vscode';
import { findingOf, openInEditor, portalCorsRule } from './support/extension';
import { openedSample } from './support/samples';

describe('warning', () => {
  it('stands on the <base /> that brings in the portal cors, and links the rule and the other file', async () => {
    const { ordersPolicy, globalPolicy } = openedSample();
    const document = await openInEditor(ordersPolicy);
    const finding = await findingOf(ordersPolicy, portalCorsRule);

    assert.equal(document.getText(finding.range), '<base />');
    assert.ok(
      document.offsetAt(finding.range.start) < document.getText().indexOf('</inbound>'),
      'it is in the inbound section',
    );
    assert.equal(finding.severity, DiagnosticSeverity.Warning);
    assert.equal(finding.source, 'apim-policy');
    assert.ok(typeof finding.code === 'object', `the code has no link: ${JSON.stringify(finding.code)}`);
    assert.equal(finding.code.value, portalCorsRule);
    assert.match(finding.code.target.toString(true), new RegExp(portalCorsRule));
    const related = finding.relatedInformation?.map(({ location }) => location.uri.fsPath) ?? [];
    assert.ok(related.includes(globalPolicy.fsPath), `related files: ${related.join(', ') || 'none'}`);
  });

  it('comes back after the language server was restarted', async () => {
    const { ordersPolicy } = openedSample();
    await openInEditor(ordersPolicy);
    await findingOf(ordersPolicy, portalCorsRule);
    await commands.executeCommand('apimPolicy.restartServer');
    await findingOf(ordersPolicy, portalCorsRule);
  });
});
