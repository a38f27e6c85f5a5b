import assert from 'node:assert/strict';
import { openMarkedService } from '../../support/markedService';
import { cursorAfter, namesService } from '../../support/references';
import { openService, type ServiceFiles } from '../../support/service';

const orders = 'apis/orders/policy.xml';
const billing = 'apis/billing/policy.xml';

/** The hover's paragraphs, links as `[text]`. */
function hovered(marked: ServiceFiles): readonly string[] | undefined {
  const { service, path, offset } = openMarkedService(marked);
  const content = service.hover(path, offset, () => '#');
  return content?.markdown.replace(/\]\(#\)/g, ']').split('\n\n');
}

const at = (path: string, piece: string): ServiceFiles => cursorAfter(namesService, path, piece);

describe('hover on a name', () => {
  it('tells what a fragment holds, where it is and how often it is used', () => {
    assert.deepEqual(hovered(at(orders, 'fragment-id="lo')), [
      '**Policy fragment `log`**',
      'Holds `trace`',
      'Defined in [policy fragments/log/policy.xml]',
      'Used twice, in 2 files',
    ]);
  });
  it('comes before the effective cors that the fragment brings in', () => {
    const cors = '<cors><allowed-origins><origin>*</origin></allowed-origins></cors>';
    const files = { ...namesService, 'policy fragments/log/policy.xml': `<fragment>${cors}</fragment>` };
    const paragraphs = hovered(cursorAfter(files, orders, 'fragment-id="lo')) ?? [];
    assert.equal(paragraphs[0], '**Policy fragment `log`**');
    assert.equal(paragraphs[4], '---');
    assert.match(paragraphs[5] ?? '', /^\*\*Effective CORS policy\*\*/);
  });
  it('shows the value of a named value', () => {
    assert.deepEqual(hovered(at(billing, '{{orders-u')), [
      '**Named value `orders-url`**',
      'Value: `https://orders.internal`',
      'Defined in [named values/nv1/namedValueInformation.json]',
      'Used 3 times, in 2 files',
    ]);
  });
  it('never shows a secret, nor what an address carries in its query', () => {
    const service = openService(namesService);
    const all = [...service.model().documents.keys()].flatMap((path) =>
      [...(service.store.text(path) ?? '')].flatMap(
        (_, offset) => service.hover(path, offset, () => '#')?.markdown.split('\n\n') ?? [],
      ),
    );
    assert.ok(all.includes('URL: `https://orders.internal/api`'));
    assert.deepEqual(
      all.filter((paragraph) => /do.not.tell/.test(paragraph)),
      [],
    );
  });
  it('shows the address of a backend and the type of a logger', () => {
    assert.deepEqual(hovered(at(orders, 'backend-id="or')), [
      '**Backend `orders`**',
      'Orders',
      'URL: `https://orders.internal/api`',
      'Defined in [backends/orders/backendInformation.json]',
      'Used 3 times, in 3 files',
    ]);
    assert.deepEqual(hovered(at(billing, 'logger-id="au')), [
      '**Logger `audit`**',
      'Type: `azureEventHub`',
      'Defined in [loggers/audit/loggerInformation.json]',
      'Used once, in one file',
    ]);
  });
  it('lists where a policy variable is set', () => {
    assert.deepEqual(hovered(at(billing, 'ContainsKey("te')), [
      '**Policy variable `tenant`**',
      'Set in',
      '- [policy.xml]',
      'Read twice, in 2 files',
    ]);
    const alone = { 'policy.xml': '<policies><inbound><a b="@(context.Variables["x¦"])" /></inbound></policies>' };
    assert.deepEqual(hovered(alone), [
      '**Policy variable `x`**',
      'No policy that runs for the same requests sets it.',
      'Read once, in one file',
    ]);
  });
  it('says what the workspace does not tell', () => {
    assert.deepEqual(hovered(at(orders, 'certificate-id="cl')), [
      '**Certificate `client`**',
      'No file of the workspace tells of any certificate.',
      'Used twice, in 2 files',
    ]);
    const missing = {
      ...namesService,
      [orders]: '<policies><inbound><include-fragment fragment-id="no¦" /></inbound></policies>',
    };
    assert.deepEqual(hovered(missing), [
      '**Policy fragment `no`**',
      'The workspace has no such policy fragment.',
      'Used once, in one file',
    ]);
  });
});
