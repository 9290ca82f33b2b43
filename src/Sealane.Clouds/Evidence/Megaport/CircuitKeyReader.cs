using Sealane.Clouds.Azure;
using Sealane.Clouds.Megaport;
using Wire = Sealane.Clouds.Megaport.Wire;
using Sealane.Core;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Evidence.Megaport;

/// <summary>Who has a VXC on a circuit: both of its ports at Megaport, and every VXC of the account that ends on
/// them.</summary>
internal sealed class CircuitKeyReader : Reader
{
    private static readonly Question Key = new()
    {
        Call = "GET secure/azure",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "the ports of a circuit and which of them are taken",
        Hides = "a VXC of somebody else on the circuit",
    };

    private static readonly Question Products = new()
    {
        Call = "GET products",
        Cloud = Cloud.Megaport,
        Permission = "Megaport read access",
        Shows = "all products of the account with their VXCs",
        LeadsTo = "VXCs, MCRs",
        Hides = "a second MCR on the link's circuit or hosted connections",
    };

    public override string Kind => "service key";

    public override IReadOnlyList<Question> Questions => [Key, Products];

    public override async Task Read(Walk walk, string id)
    {
        // The key itself is a secret: the statement names the circuit.
        if (!walk.Seen.Circuits.TryGetValue(id, out var circuit)
            || circuit.Text("properties", "serviceKey") is not { Length: > 0 } key)
        {
            return;
        }
        var products = walk.Once("products", async () =>
            walk.Seen.Products = await walk.Ask(Products, "account", ct => walk.Megaport.Products(ct)!)
                .ConfigureAwait(false));
        await walk.Keep(Key, id, async ct => await walk.Megaport.AzureKey(new Secret(key), ct).ConfigureAwait(false),
            walk.Seen.CircuitKeys, id).ConfigureAwait(false);
        await products.ConfigureAwait(false);
        var vxcs = await Task.WhenAll(OnPorts(walk, id, key).Select(uid => McrReader.ReadVxc(walk, uid)))
            .ConfigureAwait(false);
        foreach (var router in vxcs.OfType<Wire.Product>()
            .Where(vxc => key.Equals(Ends.Azure(vxc)?.ServiceKey?.Reveal(), StringComparison.OrdinalIgnoreCase))
                .SelectMany(Ends.Routers))
        {
            walk.Reach(AllReaders.Mcr, router);
        }
    }

    /// <summary>VXCs of the account that end on a port of the circuit: other circuits may share these ports. One whose
    /// list entry names the key of another circuit is that one's, and is not looked at: in one place all circuits of an
    /// account share two ports.</summary>
    private static IEnumerable<string> OnPorts(Walk walk, string circuit, string key)
    {
        var ports = walk.Seen.CircuitKeys.TryGetValue(circuit, out var shown)
            ? shown.Megaports.Select(port => port.ProductUid).OfType<string>().ToHashSet(StringComparer.Ordinal) : [];
        return (walk.Seen.Products ?? []).SelectMany(product => product.AssociatedVxcs)
            .Where(vxc => vxc.ProductUid is not null && !ProvisioningStatus.IsGone(vxc.ProvisioningStatus)
                && (ports.Contains(vxc.BEnd?.ProductUid ?? "") || ports.Contains(vxc.AEnd?.ProductUid ?? ""))
                && !(Guid.TryParse(Ends.Azure(vxc)?.ServiceKey?.Reveal(), out var other)
                    && Guid.TryParse(key, out var own) && other != own))
            .Select(vxc => vxc.ProductUid!).Distinct(StringComparer.Ordinal);
    }
}
