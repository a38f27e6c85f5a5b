using Microsoft.Azure.ApiManagement.PolicyToolkit.Authoring;

namespace Contoso.Policies;

[Document]
public class GlobalPolicy : IDocument
{
    public void Inbound(IInboundContext context)
    {
        context.Base();
    }
}
