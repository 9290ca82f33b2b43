using System.Text.Json.Serialization;
using Sealane.Core;

namespace Sealane.Sandbox.Aws;

public sealed class Vpc : AwsObject
{
    /// <summary>The primary block first.</summary>
    public List<string> Cidrs { get; set; } = [];

    /// <summary>Blocks that Amazon chose, /56.</summary>
    public List<string> Ipv6Cidrs { get; set; } = [];
    public string DhcpOptionsId { get; set; } = "";

    [JsonIgnore]
    public IReadOnlyList<Prefix> Prefixes => [.. Cidrs.Select(Prefix.Parse)];
}

public sealed class Subnet : AwsObject
{
    public required string VpcId { get; init; }
    public required string Cidr { get; init; }

    /// <summary>Such as <c>ap-southeast-2a</c>.</summary>
    public required string AvailabilityZone { get; init; }

    /// <summary>Such as <c>apse2-az1</c>.</summary>
    public required string AvailabilityZoneId { get; init; }

    [JsonIgnore]
    public Prefix Prefix => Prefix.Parse(Cidr);
}

/// <summary>A route table of a VPC. The local routes are not in it: every table has one for each of the VPC's
/// blocks.</summary>
public sealed class VpcRouteTable : AwsObject
{
    public required string VpcId { get; init; }

    /// <summary>The main table serves every subnet that has no table of its own.</summary>
    public bool Main { get; set; }
    public List<string> SubnetIds { get; set; } = [];

    /// <summary>Gateways whose incoming packets the table routes.</summary>
    public List<string> GatewayIds { get; set; } = [];

    /// <summary>Virtual private gateways that tell the table their routes.</summary>
    public List<string> PropagatingVgws { get; set; } = [];
    public List<VpcRoute> Routes { get; set; } = [];
}

/// <summary>A route made by CreateRoute.</summary>
public sealed class VpcRoute
{
    /// <summary>A block, or the id of a prefix list.</summary>
    public required string Destination { get; init; }

    /// <summary>
    /// The kind is in the id: <c>tgw-</c>, <c>vgw-</c>, <c>igw-</c>, <c>nat-</c>, <c>pcx-</c>, <c>eni-</c>.
    /// </summary>
    public required string TargetId { get; set; }

    [JsonIgnore]
    public Prefix? Prefix => Core.Prefix.TryParse(Destination, out var prefix) ? prefix : null;

    [JsonIgnore]
    public bool ToTransitGateway => TargetId.StartsWith("tgw-", StringComparison.Ordinal);

    [JsonIgnore]
    public bool ByPrefixList => Destination.StartsWith("pl-", StringComparison.Ordinal);
}
