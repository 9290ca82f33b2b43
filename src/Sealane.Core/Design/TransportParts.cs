using System.Text;
using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// Routers, cross connects and circuits from the spec: those without a key first, then the written ones. What a written
/// part does not say is its first sibling's, and its own networks are chosen by its key alone, so that no other part
/// moves them.
/// </summary>
internal static class TransportParts
{
    /// <summary>Where the /30s of written cross connects to AWS are.</summary>
    private static readonly Prefix ToAws = Prefix.Parse("192.168.104.0/21");

    /// <summary>Where the pairs of /30s of written circuits are.</summary>
    private static readonly Prefix ToAzure = Prefix.Parse("192.168.112.0/21");

    /// <summary>A further router must look to Azure as the first does, where they share a circuit, whose one peering
    /// names one ASN.</summary>
    public static IReadOnlyList<RouterDesign> Routers(NetworkSpec spec, WrittenParts written, Contract contract)
    {
        var first = new RouterDesign
        {
            Key = PartKey.None,
            Path = "megaport.mcr",
            Name = spec.Megaport.Mcr.Name ?? $"{spec.Name}-mcr",
            ExistingId = spec.Megaport.Mcr.Id,
            Location = spec.Megaport.Location,
            DiversityZone = spec.Megaport.DiversityZone,
            SpeedMbps = spec.Megaport.Mcr.SpeedMbps ?? McrSpeeds.AtLeast(spec.Megaport.Bandwidth),
            Asn = spec.Megaport.Mcr.Asn ?? 133937,
            FilterNames = FilterNames.Of(spec.Name, PartKey.None),
            Contract = contract,
        };
        return
        [
            first,
            .. from part in written.Routers
               let key = KeyOf(part.Spec, spec)
               let used = spec.Existing.GetValueOrDefault(key.On("megaport/mcr"))
               select first with
               {
                   Key = key,
                   Path = part.Path,
                   Name = part.Spec.Name ?? key.Made.On($"{spec.Name}-mcr"),
                   ExistingId = used,
                   Location = part.Spec.Location ?? first.Location,
                   DiversityZone = part.Spec.DiversityZone,
                   Prepends = part.Spec.Standby ? RouterDesign.PrependsOnStandby : 0,
                   // One that is there already stands where it stands.
                   AwayFrom = used is not null || (part.Spec.Location is { } site && site != first.Location) ? null
                       : first,
                   Asn = part.Spec.Asn ?? first.Asn,
                   FilterNames = FilterNames.Of(spec.Name, key.Made),
               },
        ];
    }

    public static IReadOnlyList<AwsVxcDesign> AwsVxcs(
        NetworkSpec spec, WrittenParts written, IReadOnlyList<RouterDesign> routers)
    {
        var first = new AwsVxcDesign
        {
            Key = PartKey.None,
            Path = "megaport.awsVxc",
            SessionPath = "transport.aws",
            Router = routers[0],
            Name = spec.Megaport.AwsVxcName ?? $"{spec.Name}-aws",
            VifName = spec.Aws.TransitVif.Name ?? $"{spec.Name}-vif",
            Location = spec.Megaport.AwsLocation ?? routers[0].Location,
            DiversityZone = routers[0].DiversityZone,
            RateMbps = spec.Megaport.Bandwidth,
            Contract = routers[0].Contract,
            McrAddress = InterfaceAddress.Parse(spec.Transport.McrToAws ?? "192.168.100.1/30"),
            AmazonAddress = InterfaceAddress.Parse(spec.Transport.AmazonAddress ?? "192.168.100.2/30"),
            VifMtu = spec.Aws.TransitVif.Mtu ?? 1500,
        };
        var all = new List<AwsVxcDesign> { first };
        foreach (var part in written.AwsVxcs)
        {
            var key = KeyOf(part.Spec, spec);
            var router = Named(routers, part.Spec.Router, each => each.Key);
            var network = Slot(ToAws, 30, key.Made);
            var mcr = InterfaceAddress.Parse(part.Spec.Mcr ?? $"{network.Host(1)}/30");
            all.Add(first with
            {
                Key = key,
                Path = part.Path,
                SessionPath = part.Addresses,
                Router = router,
                Name = key.Made.On(first.Name),
                VifName = key.Made.On(first.VifName),
                Location = part.Spec.AwsLocation ?? (router.Key.IsNone ? first.Location : router.Location),
                DiversityZone = router.DiversityZone,
                AcrossZone = all.Exists(other => other.Router.Key == router.Key),
                McrAddress = mcr,
                AmazonAddress = InterfaceAddress.Parse(part.Spec.Amazon
                    ?? $"{(mcr.Address == mcr.Network.Host(1) ? mcr.Network.Host(2) : mcr.Network.Host(1))}"
                        + $"/{mcr.Length}"),
            });
        }
        return all;
    }

    public static IReadOnlyList<CircuitDesign> Circuits(
        NetworkSpec spec, WrittenParts written, IReadOnlyList<RouterDesign> routers)
    {
        var first = new CircuitDesign
        {
            Key = PartKey.None,
            Path = "azure.circuit",
            PeeringPath = "transport.azure",
            Name = spec.Azure.Circuit.Name ?? $"{spec.Name}-er",
            ConnectionName = spec.Azure.ExpressRouteGateway.ConnectionName ?? $"{spec.Name}-er-connection",
            PeeringLocation = spec.Azure.Circuit.PeeringLocation ?? "Sydney",
            BandwidthMbps = spec.Azure.Circuit.BandwidthMbps ?? CircuitSizes.AtLeast(spec.Megaport.Bandwidth),
            Tier = spec.Azure.Circuit.Tier ?? "Standard",
            Family = spec.Azure.Circuit.Family ?? "MeteredData",
            PeerAsn = routers[0].Asn,
            Primary = Prefix.Parse(spec.Transport.AzurePrimary ?? "192.168.101.0/30"),
            Secondary = Prefix.Parse(spec.Transport.AzureSecondary ?? "192.168.101.4/30"),
            Vlan = spec.Transport.AzureVlan ?? 100,
        };
        return
        [
            first,
            .. from part in written.Circuits
               let key = KeyOf(part.Spec, spec)
               let pair = Slot(ToAzure, 29, key.Made)
               let user = written.AzureVxcs.FirstOrDefault(vxc => vxc.Spec.Circuit == part.Spec.Key)
               select first with
               {
                   Key = key,
                   Path = part.Path,
                   PeeringPath = part.Addresses,
                   Name = part.Spec.Name ?? key.Made.On($"{spec.Name}-er"),
                   ConnectionName = part.Spec.ConnectionName ?? key.Made.On($"{spec.Name}-er-connection"),
                   PeeringLocation = part.Spec.PeeringLocation ?? first.PeeringLocation,
                   PeerAsn = Named(routers, user?.Spec.Router, router => router.Key).Asn,
                   Primary = Prefix.Parse(part.Spec.Primary ?? $"{pair.Network}/30"),
                   Secondary = Prefix.Parse(part.Spec.Secondary ?? $"{pair.Host(4)}/30"),
               },
        ];
    }

    public static IReadOnlyList<AzureVxcDesign> AzureVxcs(
        NetworkSpec spec, WrittenParts written, IReadOnlyList<RouterDesign> routers,
        IReadOnlyList<CircuitDesign> circuits)
    {
        var first = new AzureVxcDesign
        {
            Key = PartKey.None,
            Path = "megaport.azureVxc",
            Router = routers[0],
            Circuit = circuits[0],
            Port = CircuitPort.Primary,
            Name = spec.Megaport.AzureVxcName ?? $"{spec.Name}-azure",
            RateMbps = spec.Megaport.Bandwidth,
            Contract = routers[0].Contract,
        };
        return
        [
            first,
            .. from part in written.AzureVxcs
               let key = KeyOf(part.Spec, spec)
               select first with
               {
                   Key = key,
                   Path = part.Path,
                   Router = Named(routers, part.Spec.Router, router => router.Key),
                   Circuit = Named(circuits, part.Spec.Circuit, circuit => circuit.Key),
                   Port = part.Spec.Path == "primary" ? CircuitPort.Primary : CircuitPort.Secondary,
                   Name = part.Spec.Name ?? key.Made.On(first.Name),
               },
        ];
    }

    public static PartKey KeyOf(PartSpec part, NetworkSpec spec) =>
        new(part.Key, spec.Moved.FirstOrDefault(moved => moved.To == part.Key)?.From);

    /// <summary>The part of that key; a check says when there is none, and what is designed then is not
    /// built.</summary>
    private static T Named<T>(IReadOnlyList<T> parts, string? key, Func<T, PartKey> of) =>
        parts.FirstOrDefault(part => of(part) == (key is null ? PartKey.None : new(key))) ?? parts[0];

    /// <summary>The block of that length that a key chooses: FNV-1a, 32 bits (RFC 9923).</summary>
    private static Prefix Slot(Prefix space, int length, PartKey key)
    {
        var hash = Encoding.UTF8.GetBytes($"{key}").Aggregate(2166136261u, (sum, letter) => unchecked((sum ^ letter)
            * 16777619u));
        var blocks = 1u << (length - space.Length);
        return Prefix.Parse($"{space.Host((hash % blocks) << (32 - length))}/{length}");
    }
}
