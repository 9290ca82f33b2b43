using Sealane.Clouds.Azure;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Azure;

/// <summary>One network interface of a subnet: what Azure really does with its packets.</summary>
internal sealed class NetworkInterfaceReader : Reader
{
    private static readonly Question Effective = new()
    {
        Call = "POST effectiveRouteTable",
        Cloud = Cloud.Azure,
        Permission = "Microsoft.Network/networkInterfaces/effectiveRouteTable/action",
        Shows = "effective routes of a running machine's interface",
    };

    public override string Kind => "network interface";

    public override IReadOnlyList<Question> Questions => [Effective];

    public override Task Read(Walk walk, string id) => walk.Keep(
        Effective, id, ct => new AzureProbes(walk.Azure).EffectiveRoutes(id, ct)!, walk.Seen.Effective, id);
}
