<policies>
  <inbound>
    <base />
    <set-header name="X-Environment" exists-action="override">
      <value>${environment}</value>
    </set-header>
  </inbound>
  <backend>
    <base />
  </backend>
  <outbound>
    <base />
  </outbound>
  <on-error>
    <base />
  </on-error>
</policies>
