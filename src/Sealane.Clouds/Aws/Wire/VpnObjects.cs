using System.Xml.Linq;
using Sealane.Clouds.Http;
using Sealane.Core;

namespace Sealane.Clouds.Aws;

/// <summary>A customer gateway: Azure's VPN gateway as AWS knows it.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CustomerGateway.html; the ASNs are strings
/// there.</remarks>
public sealed record Ec2CustomerGateway(
    string Id, string State, string? Address, long? Asn, string? DeviceName, IReadOnlyDictionary<string, string> Tags)
{
    internal static Ec2CustomerGateway Read(XElement item) => new(
        item.Id("customerGatewayId"), item.Text("state") ?? "unknown", item.Text("ipAddress"),
        item.Number("bgpAsnExtended") ?? item.Number("bgpAsn"), item.Text("deviceName"), item.Tags());
}

/// <summary>
/// A VPN connection. Its tunnels and their telemetry come in no stable order: they are told apart by inside CIDR and
/// outside address. <c>customerGatewayConfiguration</c>, which repeats the keys, is never read.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpnConnection.html</remarks>
public sealed record Ec2VpnConnection : ITunnelEndpoints
{
    public required string Id { get; init; }

    /// <summary><c>pending</c>, <c>available</c>, <c>modifying</c>, <c>deleting</c>, <c>deleted</c>.</summary>
    public required string State { get; init; }
    public string? CustomerGatewayId { get; init; }
    public string? TransitGatewayId { get; init; }

    /// <summary>Of a VPN that ends on a VPC's own gateway.</summary>
    public string? VpnGatewayId { get; init; }

    /// <summary>Static routes towards the customer gateway.</summary>
    public IReadOnlyList<Prefix> StaticRoutes { get; init; } = [];
    public string? OutsideAddressType { get; init; }
    public string? TransportAttachmentId { get; init; }
    public bool StaticRoutesOnly { get; init; }

    /// <summary>What AWS lets through: on the customer gateway's side, and on its own. Null where AWS does not
    /// say.</summary>
    public Prefix? LocalSelector { get; init; }
    public Prefix? RemoteSelector { get; init; }
    public required IReadOnlyList<VpnTunnel> Tunnels { get; init; }
    public required IReadOnlyList<VpnTelemetry> Telemetry { get; init; }

    /// <summary>Telemetry and options come in different orders: they meet in the outside address.</summary>
    public VpnTelemetry? TelemetryOf(Ipv4? outside) =>
        outside is null ? null : Telemetry.FirstOrDefault(each => each.OutsideAddress == outside);
    public required IReadOnlyDictionary<string, string> Tags { get; init; }

    /// <summary>The transit gateway attachment that AWS made for it; null until looked up.</summary>
    public string? AttachmentId { get; init; }
    public string? AttachmentState { get; init; }

    public IReadOnlyDictionary<Prefix, Ipv4> OutsideAddresses => Tunnels
        .Where(tunnel => tunnel is { InsideCidr: not null, OutsideAddress: not null })
        .DistinctBy(tunnel => tunnel.InsideCidr)
        .ToDictionary(tunnel => tunnel.InsideCidr!.Value, tunnel => tunnel.OutsideAddress!.Value);

    internal static Ec2VpnConnection Read(XElement item)
    {
        var options = item.Child("options");
        return new()
        {
            Id = item.Id("vpnConnectionId"),
            State = item.Text("state") ?? "unknown",
            CustomerGatewayId = item.Text("customerGatewayId"),
            TransitGatewayId = item.Text("transitGatewayId"),
            VpnGatewayId = item.Text("vpnGatewayId"),
            StaticRoutes = [.. item.Items("routes").Where(route => route.Text("state") is not ("deleted" or "deleting"))
                .Select(route => PrefixText.Read(route.Text("destinationCidrBlock"), "destinationCidrBlock"))],
            OutsideAddressType = options.Text("outsideIpAddressType"),
            TransportAttachmentId = options.Text("transportTransitGatewayAttachmentId"),
            StaticRoutesOnly = options.Flag("staticRoutesOnly"),
            LocalSelector = Selector(options, "localIpv4NetworkCidr"),
            RemoteSelector = Selector(options, "remoteIpv4NetworkCidr"),
            Tunnels = [.. options.Items("tunnelOptionSet").Select(VpnTunnel.Read)],
            Telemetry = [.. item.Items("vgwTelemetry").Select(VpnTelemetry.Read)],
            Tags = item.Tags(),
        };
    }

    private static Prefix? Selector(XElement? options, string name) =>
        options.Text(name) is { } block ? PrefixText.Read(block, name) : null;
}

/// <summary>Options of one tunnel as AWS holds them. What was left at its default is absent.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_TunnelOption.html</remarks>
public sealed record VpnTunnel
{
    public Ipv4? OutsideAddress { get; init; }
    public Prefix? InsideCidr { get; init; }

    /// <summary>Null where AWS does not show it (Secrets Manager storage).</summary>
    public Secret? PreSharedKey { get; init; }
    public long? Phase1LifetimeSeconds { get; init; }
    public long? Phase2LifetimeSeconds { get; init; }
    public long? DpdTimeoutSeconds { get; init; }
    public string? DpdTimeoutAction { get; init; }
    public string? StartupAction { get; init; }

    /// <summary>Lists of what AWS accepts; null means all.</summary>
    public IReadOnlyList<string>? Phase1Encryption { get; init; }
    public IReadOnlyList<string>? Phase2Encryption { get; init; }
    public IReadOnlyList<string>? Phase1Integrity { get; init; }
    public IReadOnlyList<string>? Phase2Integrity { get; init; }
    public IReadOnlyList<string>? Phase1DhGroups { get; init; }
    public IReadOnlyList<string>? Phase2DhGroups { get; init; }
    public IReadOnlyList<string>? IkeVersions { get; init; }

    internal static VpnTunnel Read(XElement item) => new()
    {
        OutsideAddress = Ipv4.TryParse(item.Text("outsideIpAddress"), out var address) ? address : null,
        InsideCidr = item.Text("tunnelInsideCidr") is { } inside ? PrefixText.Read(inside, "tunnelInsideCidr") : null,
        PreSharedKey = item.Text("preSharedKey") is { } key ? new Secret(key) : null,
        Phase1LifetimeSeconds = item.Number("phase1LifetimeSeconds"),
        Phase2LifetimeSeconds = item.Number("phase2LifetimeSeconds"),
        DpdTimeoutSeconds = item.Number("dpdTimeoutSeconds"),
        DpdTimeoutAction = item.Text("dpdTimeoutAction"),
        StartupAction = item.Text("startupAction"),
        Phase1Encryption = item.Values("phase1EncryptionAlgorithmSet"),
        Phase2Encryption = item.Values("phase2EncryptionAlgorithmSet"),
        Phase1Integrity = item.Values("phase1IntegrityAlgorithmSet"),
        Phase2Integrity = item.Values("phase2IntegrityAlgorithmSet"),
        Phase1DhGroups = item.Values("phase1DHGroupNumberSet"),
        Phase2DhGroups = item.Values("phase2DHGroupNumberSet"),
        IkeVersions = item.Values("ikeVersionSet"),
    };
}

/// <summary>How one tunnel fares; minutes behind reality.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VgwTelemetry.html</remarks>
/// <param name="Status"><c>UP</c> needs IKE, IPsec and BGP; else <c>DOWN</c>.</param>
/// <param name="Message">Such as <c>IPSEC IS DOWN</c>, <c>IPSEC IS UP</c> (BGP is not), <c>1 BGP ROUTES</c>.</param>
public sealed record VpnTelemetry(Ipv4? OutsideAddress, string Status, long AcceptedRoutes, string? Message)
{
    internal static VpnTelemetry Read(XElement item) => new(
        Ipv4.TryParse(item.Text("outsideIpAddress"), out var address) ? address : null,
        item.Text("status") ?? "unknown",
        item.Number("acceptedRouteCount") ?? 0, item.Text("statusMessage"));
}

/// <summary>What the two ends really negotiated.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ActiveVpnTunnelStatus.html</remarks>
/// <param name="ProvisioningStatus"><c>available</c>, <c>pending</c>, <c>failed</c>.</param>
public sealed record ActiveVpnTunnelStatus(
    string? IkeVersion, string? Phase1Encryption, string? Phase1Integrity, long? Phase1DhGroup,
    string? Phase2Encryption, string? Phase2Integrity, long? Phase2DhGroup,
    string? ProvisioningStatus, string? ProvisioningStatusReason)
{
    internal static ActiveVpnTunnelStatus Read(XElement? item) => new(
        item.Text("ikeVersion"), item.Text("phase1EncryptionAlgorithm"), item.Text("phase1IntegrityAlgorithm"),
        item.Number("phase1DHGroup"), item.Text("phase2EncryptionAlgorithm"), item.Text("phase2IntegrityAlgorithm"),
        item.Number("phase2DHGroup"), item.Text("provisioningStatus"), item.Text("provisioningStatusReason"));
}

/// <summary>Whether AWS is about to replace the end of a tunnel by itself.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_MaintenanceDetails.html</remarks>
/// <param name="Pending">AWS's word for whether there is one; which words it uses is not documented.</param>
/// <param name="AutoAppliedAfter">From when on AWS applies it unasked.</param>
/// <param name="LastApplied">When the last one was applied.</param>
public sealed record TunnelMaintenance(
    string? Pending, DateTimeOffset? AutoAppliedAfter, DateTimeOffset? LastApplied)
{
    private static readonly string[] None = ["none", "no", "false", "n/a", "unavailable", "not available"];

    /// <summary>A word that is not known counts as a yes, and a moment to come as well; null where AWS says neither.
    /// </summary>
    public bool? IsPending => Pending is { } word ? !None.Contains(word.Trim(), StringComparer.OrdinalIgnoreCase)
        : AutoAppliedAfter is { } after ? !(LastApplied >= after)
        : null;

    internal static TunnelMaintenance Read(XElement item) => new(item.Text("pendingMaintenance"),
        item.Time("maintenanceAutoAppliedAfter"), item.Time("lastMaintenanceApplied"));
}
