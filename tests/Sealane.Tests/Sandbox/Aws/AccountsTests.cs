using System.Text.Json.Nodes;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Two accounts and a transit gateway between them: each sees its own, what is shared with it, and its own
/// tags.</summary>
public sealed class AccountsTests
{
    private const string Workload = "444455556666";
    private const string Gateway = "tgw-0123456789abcdef0";
    private readonly AwsBench _aws = new(aws => aws with
    {
        VpcAccount = Workload,
        VpcProfile = "workload",
        TransitGateway = new() { Id = Gateway },
    });

    private Ec2Reply As(string? account, string action, string parameters = "")
    {
        _aws.By = account;
        return _aws.Ec2(action, parameters);
    }

    private (int Status, JsonNode Json, string? Error) Ram(
        string? account, string path, string json = "{}", string method = "POST", string query = "")
    {
        _aws.By = account;
        var reply = _aws.Send(AwsSigner.Form(json.Replace('\'', '"')) with
        {
            Method = method,
            Path = path,
            Query = query,
        }, "ram", AwsBench.Region);
        return (reply.Status, JsonNode.Parse(reply.Body)!,
            reply.Headers.FirstOrDefault(header => header.Item1 == "x-amzn-ErrorType").Item2);
    }

    private string Attach()
    {
        var subnet = _aws.State.Subnets.First(it => it.VpcId == AwsBench.Vpc).Id;
        return As(Workload, "CreateTransitGatewayVpcAttachment",
            $"TransitGatewayId={Gateway}&VpcId={AwsBench.Vpc}&SubnetIds.1={subnet}"
            + "&TagSpecifications.1.ResourceType=transit-gateway-attachment&TagSpecifications.1.Tag.1.Key=Name"
            + "&TagSpecifications.1.Tag.1.Value=mine").Need("transitGatewayVpcAttachment/transitGatewayAttachmentId");
    }

    [Fact]
    public void Each_account_sees_its_own_and_a_shared_gateway_without_tags_and_tables()
    {
        Assert.Equal("InvalidVpcID.NotFound", As(null, "DescribeVpcs", $"VpcId.1={AwsBench.Vpc}").Code);
        var vpc = As(Workload, "DescribeVpcs");
        Assert.Equal([AwsBench.Vpc], vpc.All("vpcSet/item/vpcId"));
        Assert.Equal([Workload], vpc.All("vpcSet/item/ownerId"));
        var shared = As(Workload, "DescribeTransitGateways");
        Assert.Equal(AwsBench.Account, shared.Need("transitGatewaySet/item/ownerId"));
        Assert.Empty(shared.All("transitGatewaySet/item/tagSet/item"));
        Assert.NotEmpty(As(null, "DescribeTransitGateways").All("transitGatewaySet/item/tagSet/item"));
        Assert.Empty(As(Workload, "DescribeTransitGatewayRouteTables").All("transitGatewayRouteTables/item"));
        Assert.Empty(As(Workload, "DescribeTransitGatewayAttachments").All("transitGatewayAttachments/item"));
        Assert.Equal(2, As(null, "DescribeTransitGatewayAttachments").All("transitGatewayAttachments/item").Count);
        Assert.Equal("InvalidTransitGatewayID.NotFound",
            As(Workload, "CreateTags", $"ResourceId.1={Gateway}&Tag.1.Key=Name&Tag.1.Value=x").Code);
    }

    [Fact]
    public async Task An_attachment_waits_for_the_gateways_owner_and_its_tags_are_each_accounts_own()
    {
        var id = Attach();
        string State(string? account) => As(account, "DescribeTransitGatewayVpcAttachments",
            $"TransitGatewayAttachmentIds.1={id}").Need("transitGatewayVpcAttachments/item/state");
        string Name(string? account) => string.Join(',', As(account, "DescribeTransitGatewayVpcAttachments",
            $"TransitGatewayAttachmentIds.1={id}").All("transitGatewayVpcAttachments/item/tagSet/item/value"));
        await _aws.Wait(30);
        Assert.Equal(("pendingAcceptance", "pendingAcceptance"), (State(Workload), State(null)));
        Assert.Equal(("mine", ""), (Name(Workload), Name(null)));
        _ = As(null, "CreateTags", $"ResourceId.1={id}&Tag.1.Key=Name&Tag.1.Value=theirs").Need("return");
        Assert.Equal(("mine", "theirs"), (Name(Workload), Name(null)));
        Assert.Empty(As(Workload, "DescribeTransitGatewayVpcAttachments", "Filter.1.Name=tag:Name"
            + "&Filter.1.Value.1=theirs").All("transitGatewayVpcAttachments/item"));

        // Not until it is accepted does the VPC's table know the gateway, and the VPC's account cannot accept it.
        var table = _aws.State.VpcRouteTables.First(it => it.VpcId == AwsBench.Vpc).Id;
        var route = $"RouteTableId={table}&DestinationCidrBlock=10.2.0.0/16&TransitGatewayId={Gateway}";
        Assert.Equal("InvalidTransitGatewayID.NotFound", As(Workload, "CreateRoute", route).Code);
        Assert.NotEqual(200, As(Workload, "AcceptTransitGatewayVpcAttachment",
            $"TransitGatewayAttachmentId={id}").Status);
        Assert.Equal(Workload, As(null, "AcceptTransitGatewayVpcAttachment", $"TransitGatewayAttachmentId={id}")
            .Need("transitGatewayVpcAttachment/vpcOwnerId"));
        await _aws.Wait(30);
        Assert.Equal("available", State(Workload));
        _ = As(Workload, "CreateRoute", route).Need("return");

        // The tables are the owner's alone, and so is what it says of the attachment's place in them.
        var core = _aws.State.RouteTables.Single().Id;
        var join = $"TransitGatewayAttachmentId={id}&TransitGatewayRouteTableId={core}";
        Assert.Equal("InvalidRouteTableID.NotFound", As(Workload, "AssociateTransitGatewayRouteTable", join).Code);
        Assert.Equal(200, As(null, "AssociateTransitGatewayRouteTable", join).Status);
        Assert.Empty(As(Workload, "DescribeTransitGatewayAttachments")
            .All("transitGatewayAttachments/item/association"));
        Assert.Equal(200, As(Workload, "DeleteTransitGatewayVpcAttachment",
            $"TransitGatewayAttachmentId={id}").Status);
    }

    [Fact]
    public void A_share_is_made_offered_accepted_and_withdrawn()
    {
        var id = Attach();
        var old = _aws.State.Shares.Single().Arn;
        Assert.Equal(200, Ram(null, "/deleteresourceshare", "", "DELETE",
            $"resourceShareArn={Uri.EscapeDataString(old)}").Status);
        Assert.Empty(As(Workload, "DescribeTransitGateways").All("transitGatewaySet/item"));
        // What hangs there already is still seen.
        Assert.Equal([id], As(Workload, "DescribeTransitGatewayAttachments")
            .All("transitGatewayAttachments/item/transitGatewayAttachmentId"));

        var arn = As(null, "DescribeTransitGateways").Need("transitGatewaySet/item/transitGatewayArn");
        Assert.Equal("UnknownResourceException", Ram(Workload, "/createresourceshare",
            $"{{'name':'x','resourceArns':['{arn}'],'principals':['{AwsBench.Account}']}}").Error);
        var share = (string?)Ram(null, "/createresourceshare",
            $"{{'name':'net','resourceArns':['{arn}'],'principals':['{Workload}'],'allowExternalPrincipals':true}}")
            .Json["resourceShare"]!["resourceShareArn"]!;
        string? Associated() => (string?)Ram(null, "/getresourceshareassociations",
            $"{{'associationType':'PRINCIPAL','resourceShareArns':['{share}']}}")
            .Json["resourceShareAssociations"]![0]!["status"];
        Assert.Equal("ASSOCIATING", Associated());
        Assert.Empty(Ram(Workload, "/listresources", "{'resourceOwner':'OTHER-ACCOUNTS'}")
            .Json["resources"]!.AsArray());
        Assert.Empty(As(Workload, "DescribeTransitGateways").All("transitGatewaySet/item"));
        var invited = Ram(Workload, "/getresourceshareinvitations", $"{{'resourceShareArns':['{share}']}}")
            .Json["resourceShareInvitations"]!.AsArray().Single()!;
        Assert.Equal(("PENDING", AwsBench.Account), ((string?)invited["status"], (string?)invited["senderAccountId"]));
        var accept = $"{{'resourceShareInvitationArn':'{invited["resourceShareInvitationArn"]}'}}";
        Assert.Equal("ResourceShareInvitationArnNotFoundException",
            Ram(null, "/acceptresourceshareinvitation", accept).Error);
        Assert.Equal("ACCEPTED", (string?)Ram(Workload, "/acceptresourceshareinvitation", accept)
            .Json["resourceShareInvitation"]!["status"]);
        Assert.Equal("ResourceShareInvitationAlreadyAcceptedException",
            Ram(Workload, "/acceptresourceshareinvitation", accept).Error);
        Assert.Equal("ASSOCIATED", Associated());
        Assert.Equal([Gateway], As(Workload, "DescribeTransitGateways").All("transitGatewaySet/item/transitGatewayId"));
        Assert.Equal([arn], Ram(Workload, "/listresources", "{'resourceOwner':'OTHER-ACCOUNTS'}")
            .Json["resources"]!.AsArray().Select(row => (string?)row!["arn"]));
    }

    [Fact]
    public void An_accounts_policy_and_name_are_its_own()
    {
        _aws.State.Others.Single().Policy =
            """{"Statement":[{"Effect":"Allow","Action":"ec2:DescribeVpcs","Resource":"*"}]}""";
        Assert.Equal(200, As(Workload, "DescribeVpcs").Status);
        Assert.Equal("UnauthorizedOperation", As(Workload, "DescribeSubnets").Code);
        Assert.Contains($":{Workload}:user/", As(Workload, "DescribeSubnets").Message);
        Assert.Equal("AccessDeniedException", Ram(Workload, "/getresourceshares", "{'resourceOwner':'SELF'}").Error);
        Assert.Equal(200, As(null, "DescribeSubnets").Status);
        Assert.Empty(_aws.Dx("DescribeDirectConnectGateways").Json["directConnectGateways"]!.AsArray());
    }
}
