import assert from 'node:assert/strict';
import { semanticTokens } from '../../../server/src/core/features/semanticTokens';
import { sectionNames } from '../../../server/src/core/syntax/policyTree';
import { childElements, sectionElements } from '../../../server/src/core/syntax/treeQueries';
import { findCorpus, readCorpus } from '../../support/corpus';
import { readMarkers } from '../../support/markers';
import { parse } from '../../support/syntax';

/** The marked spans are all tokens of the text; each is described as its type with its modifiers behind dots. */
function check(marked: string, ...expected: readonly string[]): void {
  const { text, spans } = readMarkers(marked);
  const actual = semanticTokens(parse(text)).map(
    ({ span, type, modifiers }) =>
      `${text.slice(span.start, span.end)} ${[type, ...modifiers].join('.')} ${span.start}`,
  );
  const wanted = spans.map(({ start, end }, index) => `${text.slice(start, end)} ${expected[index]} ${start}`);
  assert.equal(spans.length, expected.length, 'as many marked spans as expected tokens');
  assert.deepEqual(actual, wanted);
}

const context = 'variable.readonly.defaultLibrary';
const property = 'property.readonly.defaultLibrary';
const method = 'method.defaultLibrary';

describe('semantic tokens', () => {
  it('tell policies from the elements that are their parameters', () => {
    check(
      `<policies><inbound><«base» /><«set-header» name="x"><«value»>a</«value»></«set-header»></inbound></policies>`,
      'keyword',
      'policy',
      'policyParameter',
      'policyParameter',
      'policy',
    );
  });
  it('go by the place: a policy in a condition, in a request, and below a parameter', () => {
    check(
      `<fragment><«choose»><when condition="true"><«wait»><«send-request»><«set-url»>u</«set-url»></«send-request»></«wait»></when></«choose»></fragment>`,
      'policy',
      'policy',
      'policy',
      'policy',
      'policy',
      'policy',
      'policy',
      'policy',
    );
    check(
      `<«http-data-source»><http-request><«set-method»>GET</«set-method»></http-request></«http-data-source»>`,
      'policy',
      'policy',
      'policy',
      'policy',
    );
  });
  it('say nothing of elements whose place tells nothing', () => {
    check(`<policies><inbound><sett-header><value>x</value></sett-header></inbound><other><cors /></other></policies>`);
    check(
      `<fragment><«set-body»><soap><value><choose /><base /></value></soap></«set-body»></fragment>`,
      'policy',
      'policy',
    );
    check(`<project><constructor /><toString /></project>`);
    check(`<policies><inbound><constructor><a /></constructor></inbound></policies>`);
  });
  it('read excerpts: a section, or a policy alone', () => {
    check(`<inbound><«base»/></inbound>`, 'keyword');
    check(
      `<«cors»><«allowed-origins»><«origin»>*</«origin»></«allowed-origins»></«cors»>`,
      'policy',
      'policyParameter',
      'policyParameter',
      'policyParameter',
      'policyParameter',
      'policy',
    );
  });
  it('find the context variable and its documented members', () => {
    check(
      `<fragment><«set-url»>@(«context».«Request».«Url».«Host» + «context»?.«Api»?.Unknown.Id + «context»
        .«Request».«Headers».«GetValueOrDefault»("a"))</«set-url»></fragment>`,
      'policy',
      context,
      property,
      property,
      property,
      context,
      property,
      context,
      property,
      property,
      method,
      'policy',
    );
  });
  it('do not take a member, a longer name, a string or a comment for the context variable', () => {
    check(
      `<fragment><«set-url»>@{ // context.Api
        /* context.Api */ var contexts = x.context.Api + "context.Api" + @"
        context.Api" + 'c' + $"context.Api {«context».«Api»:context}" + f("it's").context;
        #region context's
      }</«set-url»></fragment>`,
      'policy',
      context,
      property,
      'policy',
    );
  });
  it('read code that is written with entities', () => {
    check(
      `<fragment><«trace» source="@(&quot;context&quot; + «context».«Variables».«GetValueOrDefault»&lt;string&gt;(&quot;«a»&quot;))" /></fragment>`,
      'policy',
      context,
      property,
      method,
      'variable',
    );
  });
  it('go on behind a comment whose line ends with an entity', () => {
    check(
      `<fragment><«trace» source="@{ // context&#xA; return «context».«Api»; }" /></fragment>`,
      'policy',
      context,
      property,
    );
  });
  it('find policy variables where they are named, set and read', () => {
    check(
      `<fragment><«set-variable» name="«a»" value="@(«context».«Variables»["«b c»"] + «context».«Variables».«ContainsKey»("«d»"))" />
        <«send-request» response-variable-name="«r»" mode="new"/><«return-response» response-variable-name="«r»" />
        <«rate-limit»><«api» remaining-calls-variable-name="«n»" /></«rate-limit»><«set-header» name="x" /></fragment>`,
      'policy',
      'variable.declaration',
      context,
      property,
      'variable',
      context,
      property,
      method,
      'variable',
      'policy',
      'variable.declaration',
      'policy',
      'variable',
      'policy',
      'policyParameter',
      'variable.declaration',
      'policy',
      'policy',
    );
  });
  it('do not name a variable whose name is computed', () => {
    check(
      `<fragment><«set-variable» name="a«{{b}}»" value="x" /><«set-variable» name="@("a")" value="@(«context».«Variables»[$"{x}"])" /></fragment>`,
      'policy',
      'namedValue',
      'policy',
      context,
      property,
    );
  });
  it('find named values everywhere, and nothing in them', () => {
    check(
      `<fragment><«trace» source="«{{a}}»">@(«{{context}}» + "«{{b}}»" // «{{c}}»
        )</«trace»><!-- {{d}} --></fragment>`,
      'policy',
      'namedValue',
      'namedValue',
      'namedValue',
      'namedValue',
      'policy',
    );
  });
  it('find the fragment that is included', () => {
    check(
      `<policies><inbound><«include-fragment» fragment-id="«cors-rules»" /></inbound></policies>`,
      'policy',
      'policyFragment',
    );
  });
  it('are in order, apart, and on one line each in broken text', () => {
    for (const text of [
      '<policies><inbound><set-header name="x><value>@(context.Variables["a</value>',
      '<fragment><set-url>@(context.Variables<<<<context.Variables["a\n"]',
      '<set-variable name="a\nb" value="@{ context.Variables[@"a\nb"] }" />',
      '@(context',
      '<{{a}}>{{b',
    ]) {
      assertApart(text);
    }
  });
  it('take time in proportion to the text, at any depth', function () {
    this.timeout(20_000);
    for (const unit of [
      '<wait>',
      '<set-url>@(context.Variables<',
      "@('",
      '<a b="@($"{',
      '<trace source="@(/*',
      '{{a}}',
    ]) {
      assertApart(`<fragment>${unit.repeat(50_000)}`);
    }
  });
  it('hold that on real files', function () {
    this.timeout(60_000);
    const corpus = findCorpus();
    if (corpus === undefined) return console.log('    There is no corpus of real policy files beside the project.');
    for (const { text } of readCorpus(corpus)) assertApart(text);
  });
  it('find every policy in the sections of real files, but misspelt ones', () => {
    const corpus = findCorpus();
    if (corpus === undefined) return console.log('    There is no corpus of real policy files beside the project.');
    const missed = readCorpus(corpus).flatMap(({ text }) => {
      const document = parse(text);
      const found = new Set(semanticTokens(document).map(({ span }) => span.start));
      const inSections = sectionNames.flatMap((name) => sectionElements(document, name).flatMap(childElements));
      return inSections.filter(({ nameSpan }) => !found.has(nameSpan.start)).map(({ name }) => name);
    });
    assert.deepEqual([...new Set(missed)], ['invoke-darp-binding', 'publish-to-darp']);
  });
});

function assertApart(text: string): void {
  let end = 0;
  for (const { span } of semanticTokens(parse(text))) {
    assert.ok(end <= span.start && span.start < span.end, `${JSON.stringify(span)} behind ${end}`);
    assert.doesNotMatch(text.slice(span.start, span.end), /[\r\n]/);
    end = span.end;
  }
}
