using Sealane.Core.Spec;

namespace Sealane.Core.Design;

/// <summary>
/// The link as worked out from the spec: every part with its key, its name, its addresses and options, the defaults
/// filled in. Values that only a cloud can choose (tunnel outside addresses, the VPN gateway's private address, VLANs)
/// are not here: resources read them from each other while the link is built.
/// </summary>
public sealed record NetworkDesign
{
    public required NetworkSpec Spec { get; init; }
    public required LinkDesign Link { get; init; }
    public required AwsDesign Aws { get; init; }
    public required AzureDesign Azure { get; init; }
    public required MegaportDesign Megaport { get; init; }

    public required IReadOnlyList<VpcDesign> Vpcs { get; init; }
    public required IReadOnlyList<VnetDesign> Vnets { get; init; }
    public required DxGatewayDesign DxGateway { get; init; }
    public required TransitGatewayDesign TransitGateway { get; init; }
    public required IReadOnlyList<RouterDesign> Routers { get; init; }
    public required IReadOnlyList<AwsVxcDesign> AwsVxcs { get; init; }
    public required IReadOnlyList<CircuitDesign> Circuits { get; init; }
    public required IReadOnlyList<AzureVxcDesign> AzureVxcs { get; init; }
    public required ExpressRouteGatewayDesign ExpressRouteGateway { get; init; }
    public required VpnGatewayDesign VpnGateway { get; init; }
    public required IReadOnlyList<VpnConnectionDesign> VpnConnections { get; init; }
    public required IpsecSuite Ipsec { get; init; }

    public string Name => Link.Name;

    /// <summary>The AWS account that has the Direct Connect gateway, the hosted connections and the VIFs.</summary>
    public string DirectConnectAccount => DxGateway.Account ?? Aws.Account;

    /// <summary>The AWS accounts beside the link's own.</summary>
    public IEnumerable<string> OtherAccounts =>
        Vpcs.Select(vpc => vpc.Account).Append(DxGateway.Account).OfType<string>().Distinct();

    /// <summary>Whose credentials one of them is reached with.</summary>
    public string? ProfileOf(string account) => Vpcs.Select(vpc => (vpc.Account, vpc.Profile))
        .Append((DxGateway.Account, DxGateway.Profile)).FirstOrDefault(part => part.Account == account).Profile;

    /// <summary>The tunnels of all VPN connections.</summary>
    public IReadOnlyList<TunnelDesign> Tunnels => [.. VpnConnections.SelectMany(vpn => vpn.Tunnels)];

    /// <summary>The id of a circuit that is used in another subscription than the link's; null: it is not.</summary>
    public string? IdElsewhere(CircuitDesign circuit) =>
        Link.Existing.GetValueOrDefault(circuit.Key.On("azure/circuit")) is { } id
            && !id.StartsWith($"/subscriptions/{Azure.Subscription}/", StringComparison.OrdinalIgnoreCase) ? id : null;

    /// <summary>Whether the link's connection redeems an authorization of the circuit's owner.</summary>
    public bool Redeems(CircuitDesign circuit) => IdElsewhere(circuit) is not null
        && !Link.Existing.ContainsKey(circuit.Key.On("azure/er-connection"));

    /// <summary>Where the key of that authorization comes from, as the spec has it; null: it has nothing.</summary>
    public string? AuthorizationSource(CircuitDesign circuit) => circuit.Key.IsNone ? Spec.Secrets.AuthorizationKey
        : Spec.Secrets.AuthorizationKeys.GetValueOrDefault($"{circuit.Key}");

    /// <summary>
    /// Whether the routers learn AWS's side by BGP instead of having static routes to it. A static route stays, and
    /// stays announced to Azure, while its session is down: with a second way to AWS that would draw half of the
    /// packets into a hole. Learned is the transit gateway's CIDR, which holds nothing but tunnel endpoints.
    /// </summary>
    public bool LearnsFromAws => AwsVxcs.Count > 1;

    /// <summary>
    /// The same link with the guide's choices: the VPC allowed on the Direct Connect gateway (step 3), one transit
    /// gateway table for all attachments, sessions without import filters. Only for showing what that does.
    /// </summary>
    public NetworkDesign InGuideOrder() => this with
    {
        Link = Link with { Order = BuildOrder.Guide },
        TransitGateway = TransitGateway with { Isolation = TransitGatewayIsolation.Shared },
    };
}
