import assert from 'node:assert/strict';
import { assertLinearTime } from '../support/linearTime';
import { definition, globalDefinition, serviceArtifact } from '../support/policies';
import { absolute, applyFix, findingOf, lint, lintAll, openService, type ServiceFiles } from '../support/service';

const api = 'apis/orders/policy.xml';
const get = 'apis/orders/operations/get/policy.xml';
const read = '<set-header name="a"><value>@((string)context.Variables["plan"])</value></set-header>';
const set = '<set-variable name="plan" value="free" />';
const policy = (text: string): string => definition(`    <base />\n    ${text}`);
const global = (text: string): ServiceFiles => ({ ...serviceArtifact, 'policy.xml': globalDefinition(`    ${text}`) });
const fragment = (text: string): string => `<fragment>\n  ${text}\n</fragment>`;
const reader = { ...global(''), [api]: policy(read) };
const found = ['warning unset-variable "plan"'];

describe('unset-variable', () => {
  it('warns where no policy of the chain sets the variable', () => {
    assert.deepEqual(lint(reader, api), found);
    assert.equal(
      findingOf(reader, api, 'unset-variable').message,
      'No policy sets the variable "plan" for the requests that run this expression, and reading it fails there. Correct the name, set it before with <set-variable>, or read it with GetValueOrDefault.',
    );
  });
  it('does not take the variable of another API, or of another name', () => {
    const others = { 'apis/billing/policy.xml': policy(set), [get]: policy(set.replace('plan', 'Plan')) };
    assert.deepEqual(lint({ ...reader, ...others }, api), found);
  });
  it('warns of every such read', () => {
    assert.deepEqual(lint({ ...reader, [api]: policy(`${read}${read}`) }, api), [...found, ...found]);
  });
  it('warns in a fragment whose includers are known', () => {
    const path = 'policy fragments/log/policy.xml';
    const files = { ...global(''), [path]: fragment(read), [api]: policy('<include-fragment fragment-id="log" />') };
    assert.deepEqual(lint(files, path), found);
    assert.deepEqual(lintAll({ ...files, [get]: policy(set) }), []);
  });
  it('offers the nearest name that is set', () => {
    const files = { ...global('<set-variable name="plans" value="1" />'), [api]: policy(read) };
    const after = applyFix(files, api, 'unset-variable', 'use-closest');
    assert.equal(after[api], policy(read.replace('plan', 'plans')));
    assert.deepEqual(lintAll(after), []);
  });

  const including = policy(`${read}<include-fragment fragment-id="log" />`);
  const log = (text: string): ServiceFiles => ({ 'policy fragments/log/policy.xml': fragment(text) });
  const silent: Readonly<Record<string, ServiceFiles>> = {
    'where the document sets it': { ...reader, [api]: policy(`${set}${read}`) },
    'where the global policy sets it': { ...global(set), [api]: policy(read) },
    'where a product sets it': {
      ...reader,
      'products/gold/policy.xml': policy(set),
      'products/gold/apis.json': '[{ "name": "orders" }]',
    },
    'where an operation sets it, which runs for some requests': { ...reader, [get]: policy(set) },
    'where a fragment sets it': { ...global(''), ...log(set), [api]: including },
    'where a fragment of the global policy sets it': {
      ...global('<choose><when condition="@(true)"><include-fragment fragment-id="log" /></when></choose>'),
      ...log(set),
      [api]: policy(read),
    },
    'where the fragment is not there': { ...global(''), [api]: including },
    'where a request or a limit sets it': {
      ...reader,
      [api]: policy(`<send-request mode="new" response-variable-name="plan" />${read}`),
      [get]: policy(
        '<rate-limit calls="1" renewal-period="9" remaining-calls-variable-name="left" /><set-header name="b"><value>@(context.Variables["left"].ToString())</value></set-header>',
      ),
    },
    'where a name is put together': { ...reader, [get]: policy('<set-variable name="@("pl" + "an")" value="1" />') },
    'where a name is a named value': { ...reader, [get]: policy('<set-variable name="{{name}}" value="1" />') },
    'where the document asks for it': {
      ...reader,
      [api]: policy(`<choose><when condition="@(context.Variables.ContainsKey("plan"))">${read}</when></choose>`),
    },
    'where the document asks in another way': {
      ...reader,
      [api]: policy(`<choose><when condition="@(context.Variables.Keys.Contains("plan"))">${read}</when></choose>`),
    },
    'where it is handed on or caught': {
      ...reader,
      [api]: policy('<set-body>@{ try { return (string)context.Variables["plan"]; } catch { return ""; } }</set-body>'),
      [get]: policy(`<set-body>@(Join(context.Variables))</set-body>${read}`),
    },
    'for GetValueOrDefault, with a default and without': {
      ...reader,
      [api]: policy(
        '<set-body>@(context.Variables.GetValueOrDefault<string>("plan") + context.Variables.GetValueOrDefault("plan", ""))</set-body>',
      ),
    },
    'for names that are put together': {
      ...reader,
      [api]: policy('<set-body>@(context.Variables["a" + "b"])</set-body>'),
    },
    'in Liquid, where it is empty': {
      ...reader,
      [api]: policy('<set-body template="liquid">{{context.Variables["plan"]}}</set-body>'),
    },
    'in the global policy, below which anything may run': { ...global(read) },
    'in a fragment that nothing includes': { ...reader, [api]: policy(set), ...log(read) },
    'in a fragment of the global policy': { ...global('<include-fragment fragment-id="log" />'), ...log(read) },
    'where a file of the service is broken': { ...global('<set-variable name="a" value="b" <'), [api]: policy(read) },
  };
  for (const [title, files] of Object.entries(silent)) {
    it(`stays silent ${title}`, () => {
      assert.deepEqual(
        lintAll(files).filter((line) => line.includes('unset-variable')),
        [],
      );
    });
  }
  it('stays silent where the global policy is not in the workspace', () => {
    assert.deepEqual(
      lint({ [api]: policy(read) }, api).filter((line) => line.includes('unset-variable')),
      [],
    );
  });

  /** So many APIs, each with three operations that set what it reads, and all with a fragment that reads `plan`. */
  const manyApis = (count: number): ServiceFiles => {
    const files: Record<string, string> = { ...global(''), ...log(read) };
    for (let index = 0; index < count; index++) {
      files[`apis/api-${index}/policy.xml`] = policy(
        '<set-body>@((string)context.Variables["own"])</set-body><include-fragment fragment-id="log" />',
      );
      for (const operation of ['get', 'list', 'put']) {
        files[`apis/api-${index}/operations/${operation}/policy.xml`] = policy(set.replace('plan', 'own'));
      }
    }
    return files;
  };
  it('takes no more time for an API of a large service', () => {
    assertLinearTime((length) => {
      const count = length / 96;
      const service = openService(manyApis(count));
      const paths = Array.from({ length: count }, (_, index) => absolute(`apis/api-${index}/policy.xml`));
      return () => {
        for (const path of paths) assert.deepEqual(service.findings(path), []);
      };
    });
  });
  it('takes the time of its includers for a fragment', () => {
    assertLinearTime((length) => {
      const service = openService(manyApis(length / 96));
      const path = absolute('policy fragments/log/policy.xml');
      let version = 1;
      return () => {
        service.store.setText(path, fragment(`${read}${' '.repeat(version % 2)}`), ++version);
        assert.equal(service.findings(path).length, 1);
      };
    });
  });
});
