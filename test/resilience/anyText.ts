import { strict as assert } from 'node:assert';
import { parse } from '../support/syntax';
import { assertTreeInvariants } from '../support/treeInvariants';

/** What holds for the reading of any text at all: a tree that is whole, and nothing that sax refuses. Throws where it does not. */
export function assertReadable(text: string): void {
  const document = parse(text);
  assertTreeInvariants(document);
  // The scanner prepares the text so that sax refuses nothing in it; these two sentences would say that it did.
  for (const { message } of document.problems) {
    assert.doesNotMatch(message, /cannot be read as XML|not well-formed XML/);
  }
}

/** Has everything that scanners stumble over, so that it means something without the corpus as well. */
export const ownText = `\uFEFF<?xml version="1.0"?>
<!-- a -->
<policies>
  <inbound>
    <base />
    <set-variable name="a" value="@{
      // it's "b" )
      var c = new Dictionary<string, int> { ["d"] = 1 };
      return $"{{e}} {c["d"]:0.0} {(f ? @"g""h" : 'i')}";
    }" />
    <choose>
      <when condition='@(a &lt; b &amp;&amp; c == &quot;d)&quot;)'>
        <set-body template="liquid">{{body.a}} {{b}}</set-body>
      </when>
    </choose>
    <set-header name="j&k" exists-action="override"><value>@(l("m") < n)</value></set-header>
    <set-body><![CDATA[<o p="q">]]></set-body>
  </inbound>\r
  <backend><forward-request timeout="{{r}}" /></backend>
  <outbound />
</policies>
`;
