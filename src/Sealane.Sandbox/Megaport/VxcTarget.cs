using System.Text.Json;
using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>The cloud's end of an ordered VXC.</summary>
/// <param name="STag">Azure's VLAN for the circuit; null: Megaport chooses.</param>
internal sealed record VxcTarget(
    VxcKind Kind, string PortUid, string PortName, int LocationId, int? STag, AwsEnd? Aws, AzureEnd? Azure)
{
    /// <summary>https://docs.aws.amazon.com/directconnect/latest/UserGuide/hosted_connection.html</summary>
    private static readonly int[] HostedConnectionRates = [50, 100, 200, 300, 400, 500, 1000, 2000, 5000, 10000, 25000];

    public static VxcTarget? Read(
        SandboxWorld world, Mcr mcr, JsonElement? bEnd, int rate, bool automaticAEnd, List<string> problems)
    {
        var uid = bEnd?.Text("productUid") ?? "";
        var state = world.Megaport;
        var config = bEnd?.Object("partnerConfig");
        if (state.AzurePorts.Find(port => MegaportState.SameUid(port.Uid, uid)) is { } azure)
        {
            return ReadAzure(world, mcr, azure, config, rate, automaticAEnd, problems);
        }
        if (state.PartnerPorts.Find(port => MegaportState.SameUid(port.Uid, uid)) is { VxcPermitted: true } partner
            && partner.ConnectType is "AWS" or "AWSHC")
        {
            return ReadAws(state, partner, config, rate, problems);
        }
        problems.Add("Valid B-End is required");
        return null;
    }

    /// <summary>Another port of the same kind, place and zone, when there is one.</summary>
    public VxcTarget Swapped(MegaportState state) =>
        state.PartnerPorts.Find(port => port.Uid == PortUid) is { } ordered
        && state.PartnerPorts.Find(port => port.Uid != PortUid && port.VxcPermitted
            && port.ConnectType == ordered.ConnectType
            && port.Title == ordered.Title && port.LocationId == ordered.LocationId
            && port.DiversityZone == ordered.DiversityZone) is { } other
                ? this with { PortUid = other.Uid } : this;

    private static VxcTarget? ReadAws(MegaportState state, PartnerPort port, JsonElement? written, int rate,
        List<string> problems)
    {
        if (written is not { } config || config.Text("connectType") != port.ConnectType)
        {
            problems.Add("Missing AWS object");
            return null;
        }
        var account = config.Get("ownerAccount") is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";
        if (account.Length != 12 || !account.All(char.IsAsciiDigit))
        {
            problems.Add($"Invalid AWS account number {account}");
        }
        var name = config.Text("name") ?? "MEGAPORT";
        if (name.Length is 0 or > 255)
        {
            problems.Add("Invalid AWS connection name");
        }
        var hosted = port.ConnectType == "AWSHC";
        if (hosted && !HostedConnectionRates.Contains(rate))
        {
            problems.Add("Invalid rate limit for an AWS hosted connection");
        }
        if (!hosted && config.Number("asn") is null)
        {
            problems.Add("AWS requires an ASN");
        }
        return new(
            hosted ? VxcKind.AwsHostedConnection : VxcKind.AwsHostedVif, port.Uid, port.Title, port.LocationId, null,
            new()
            {
                OwnerAccount = account,
                ConnectionName = name,
                Region = port.Region,
                DxLocation = state.LocationOf(port.LocationId)?.DxLocation ?? "",
            },
            null);
    }

    private static VxcTarget? ReadAzure(
        SandboxWorld world, Mcr mcr, AzurePort port, JsonElement? written, int rate, bool automaticAEnd,
        List<string> problems)
    {
        var state = world.Megaport;
        if (written is not { } config || config.Text("connectType") is not ("AZURE" or "AzureExpressRoute")
            || config.Text("serviceKey") is not { } key)
        {
            problems.Add("Missing Azure object");
            return null;
        }
        var circuit = AzureKeys.Find(world, key);
        if (!AzureKeys.PortsOf(state, circuit).Contains(port))
        {
            problems.Add("Valid B-End is required");
        }
        if (AzureKeys.TakenBy(state, circuit.ServiceKey, port.Path) is not null)
        {
            problems.Add("VXC goes to an Azure port that is already taken");
        }
        if (rate > circuit.BandwidthMbps)
        {
            problems.Add($"Rate limit is greater than the bandwidth of the circuit ({circuit.BandwidthMbps})");
        }
        var peer = config.Objects("peers") switch
        {
            [] => null,
            [var only] => ReadPeer(world, mcr, circuit, only, problems),
            _ => Refused(problems, "Only one private peering can be made"),
        };
        return new(
            VxcKind.Azure, port.Uid, $"{port.PeeringLocation} {port.Path}", port.LocationId, circuit.STag, null,
            new() { ServiceKey = circuit.ServiceKey, Path = port.Path, Peer = peer, AutomaticAEnd = automaticAEnd });
    }

    private static AzurePeer? ReadPeer(
        SandboxWorld world, Mcr mcr, ProviderCircuit circuit, JsonElement peer, List<string> problems)
    {
        if (peer.Text("type") != "private")
        {
            return Refused(problems, "Only private peerings are for sale here");
        }
        string[] details = ["peer_asn", "primary_subnet", "secondary_subnet", "vlan"];
        if (details.All(name => peer.Get(name) is null))
        {
            // Megaport chooses; a peering that the circuit has already stays as it is.
            if (circuit.Peerings is [var existing, ..])
            {
                return new()
                {
                    PeerAsn = existing.PeerAsn,
                    Primary = existing.Primary,
                    Secondary = existing.Secondary,
                    Vlan = existing.Vlan,
                    SharedKey = existing.SharedKey,
                };
            }
            var block = (uint)(world.Chance($"peering/{circuit.ServiceKey}") * 8192) * 8;
            var start = Ipv4.Parse("169.254.0.0").Value + block;
            return new()
            {
                PeerAsn = mcr.Asn,
                Primary = new(new(start), 30),
                Secondary = new(new(start + 4), 30),
                Vlan = 2 + (int)(world.Chance($"c-tag/{circuit.ServiceKey}") * 4092),
            };
        }
        var subnets = Subnet(peer, "primary_subnet", out var primary) & Subnet(peer, "secondary_subnet",
            out var secondary);
        var vlan = peer.SmallNumber("vlan") ?? 0;
        var wrong = problems.Count;
        if (!subnets)
        {
            problems.Add("Azure: missing primary_subnet or secondary_subnet");
        }
        if (vlan is < 2 or > 4093)
        {
            problems.Add("Azure: invalid vlan");
        }
        if (peer.Number("peer_asn") is not (>= 1 and <= uint.MaxValue))
        {
            problems.Add("Invalid ASN");
        }
        if (problems.Count > wrong)
        {
            return Refused(problems, "Validation of b_csp_request failed");
        }
        return new()
        {
            PeerAsn = peer.Number("peer_asn")!.Value,
            Primary = primary,
            Secondary = secondary,
            Vlan = vlan,
            SharedKey = peer.Text("shared_key") is { Length: > 0 } key ? key : null,
        };
    }

    private static bool Subnet(JsonElement peer, string name, out Prefix subnet) =>
        Prefix.TryParse(peer.Text(name) ?? "", out subnet) && subnet.Length == 30;

    private static AzurePeer? Refused(List<string> problems, string problem)
    {
        problems.Add(problem);
        return null;
    }
}
