using Sealane.Core;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>What CreateVpnConnection checks and makes: the connection, its two tunnel ends, its attachment.</summary>
/// <remarks>https://docs.aws.amazon.com/vpn/latest/s2svpn/private-ip-dx.html</remarks>
internal static class VpnMaker
{
    public static VpnConnection Make(Ec2Call call)
    {
        var parameters = call.Parameters;
        var options = parameters.At("Options");
        var tags = Ec2Tags.Specified(call, "TagSpecification", "vpn-connection");
        RefuseOtherTargets(parameters);
        var customer = call.Find(call.State.CustomerGateways, parameters.Required("CustomerGatewayId"),
            Ec2Id.CustomerGateway);
        if (customer.State != "available")
        {
            throw AwsRefusal.Ec2("InvalidCustomerGatewayState",
                $"The customer gateway {customer.Id} is not in the available state.");
        }
        var vpnGateway = parameters.Text("VpnGatewayId") is { } vgw
            ? call.Find(call.State.VpnGateways, vgw, Ec2Id.VpnGateway)
            : null;
        var gateway = vpnGateway is null ? UsableTransitGateway(call) : null;
        if ((gateway?.AmazonSideAsn ?? vpnGateway!.AmazonSideAsn) == customer.BgpAsn)
        {
            throw AwsRefusal.Ec2("AsnConflict", "The ASN of the customer gateway and of the gateway are the same.");
        }
        var outside = options.Text("OutsideIpAddressType") ?? "PublicIpv4";
        var transport = Transport(call, gateway, customer, outside, options);
        if (call.Here(call.State.VpnConnections).Count(v => v.State != "deleted") >= AwsLimits.VpnConnectionsPerRegion)
        {
            throw AwsRefusal.Ec2("VpnConnectionLimitExceeded",
                "You have reached the limit on the number of VPN connections.");
        }
        var name = tags.GetValueOrDefault("Name") ?? customer.Id;
        var (local4, remote4) = (Selector(options, "LocalIpv4NetworkCidr"), Selector(options, "RemoteIpv4NetworkCidr"));
        var (local6, remote6) = (Selector(options, "LocalIpv6NetworkCidr"), Selector(options, "RemoteIpv6NetworkCidr"));
        var asked = Tunnels(options);
        // Everything that can be refused is read before an id is used up.
        _ = asked.Select(t => TunnelOptionsReader.Read(t, null, () => "", () => "")).ToList();
        var id = call.State.NewId(call.World, "vpn-", name);
        var vpn = new VpnConnection
        {
            Id = id,
            Region = call.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            CustomerGatewayId = customer.Id,
            TransitGatewayId = gateway?.Id ?? "",
            AttachmentId = gateway is null ? "" : Attach(call, gateway, id).Id,
            VpnGatewayId = vpnGateway?.Id,
            OutsideIpAddressType = outside,
            TransportAttachmentId = transport?.Id,
            StaticRoutesOnly = options.Flag("StaticRoutesOnly") ?? false,
            EnableAcceleration = options.Flag("EnableAcceleration") ?? false,
            InsideIpVersion = options.Text("TunnelInsideIpVersion") ?? "ipv4",
            LocalIpv4Cidr = local4 ?? "0.0.0.0/0",
            RemoteIpv4Cidr = remote4 ?? "0.0.0.0/0",
            LocalIpv6Cidr = local6,
            RemoteIpv6Cidr = remote6,
            TunnelBandwidth = options.Text("TunnelBandwidth") ?? "standard",
            PreSharedKeyStorage = parameters.Text("PreSharedKeyStorage") ?? "Standard",
        };
        vpn.Tunnels = [.. asked.Select((tunnel, index) => new VpnTunnel
        {
            OutsideAddress = OutsideAddresses.Pick(call, gateway, vpn, transport is not null)[index],
            Options = TunnelOptionsReader.Read(tunnel, null, () => FreeInsideCidr(call, $"{id}/{index}"),
                () => call.World.Alphanumeric($"aws/psk/{id}/{index}", 32).Replace('0', 'z')),
        })];
        call.State.VpnConnections.Add(vpn);
        call.World.Then(vpn, call.World.Take(Durations.VpnCreate, vpn.Id), "available");
        return vpn;
    }

    private static TransitGateway UsableTransitGateway(Ec2Call call)
    {
        var gateway = call.Find(
            call.State.TransitGateways, call.Parameters.Required("TransitGatewayId"), Ec2Id.TransitGateway);
        return gateway.State is "available" or "modifying"
            ? gateway
            : throw AwsRefusal.State($"{gateway.Id} is in invalid state.");
    }

    /// <summary>The attachment comes with the connection; no call makes it.</summary>
    public static TransitGatewayAttachment Attach(Ec2Call call, TransitGateway gateway, string vpnId)
    {
        var attachment = new TransitGatewayAttachment
        {
            Id = call.State.NewId(call.World, "tgw-attach-", $"{gateway.Id}/{vpnId}"),
            Region = call.Region,
            State = "pending",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            TransitGatewayId = gateway.Id,
            ResourceType = TransitGatewayAttachment.VpnType,
            ResourceId = vpnId,
        };
        call.State.Attachments.Add(attachment);
        return attachment;
    }

    /// <summary>A traffic selector; narrower ones than everything break routed traffic silently, but AWS takes
    /// them.</summary>
    public static string? Selector(Ec2Parameters options, string name) =>
        options.Text(name) is not { } text ? null : Cidr.Canonical(text) ?? throw AwsRefusal.Value(text, name);

    private static void RefuseOtherTargets(Ec2Parameters parameters)
    {
        if (parameters.Required("Type") != "ipsec.1")
        {
            throw AwsRefusal.Value(parameters.Required("Type"), "type");
        }
        if (parameters.Text("VpnGatewayId") is not null && parameters.Text("TransitGatewayId") is not null)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "VpnGatewayId and TransitGatewayId cannot be used together.");
        }
        if (parameters.Text("VpnConcentratorId") is { } concentrator)
        {
            throw AwsRefusal.Ec2("InvalidVpnConcentratorID.NotFound",
                $"The vpnConcentrator ID '{concentrator}' does not exist");
        }
    }

    /// <summary>The Direct Connect gateway attachment that carries private-IP tunnels; null for public ones.</summary>
    private static TransitGatewayAttachment? Transport(
        Ec2Call call, TransitGateway? gateway, CustomerGateway customer, string outside, Ec2Parameters options)
    {
        var id = options.Text("TransportTransitGatewayAttachmentId");
        switch (outside)
        {
            case "PublicIpv4" when id is not null:
                throw AwsRefusal.Ec2("InvalidParameterCombination",
                    "TransportTransitGatewayAttachmentId can only be used with an OutsideIpAddressType of "
                        + "PrivateIpv4.");
            case "PublicIpv4":
                return null;
            case "PrivateIpv4" when gateway is not null:
                break;
            default:
                throw AwsRefusal.Value(outside, "OutsideIpAddressType");
        }
        if (options.Flag("EnableAcceleration") == true)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                "EnableAcceleration cannot be used with private outside addresses.");
        }
        if (id is null)
        {
            throw AwsRefusal.Missing("TransportTransitGatewayAttachmentId");
        }
        if (gateway!.Prefixes.Count == 0)
        {
            throw AwsRefusal.Ec2("InvalidParameterValue",
                $"{gateway.Id} has no CIDR block for private outside addresses.");
        }
        if (!Ipv4.TryParse(customer.IpAddress, out var address) || !Private.Any(block => block.Contains(address)))
        {
            throw AwsRefusal.Ec2("InvalidParameterValue", $"The IP address of {customer.Id} is not a private address.");
        }
        var transport = call.Here(call.State.Attachments).FirstOrDefault(a => a.Id == id && a.State != "deleted")
            ?? throw Ec2Id.Attachment.Refuse(id);
        if (transport.ResourceType != TransitGatewayAttachment.DxGatewayType
            || transport.TransitGatewayId != gateway.Id)
        {
            throw AwsRefusal.Value(id, "TransportTransitGatewayAttachmentId");
        }
        return transport.IsUsable ? transport : throw AwsRefusal.State($"{id} is in invalid state.");
    }

    private static IReadOnlyList<Prefix> Private { get; } =
        [.. new[] { "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10" }.Select(Prefix.Parse)];

    /// <summary>Always two tunnels; what is not said about one is left to AWS.</summary>
    private static IReadOnlyList<Ec2Parameters> Tunnels(Ec2Parameters options)
    {
        var asked = options.Items("TunnelOptions");
        var silent = new Ec2Parameters(new Dictionary<string, string>());
        return asked.Count <= 2
            ? [asked.ElementAtOrDefault(0) ?? silent, asked.ElementAtOrDefault(1) ?? silent]
            : throw AwsRefusal.Ec2("InvalidParameterValue", "At most two TunnelOptions can be given.");
    }

    private static string FreeInsideCidr(Ec2Call call, string key)
    {
        for (var attempt = 0; ; attempt++)
        {
            var block = new Prefix(Prefix.Parse("169.254.0.0/16")
                .Host((long)(call.World.Chance($"aws/inside/{key}/{attempt}") * 65536)), 30);
            if (TunnelOptionsReader.IsInsideCidr(block))
            {
                return block.ToString();
            }
        }
    }
}

/// <summary>
/// Where AWS puts its ends of the tunnels: any two addresses of the block that are free and not neighbours, in no
/// order.
/// Nobody can predict or choose them.
/// </summary>
internal static class OutsideAddresses
{
    public static IReadOnlyList<string> Pick(Ec2Call call, TransitGateway? gateway, VpnConnection vpn, bool isPrivate)
    {
        var block = isPrivate ? gateway!.Prefixes[0] : Prefix.Parse("13.210.0.0/15");
        var used = call.State.VpnConnections
            .Where(v => v.TransitGatewayId == (gateway?.Id ?? "") && v.State != "deleted")
            .SelectMany(v => v.Tunnels).Select(t => t.OutsideAddress).ToHashSet();
        var picked = new List<Ipv4>();
        for (var attempt = 0; picked.Count < 2; attempt++)
        {
            var address = block.Host((long)(call.World.Chance($"aws/outside/{vpn.Id}/{attempt}") * block.Size));
            if (!used.Contains(address.ToString())
                && picked.All(other => Math.Abs((long)other.Value - address.Value) > 1))
            {
                picked.Add(address);
            }
        }
        return [.. picked.Select(address => address.ToString())];
    }
}
