import assert from 'node:assert/strict';
import { definition } from '../support/policies';
import { applyFix, findingOf, lint, lintAll } from '../support/service';

const api = 'apis/orders/policy.xml';
const use = (id: string): string =>
  definition(`    <base />\n    <log-to-eventhub logger-id="${id}">a</log-to-eventhub>`);
const known = { 'loggers/orders/loggerInformation.json': '{ "properties": {} }' };

describe('unresolved-logger', () => {
  it('warns of an id that is not there', () => {
    assert.deepEqual(lint({ ...known, [api]: use('billing') }, api), ['warning unresolved-logger "billing"']);
    assert.match(
      findingOf({ ...known, [api]: use('billing') }, api, 'unresolved-logger').message,
      /^The files of the service have no logger "billing"\. .* Correct the id, or add the logger\.$/,
    );
  });
  it('warns of the service’s in a workspace, and says so', () => {
    const path = 'workspaces/sales/policy.xml';
    assert.match(
      findingOf({ ...known, [path]: use('orders') }, path, 'unresolved-logger').message,
      /^The logger "orders" is the service’s, which policies of workspace sales cannot use\./,
    );
  });
  it('offers the nearest id', () => {
    const after = applyFix({ ...known, [api]: use('order') }, api, 'unresolved-logger', 'use-closest');
    assert.equal(after[api], use('orders'));
    assert.deepEqual(lint(after, api), []);
  });

  const silent: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    'for one that is there, in any case': { ...known, [api]: use('Orders') },
    'where the workspace holds none': { [api]: use('billing') },
    'for expressions': { ...known, [api]: use('@((string)context.Variables.GetValueOrDefault("a", ""))') },
    'for ids that are filled in at deployment': { ...known, [api]: use('{a}') },
    'for an empty id': { ...known, [api]: use('') },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => assert.deepEqual(lintAll(files), []));
  }
});
