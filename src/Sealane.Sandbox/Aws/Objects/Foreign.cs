using System.Text.Json.Serialization;
using Sealane.Core;

namespace Sealane.Sandbox.Aws;

// What other teams have in the account beside the link: listed, and where it carries packets, part of the network.

/// <summary>A virtual private gateway.</summary>
public sealed class VpnGateway : AwsObject
{
    public required long AmazonSideAsn { get; init; }

    /// <summary>Null: not attached.</summary>
    public string? VpcId { get; set; }

    [JsonIgnore]
    public bool IsAttached => IsLive && VpcId is not null;
}

/// <summary>An internet gateway.</summary>
public sealed class InternetGateway : AwsObject
{
    /// <summary>Null: not attached.</summary>
    public string? VpcId { get; set; }
}

/// <summary>A NAT gateway, public or private.</summary>
public sealed class NatGateway : AwsObject
{
    public required string VpcId { get; init; }
    public required string SubnetId { get; init; }

    /// <summary><c>public</c> or <c>private</c>.</summary>
    public required string ConnectivityType { get; init; }
    public required string PrivateIp { get; init; }
    public string? PublicIp { get; init; }
    public string? AllocationId { get; init; }
    public required string NetworkInterfaceId { get; init; }
}

/// <summary>A peering between two VPCs, of which the other may be somebody else's.</summary>
public sealed class VpcPeering : AwsObject
{
    public required string RequesterVpcId { get; init; }
    public required string AccepterVpcId { get; init; }
    public required string AccepterAccount { get; init; }
    public required string AccepterRegion { get; init; }

    /// <summary>Of the other VPC when it is not in this account; AWS shows them once the peering is active.</summary>
    public List<string> AccepterCidrs { get; set; } = [];
    public string Message { get; set; } = "";

    [JsonIgnore]
    public bool IsActive => State is "active";
}

/// <summary>A customer's prefix list; routes name it in the place of a destination.</summary>
public sealed class ManagedPrefixList : AwsObject
{
    public required string Name { get; set; }

    /// <summary><c>IPv4</c> or <c>IPv6</c>.</summary>
    public required string AddressFamily { get; init; }
    public int MaxEntries { get; set; }
    public long Version { get; set; } = 1;
    public List<PrefixListEntry> Entries { get; set; } = [];

    [JsonIgnore]
    public IReadOnlyList<Prefix> Prefixes =>
        [.. Entries.Select(e => Prefix.TryParse(e.Cidr, out var p) ? p : (Prefix?)null).OfType<Prefix>()];
}

public sealed record PrefixListEntry(string Cidr, string? Description);

/// <summary>A network interface: of an appliance, of a NAT gateway, of whatever has an address in a subnet.</summary>
public sealed class NetworkInterface : AwsObject
{
    public required string VpcId { get; init; }
    public required string SubnetId { get; init; }
    public required string AvailabilityZone { get; init; }
    public required string PrivateIp { get; init; }
    public string Description { get; set; } = "";

    /// <summary><c>interface</c>, <c>natGateway</c>, <c>transit_gateway</c> and others.</summary>
    public string Type { get; set; } = "interface";

    /// <summary>Off on appliances, which pass on what is not for them.</summary>
    public bool SourceDestCheck { get; set; } = true;

    /// <summary>Whether an AWS service made it for itself.</summary>
    public bool RequesterManaged { get; init; }
}

/// <summary>What a transit gateway route table does with all prefixes of a list.</summary>
public sealed class PrefixListReference
{
    public required string PrefixListId { get; init; }

    /// <summary>Null for a blackhole.</summary>
    public string? AttachmentId { get; set; }
}

/// <summary>The far end of a peering attachment between transit gateways.</summary>
public sealed record TransitGatewayPeer(string TransitGatewayId, string Account, string Region);
