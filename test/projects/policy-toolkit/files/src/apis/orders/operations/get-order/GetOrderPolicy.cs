using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;

namespace Contoso.Policies;

[Document("policy.xml")]
public class GetOrderPolicy : IDocument
{
    public void Inbound(IInboundContext context)
    {
        context.Base();
    }
}
