import assert from 'node:assert/strict';
import { applyEdits, type Finding, type Fix } from '../../server/src/core';
import { parsePolicyDocument } from '../../server/src/core/syntax/parsePolicyDocument';
import type { PolicyNode } from '../../server/src/core/syntax/policyTree';
import { cors, definition, portalGlobal } from '../support/policies';
import { createRandom, type Random } from '../support/random';
import { absolute, openService, relative, type ServiceFiles } from '../support/service';

const origins = [
  'https://shop.contoso.com',
  'https://admin.contoso.com',
  'https://partner.example',
  '{{spa}}',
  '*',
  '@("https://" + context.Variables["host"])',
  '@(context.Request.Headers.GetValueOrDefault("Origin",""))',
];
const documents = [
  'policy.xml',
  'products/starter/policy.xml',
  'apis/orders/policy.xml',
  'apis/orders/operations/get-order/policy.xml',
];

/** A service of four scopes and three fragments, with cors and base in any order, number and manner of writing. */
function randomService(random: Random): ServiceFiles {
  const element = (): string => styled(`<fragment>\n${randomCors(random)}\n</fragment>\n`, random);
  const files: Record<string, string> = {
    'products/starter/apis.json': '[{ "name": "orders" }]',
    'policy fragments/shared-cors/policy.xml': element(),
    'policy fragments/log/policy.xml': '<fragment>\n  <!-- log -->\n  <trace source="log" />\n</fragment>\n',
    'policy fragments/kept-in-json/policyFragmentInformation.json': JSON.stringify({
      properties: {
        format: 'rawxml',
        value: random.chance(0.5) ? element() : '<fragment><trace source="a" /></fragment>',
      },
    }),
  };
  for (const path of documents) {
    if (random.chance(0.2)) continue;
    const text =
      path === 'policy.xml' && random.chance(0.5) ? portalGlobal(randomTerminate(random)) : randomDefinition(random);
    files[path] = styled(text, random);
  }
  return files;
}

function randomDefinition(random: Random): string {
  const statements = [
    ...(random.chance(0.8) ? [randomBase(random)] : []),
    ...(random.chance(0.15) ? [randomBase(random)] : []),
    ...(random.chance(0.65) ? [randomCors(random)] : []),
    ...(random.chance(0.2) ? ['    <include-fragment fragment-id="shared-cors" />'] : []),
    ...(random.chance(0.2) ? [`    <include-fragment fragment-id="${random.oneOf(['log', 'kept-in-json'])}" />`] : []),
    ...(random.chance(0.2)
      ? [
          `    <check-header name="x-${random.below(10_000)}" failed-check-httpcode="401" failed-check-error-message="no" />`,
        ]
      : []),
    ...(random.chance(0.5)
      ? [
          `    <set-header name="x-${random.below(10_000)}" exists-action="override">\n      <value>@("a" + "b")</value>\n    </set-header>`,
        ]
      : []),
  ];
  const shuffled = statements
    .map((statement) => ({ statement, order: random.below(1000) }))
    .sort((one, other) => one.order - other.order)
    .map(({ statement }) => commented(statement, random));
  const text = definition(`    ${joined(['', ...shuffled], random).trimStart()}`.trimEnd());
  const missing = random.oneOf(['backend', 'backend', 'outbound', 'on-error']);
  return random.chance(0.2) ? text.replace(new RegExp(` *<${missing}>[\\s\\S]*</${missing}>\\n`), '') : text;
}

function randomBase(random: Random): string {
  return random.oneOf(['    <base />', '    <base />', '    <base></base>', '    <base/>']);
}

function commented(statement: string, random: Random): string {
  const above = random.chance(0.15) ? `    <!-- above ${random.below(1000)} -->\n` : '';
  const before = random.chance(0.1) ? `    <!-- before ${random.below(1000)} --> ${statement.trimStart()}` : statement;
  return above + before + (random.chance(0.15) ? ` <!-- behind ${random.below(1000)} -->` : '');
}

/** The statements, most of them on lines of their own. */
function joined(statements: readonly string[], random: Random): string {
  return statements.reduce((before, next) => {
    const isOnSameLine = random.chance(0.2);
    return before + (isOnSameLine ? random.oneOf(['', ' ']) + next.trimStart() : random.oneOf(['\n', '\n\n']) + next);
  });
}

function randomCors(random: Random): string {
  const element = cors({
    origins: origins
      .filter(() => random.chance(0.25))
      .slice(0, 3)
      .concat(random.oneOf(origins)),
    methods: random.oneOf([['*'], ['GET'], ['GET', 'PUT']]),
    headers: random.oneOf([['*'], ['content-type'], ['content-type', 'authorization']]),
    attributes: randomTerminate(random) + random.oneOf(['', '', ' allow-credentials="true"']),
  });
  return random.oneOf<(text: string) => string>([
    (text) => text,
    (text) => text,
    (text) => text.replace(/<allowed-headers>[\s\S]*<\/allowed-headers>/, "<allowed-headers data-x='1' />"),
    (text) => text.replace(/\n *<allowed-methods>[\s\S]*<\/allowed-methods>/, ''),
    (text) => text.replace('</origin>', '</origin> <!-- who -->'),
    (text) => text.replace('<cors', "<cors\n      data-x='1'"),
    (text) => `    ${inOneLine(text)}`,
  ])(element);
}

function randomTerminate(random: Random): string {
  return random.oneOf([
    '',
    ' terminate-unmatched-request="false"',
    ' terminate-unmatched-request="true"',
    " terminate-unmatched-request='true'",
    ' terminate-unmatched-request="@(context.Subscription != null)"',
  ]);
}

function styled(text: string, random: Random): string {
  return random.oneOf<(text: string) => string>([
    (same) => same,
    (same) => same,
    (same) => same.replace(/\n/g, '\r\n'),
    (same) => same.replace(/ {2}/g, '\t'),
    inOneLine,
  ])(text);
}

function inOneLine(text: string): string {
  return text
    .replace(/\s*\n\s*(?=<)/g, '')
    .replace(/\s*\n\s*/g, ' ')
    .trim();
}

function afterFix(files: ServiceFiles, fix: Fix): ServiceFiles {
  const after: Record<string, string> = { ...files };
  for (const path of editedFiles(fix)) {
    const edits = fix.edits.filter((edit) => relative(edit.path) === path);
    after[path] = applyEdits(after[path] ?? '', edits);
  }
  return after;
}

function editedFiles(fix: Fix): readonly string[] {
  return [...new Set(fix.edits.map((edit) => relative(edit.path)))];
}

function keyOf({ ruleId, severity }: Pick<Finding, 'ruleId' | 'severity'>): string {
  return `${severity} ${ruleId}`;
}

/** What there is more of in the second list, each as often. */
function added(before: readonly string[], after: readonly string[]): readonly string[] {
  const left = [...before];
  return after.filter((entry) => {
    const index = left.indexOf(entry);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}

/** Everything that is written in a policy but white space, each piece as often as it stands there. */
function piecesOf(text: string): readonly string[] {
  const document = parsePolicyDocument(text, '/a.xml', 1);
  const piecesOfNode = (node: PolicyNode): readonly string[] => {
    if (node.kind !== 'element')
      return [text.slice(node.span.start, node.span.end).trim()].filter((piece) => piece !== '');
    const attributes = node.attributes.map(({ name, value, quote }) => `${node.name} ${name}=${quote}${value}`);
    return [`<${node.name}>`, ...attributes, ...node.children.flatMap(piecesOfNode)];
  };
  return document.nodes.flatMap(piecesOfNode).filter((piece) => !/^cors terminate-unmatched-request=/.test(piece));
}

/** What a fix may take from a file, and what it may write: each only what it is about. `terminate…` is left out. */
const changes: Readonly<Record<string, { readonly taken: RegExp; readonly written: RegExp }>> = {
  'set-terminate-false': { taken: /^$/, written: /^$/ },
  'set-terminate-true': { taken: /^$/, written: /^$/ },
  'move-own-before-base': { taken: /^$/, written: /^$/ },
  'add-origins': {
    taken: /^$/,
    written: /^(<(origin|method|header|allowed-origins|allowed-methods|allowed-headers|expose-headers)>|[^<].*)$/,
  },
  'remove-base': { taken: /^<base>$/, written: /^$/ },
  'add-base': { taken: /^$/, written: /^<base>$/ },
  'add-sections': { taken: /^$/, written: /^<(base|inbound|backend|outbound|on-error)>$/ },
  'remove-repeated-base': { taken: /^<base>$/, written: /^$/ },
  'remove-useless-base': { taken: /^<base>$/, written: /^$/ },
  'replace-base': { taken: /^<base>$/, written: /^(?!<(base|cors)>)/ },
  'move-cors-up': { taken: /^$/, written: /^$/ },
  'inline-fragment': {
    taken: /^(<include-fragment>$|include-fragment fragment-id=)/,
    written: /^(?!<(base|include-fragment)>)/,
  },
  'add-portal-origin': {
    taken: /^$/,
    written: /^(<(origin|header|allowed-origins|allowed-headers)>|[^<].*)$/,
  },
  'add-headers': {
    taken: /^$/,
    written: /^(<header>|<allowed-headers>|content-type|authorization|ocp-apim-subscription-key|x-ms-api-devportal)$/,
  },
  'remove-star': { taken: /^(<origin>|\*)$/, written: /^$/ },
  'remove-others': { taken: /^(<origin>|https:|\{\{|@)/, written: /^$/ },
  'set-credentials-false': { taken: /^cors allow-credentials=.true$/, written: /^cors allow-credentials=.false$/ },
  'remove-expression': { taken: /^(<origin>|@.*)$/, written: /^$/ },
  'use-allow-list': { taken: /^@\(context\.Request/, written: /^@\{ var origin = / },
};

/** Seldom met by chance: it takes a portal above, no `<base />`, and origins that are all plain. */
const rare: ReadonlySet<string> = new Set(['add-portal-origin']);

function assertTextIsKept(fixId: string, before: string, after: string, told: string): void {
  const { taken, written } = changes[fixId] ?? { taken: /^$/, written: /^$/ };
  const [one, other] = [piecesOf(before), piecesOf(after)];
  assert.deepEqual(
    added(other, one).filter((piece) => !taken.test(piece)),
    [],
    `${told}: taken`,
  );
  assert.deepEqual(
    added(one, other).filter((piece) => !written.test(piece)),
    [],
    `${told}: written`,
  );
  assert.doesNotMatch(after, /[ \t](\r?\n|$)/, `${told}: blanks at the end of a line`);
  if (before.includes('\r\n')) assert.doesNotMatch(after, /[^\r]\n/, `${told}: line ends`);
  if (!before.includes('\n') && fixId !== 'replace-base' && fixId !== 'inline-fragment')
    assert.doesNotMatch(after, /\n/, `${told}: more lines`);
}

/** The names of inbound statements, `cors` apart, that some chain of the document has before and not after. */
function lostNames(before: ServiceFiles, after: ServiceFiles, path: string): readonly string[] {
  const statements = (files: ServiceFiles) =>
    openService(files)
      .effectivePolicies(absolute(path))
      .map(({ sections }) =>
        sections.inbound.flatMap((item) => {
          if (item.kind === 'unknown' || item.name === 'cors') return [];
          const written = item.document.text.slice(item.element.span.start, item.element.span.end);
          return [`${item.name} ${written.replace(/\s+/g, '')}`];
        }),
      );
  const left = statements(after);
  const lost = statements(before).flatMap((chain, index) => chain.filter((each) => !left[index]?.includes(each)));
  return [...new Set(lost.map((each) => each.split(' ')[0] ?? ''))].sort();
}

/** The names that a title says are dropped. */
function droppedNames({ title }: Fix): readonly string[] {
  const [, list = ''] =
    /drops (.*?)(; calls through .*)?\)?$/.exec(
      title.replace(/; [a-z0-9-]+(, [a-z0-9-]+)*( and [a-z0-9-]+)? (is left|are left|then shows?).*/, ''),
    ) ?? [];
  const names = list.split('; ').flatMap((part) => part.replace(/ from .*/, '').split(/, | and /));
  return [...new Set(names.map((name) => name.replace(/^\d+ × /, '')))].filter((name) => name !== '').sort();
}

function takesBase({ id }: Fix): boolean {
  return id === 'remove-base' || id === 'replace-base';
}

/** A fix that edits shared files says whom it concerns; it is not tried on all that inherit from them. */
function saysWhomItConcerns(fix: Fix): boolean {
  return /, for every \w+ that (inherits|includes) /.test(fix.title);
}

/** What many documents inherit, so that nobody tries a change on all of them. */
function isBroad(path: string): boolean {
  return path === 'policy.xml' || path.startsWith('products/');
}

describe('every fix, on 300 random services', function () {
  this.timeout(120_000);

  // Base-removed and portal-cors-not-inherited may be new after a fix that takes `<base />` away: its title says so in
  // more words than the rules' ids.
  // Information counts like a warning: what a fix leaves open is told in its title, or it is not told at all.
  it('removes its finding, brings no new one that its title does not name, and keeps the rest of the text', () => {
    const tried: Record<string, number> = {};
    for (let seed = 1; seed <= 300; seed++) {
      const files = randomService(createRandom(seed));
      const service = openService(files);
      const shown = documents.filter((path) => files[path] !== undefined);
      const before = new Map(shown.map((path) => [path, service.findings(absolute(path))]));
      for (const path of shown) {
        for (const finding of before.get(path) ?? []) {
          for (const fix of finding.fixes) {
            tried[fix.id] = (tried[fix.id] ?? 0) + 1;
            const told = `seed ${seed}, ${path}, ${finding.ruleId}, ${fix.id} (${fix.title})`;
            const after = afterFix(files, fix);
            for (const edited of editedFiles(fix)) {
              assertTextIsKept(fix.id, files[edited] ?? '', after[edited] ?? '', `${told}, ${edited}`);
            }

            assert.deepEqual(droppedNames(fix), lostNames(files, after, path), `${told}: lost`);

            const serviceAfter = openService(after);
            for (const other of shown) {
              if (other !== path && saysWhomItConcerns(fix)) continue;
              const keysBefore = (before.get(other) ?? []).map(keyOf);
              const keysAfter = serviceAfter.findings(absolute(other)).map(keyOf);
              const isNamed = (key: string) =>
                fix.title.includes(key.split(' ')[1] ?? '') ||
                (takesBase(fix) && / (base-removed|portal-cors-not-inherited)$/.test(key)) ||
                // What the fragment's C# reads was told of the fragment, or of nobody, and is read here now.
                (fix.id === 'inline-fragment' && key.endsWith(' unset-variable'));
              const unnamed = added(keysBefore, keysAfter).filter((key) => !isNamed(key));
              assert.deepEqual(unnamed, [], `${told}: new in ${other}`);
              if (other === path) {
                assert.ok(added(keysAfter, keysBefore).includes(keyOf(finding)), `${told}: the finding is still there`);
              }
            }
          }
        }
      }
    }
    for (const fixId of Object.keys(changes)) {
      assert.ok((tried[fixId] ?? 0) >= (rare.has(fixId) ? 1 : 10), `tried: ${JSON.stringify(tried)}`);
    }
  });

  it('of a shared file says whom it concerns', () => {
    for (let seed = 1; seed <= 100; seed++) {
      const service = openService(randomService(createRandom(seed)));
      for (const path of documents) {
        for (const fix of service.findings(absolute(path)).flatMap(({ fixes }) => fixes)) {
          const isOfOther = editedFiles(fix).some((edited) => edited !== path);
          if (isOfOther) assert.ok(saysWhomItConcerns(fix), fix.title);
          if (saysWhomItConcerns(fix)) assert.ok(isOfOther || isBroad(path), fix.title);
        }
      }
    }
  });
});
