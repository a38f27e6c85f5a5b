/** Has a place for every kind of damage, so that the tests mean something without the corpus as well. */
export const sample = `<?xml version="1.0" encoding="utf-8"?>
<!-- Orders,
     for partners -->
<policies>
  <inbound>
    <base />
    <!-- who asks? -->
    <set-variable name="caller" value="@(context.Request.Headers.GetValueOrDefault("x-caller", "nobody"))" />
    <set-variable name="key" value="@{
      // one key a caller's address
      var parts = new[] { "a", context.Request.IpAddress, (string)context.Variables["caller"] };
      /* and no others */
      var name = $"{parts[0]}-{parts.Length}";
      if (name.Split('-').Length > 2) {
        return @"c:\\keys\\" + name;
      }
      return name.Substring(1);
    }" />
    <choose>
      <when condition="@(context.Variables.ContainsKey("key") && context.Request.Method != "GET")">
        <return-response>
          <set-status code="403" reason="Forbidden" />
          <set-body>No</set-body>
        </return-response>
      </when>
      <otherwise>
        <rate-limit-by-key calls="100" renewal-period="60" counter-key="@((string)context.Variables["key"])" />
      </otherwise>
    </choose>
    <?pi goes here?>
    <set-variable name="first" value="@{ if (context.Request.Method == "GET") { return "read"; } return "write"; }" />
    <set-header name="x-caller" exists-action="override">
      <value>@((string)context.Variables["caller"])</value>
    </set-header>
  </inbound>
  <backend>
    <forward-request timeout="60" follow-redirects='false' />
  </backend>
  <outbound>
    <set-body><![CDATA[<done at="once" />]]></set-body>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>
`;
