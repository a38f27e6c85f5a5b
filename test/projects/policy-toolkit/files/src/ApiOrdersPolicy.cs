using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;

namespace Contoso.Policies;

[Document("apis/orders/policy.xml")]
public class ApiOrdersPolicy : IDocument
{
    public void Inbound(IInboundContext context)
    {
        context.Base();
    }
}
