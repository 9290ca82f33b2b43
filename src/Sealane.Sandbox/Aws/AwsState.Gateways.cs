using Sealane.Core.Design;

namespace Sealane.Sandbox.Aws;

/// <summary>Gateways that the spec says exist already, and what others have on them.</summary>
public sealed partial class AwsState
{
    /// <summary>An account that the link does not know.</summary>
    public const string Stranger = "999988887777";

    private void AddExistingGateways(NetworkDesign design)
    {
        if (design.DxGateway.ExistingId is { } dxGateway)
        {
            DxGateways.Add(new()
            {
                Id = dxGateway,
                Region = "",
                State = "available",
                CreatedAt = LongAgo,
                Name = design.DxGateway.Name,
                AmazonSideAsn = design.DxGateway.Asn,
            });
            if (design.DxGateway.Account is { } account)
            {
                Owners[dxGateway] = account;
            }
        }
        if (design.TransitGateway.ExistingId is { } transitGateway)
        {
            TransitGateways.Add(new()
            {
                Id = transitGateway,
                Region = design.Aws.Region,
                State = "available",
                CreatedAt = LongAgo,
                AmazonSideAsn = design.TransitGateway.Asn,
                Cidrs = [design.TransitGateway.Cidr.ToString()],
                Tags = new() { ["Name"] = design.TransitGateway.Name },
            });
            if (design.Vpcs.Any(vpc => vpc.Account is not null))
            {
                Share(TransitGateways[^1]);
            }
        }
    }

    /// <summary>
    /// As a network account has it: shared with the accounts of the VPCs, and other people's VPCs on it, one of this
    /// account and one of a stranger's, which reach one another by a table of their own.
    /// </summary>
    private void Share(TransitGateway gateway)
    {
        Shares.Add(new()
        {
            Arn = $"arn:aws:ram:{gateway.Region}:{Account}:resource-share/{Guid.Empty}",
            Name = "network",
            Region = gateway.Region,
            Owner = Account,
            CreatedAt = LongAgo,
            ResourceArns = [GatewayArn(gateway)],
            Principals = [.. Others.Select(other => other.Account), Stranger],
            Accepted = [.. Others.Select(other => other.Account), Stranger],
        });
        var table = new TransitGatewayRouteTable
        {
            Id = IdOf("tgw-rtb-", $"{gateway.Id}/core"),
            Region = gateway.Region,
            State = "available",
            CreatedAt = LongAgo,
            TransitGatewayId = gateway.Id,
            Tags = new() { ["Name"] = "core" },
        };
        RouteTables.Add(table);
        foreach (var (name, owner, cidr) in new[]
        {
            ("shared-services", null, "10.200.0.0/16"), ("another-team", Stranger, "10.201.0.0/16"),
        })
        {
            var vpc = IdOf("vpc-", $"{gateway.Id}/{name}");
            if (owner is null)
            {
                Vpcs.Add(new()
                {
                    Id = vpc,
                    Region = gateway.Region,
                    State = "available",
                    CreatedAt = LongAgo,
                    Cidrs = [cidr],
                    Tags = new() { ["Name"] = name },
                });
            }
            var attachment = new TransitGatewayAttachment
            {
                Id = IdOf("tgw-attach-", $"{gateway.Id}/{name}"),
                Region = gateway.Region,
                State = "available",
                CreatedAt = LongAgo,
                ChangedAt = LongAgo,
                TransitGatewayId = gateway.Id,
                ResourceType = TransitGatewayAttachment.VpcType,
                ResourceId = vpc,
                ResourceOwner = owner,
                Prefixes = owner is null ? [] : [cidr],
                Tags = new() { ["Name"] = name },
            };
            Attachments.Add(attachment);
            RouteTableAssociations.Add(new()
            {
                Id = $"{table.Id}/{attachment.Id}",
                State = "associated",
                RouteTableId = table.Id,
                AttachmentId = attachment.Id,
            });
            table.Propagations.Add(attachment.Id);
            table.StaticRoutes.Add(new()
            {
                Destination = cidr.Replace("10.20", "10.21", StringComparison.Ordinal),
                AttachmentId = attachment.Id,
            });
        }
    }
}
