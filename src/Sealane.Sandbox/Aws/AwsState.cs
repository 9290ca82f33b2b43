using System.Text.Json.Serialization;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>
/// The simulated AWS account: what exists in it, as plain data that the world's file stores and the network view reads.
/// Calls that change it are under <c>Ec2</c> and <c>DirectConnect</c>; what happens by itself is in <see
/// cref="Reached"/>.
/// </summary>
public sealed partial class AwsState : ICloudState, IDirectConnectPartner
{
    /// <summary>Five minutes is what AWS tells clients to be ready for.</summary>
    /// <remarks>https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html</remarks>
    private static readonly TimeSpan LongestInvisible = TimeSpan.FromMinutes(5);

    /// <summary>Twelve digits.</summary>
    public string Account { get; set; } = "";
    public List<Vpc> Vpcs { get; set; } = [];
    public List<Subnet> Subnets { get; set; } = [];
    public List<VpcRouteTable> VpcRouteTables { get; set; } = [];
    public List<SecurityGroup> SecurityGroups { get; set; } = [];
    public List<TransitGateway> TransitGateways { get; set; } = [];
    public List<TransitGatewayAttachment> Attachments { get; set; } = [];
    public List<TransitGatewayRouteTable> RouteTables { get; set; } = [];
    public List<TransitGatewayRouteTableAssociation> RouteTableAssociations { get; set; } = [];
    public List<CustomerGateway> CustomerGateways { get; set; } = [];
    public List<VpnConnection> VpnConnections { get; set; } = [];
    public List<DxGateway> DxGateways { get; set; } = [];
    public List<DxGatewayAssociation> DxAssociations { get; set; } = [];
    public List<DxProposal> DxProposals { get; set; } = [];
    public List<DxConnection> Connections { get; set; } = [];
    public List<DxVif> Vifs { get; set; } = [];
    public List<VifTest> VifTests { get; set; } = [];

    /// <summary>How many objects of each kind and name there ever were, so that a new one gets a new id.</summary>
    public Dictionary<string, int> Ordinals { get; set; } = [];

    /// <summary>Knob: how many reads of a new EC2 object still answer that it does not exist. The real EC2 does so for
    /// up to minutes.</summary>
    public int ReadsUntilVisible { get; set; }

    public AwsVariants Variants { get; set; } = new();

    /// <summary>The policy of the identity that calls, as JSON; null: it may do everything.</summary>
    public string? Policy { get; set; }

    /// <summary>Who calls, as the end of its ARN: <c>user/sealane</c>, <c>federated-user/x</c>.</summary>
    public string Identity { get; set; } = "user/sealane";

    /// <summary>Its ARN: users are IAM's, sessions STS's.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html</remarks>
    [JsonIgnore]
    public string Arn => Identity.StartsWith("user/", StringComparison.Ordinal)
        ? $"arn:aws:iam::{CallerAccount}:{Identity}" : $"arn:aws:sts::{CallerAccount}:{Identity}";

    /// <summary>Reads left, by id, until the object shows.</summary>
    public Dictionary<string, int> Hidden { get; set; } = [];

    /// <summary>When the same objects show however often they were asked for.</summary>
    public Dictionary<string, DateTimeOffset> HiddenUntil { get; set; } = [];

    [JsonIgnore]
    public IEnumerable<Entity> Entities =>
    [
        .. TransitGateways, .. Attachments, .. RouteTables, .. RouteTableAssociations, .. CustomerGateways,
        .. VpnConnections, .. DxGateways, .. DxAssociations, .. Connections, .. Vifs, .. VifTests,
        .. ForeignEntities,
    ];

    /// <summary>Everything in EC2 that can be tagged, with its resource type.</summary>
    public IEnumerable<(string Type, AwsObject Object)> Taggable() =>
    [
        .. Vpcs.Select(o => ("vpc", (AwsObject)o)), .. Subnets.Select(o => ("subnet", (AwsObject)o)),
        .. VpcRouteTables.Select(o => ("route-table", (AwsObject)o)),
        .. SecurityGroups.Select(o => ("security-group", (AwsObject)o)),
        .. TransitGateways.Select(o => ("transit-gateway", (AwsObject)o)),
        .. Attachments.Select(o => ("transit-gateway-attachment", (AwsObject)o)),
        .. RouteTables.Select(o => ("transit-gateway-route-table", (AwsObject)o)),
        .. CustomerGateways.Select(o => ("customer-gateway", (AwsObject)o)),
        .. VpnConnections.Select(o => ("vpn-connection", (AwsObject)o)),
        .. ForeignTaggable(),
    ];

    public void Remove(Entity entity)
    {
        _ = entity switch
        {
            TransitGateway it => TransitGateways.Remove(it),
            TransitGatewayAttachment it => Attachments.Remove(it),
            TransitGatewayRouteTable it => RouteTables.Remove(it),
            TransitGatewayRouteTableAssociation it => RouteTableAssociations.Remove(it),
            CustomerGateway it => CustomerGateways.Remove(it),
            VpnConnection it => VpnConnections.Remove(it),
            DxGateway it => DxGateways.Remove(it),
            DxGatewayAssociation it => DxAssociations.Remove(it),
            DxConnection it => Connections.Remove(it),
            DxVif it => Vifs.Remove(it),
            VifTest it => VifTests.Remove(it),
            VpnGateway it => VpnGateways.Remove(it),
            NatGateway it => NatGateways.Remove(it),
            VpcPeering it => VpcPeerings.Remove(it),
            _ => false,
        };
    }

    /// <summary>The next id of this kind and name: the same in every run with the same seed.</summary>
    internal string NewId(SandboxWorld world, string prefix, string name)
    {
        var id = Owned($"{prefix}0{world.Hex(Numbered(prefix, name), 16)}");
        if (ReadsUntilVisible > 0)
        {
            Hidden[id] = ReadsUntilVisible;
            HiddenUntil[id] = world.Now + LongestInvisible;
        }
        return id;
    }

    internal string NewDxId(SandboxWorld world, string prefix, string name) =>
        Owned($"{prefix}f{world.Alphanumeric(Numbered(prefix, name), 7)}");

    internal string NewUuid(SandboxWorld world, string kind, string name) => Owned(world.Uuid(Numbered(kind, name)));

    private string Owned(string id)
    {
        if (Caller is not null)
        {
            Owners[id] = Caller.Account;
        }
        return id;
    }

    private string Numbered(string kind, string name)
    {
        var key = $"aws/{kind}/{name}";
        var ordinal = Ordinals[key] = Ordinals.GetValueOrDefault(key) + 1;
        return $"{key}/{ordinal}";
    }
}
