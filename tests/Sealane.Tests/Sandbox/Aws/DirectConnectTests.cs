using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>Direct Connect: gateways, associations, hosted connections, transit VIFs.</summary>
public partial class DirectConnectTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public async Task A_gateway_is_global_and_carries_its_tags()
    {
        var reply = _aws.Dx("CreateDirectConnectGateway",
            "{'directConnectGatewayName':'dxgw','amazonSideAsn':64550,'tags':[{'key':'Name','value':'dxgw'}]}");
        var id = reply.Need("directConnectGateway/directConnectGatewayId");
        Assert.Matches("^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", id);
        Assert.Equal("application/x-amz-json-1.1", reply.Wire.ContentType);
        await _aws.Wait(1);
        var elsewhere = _aws.Dx("DescribeDirectConnectGateways", $"{{'directConnectGatewayId':'{id}'}}", "eu-west-1");
        Assert.Equal(("available", "64550", "Name"),
            (elsewhere.Text("directConnectGateways/0/directConnectGatewayState"),
            elsewhere.Text("directConnectGateways/0/amazonSideAsn"),
            elsewhere.Text("directConnectGateways/0/tags/0/key")));
        Assert.Equal("new",
            _aws.Dx("UpdateDirectConnectGateway",
                $"{{'directConnectGatewayId':'{id}','newDirectConnectGatewayName':'new'}}")
            .Need("directConnectGateway/directConnectGatewayName"));
    }

    [Fact]
    public void Unknown_ids_give_empty_lists_except_for_connections()
    {
        Assert.Equal(0,
            _aws.Dx("DescribeDirectConnectGateways", "{'directConnectGatewayId':'x'}").Count("directConnectGateways"));
        Assert.Equal(0, _aws.Dx("DescribeDirectConnectGatewayAssociations", "{'directConnectGatewayId':'x'}")
            .Count("directConnectGatewayAssociations"));
        Assert.Equal(0,
            _aws.Dx("DescribeVirtualInterfaces", "{'virtualInterfaceId':'dxvif-x'}").Count("virtualInterfaces"));
        var unknown = _aws.Dx("DescribeConnections", "{'connectionId':'dxcon-x'}");
        Assert.Equal((400, "DirectConnectClientException", "Could not find Connection with ID dxcon-x"),
            (unknown.Status, unknown.Type, unknown.Message));
    }

    [Theory]
    [InlineData("MakeCoffee", "{}", "UnknownOperationException")]
    [InlineData("DescribeConnections", "[]", "SerializationException")]
    [InlineData("DescribeConnections", "{", "SerializationException")]
    [InlineData("DescribeConnections", "{'connectionId':5}", "SerializationException")]
    [InlineData("DescribeConnections", "{'colour':'red'}", "DirectConnectClientException")]
    [InlineData("DescribeConnections", "{'maxResults':101}", "DirectConnectClientException")]
    [InlineData("DescribeConnections", "{'nextToken':'abc'}", "DirectConnectClientException")]
    [InlineData("CreateDirectConnectGateway", "{}", "DirectConnectClientException")]
    [InlineData("CreateDirectConnectGateway", "{'directConnectGatewayName':'a','amazonSideAsn':1}",
        "DirectConnectClientException")]
    [InlineData("CreateDirectConnectGateway", "{'directConnectGatewayName':'a','tags':[{'key':'x'},{'key':'x'}]}",
        "DuplicateTagKeysException")]
    [InlineData("CreateDirectConnectGateway", "{'directConnectGatewayName':'a','tags':[{'value':'x'}]}",
        "DirectConnectClientException")]
    [InlineData("DescribeDirectConnectGatewayAssociations", "{}", "DirectConnectClientException")]
    [InlineData("DeleteVirtualInterface", "{'virtualInterfaceId':'dxvif-x'}", "DirectConnectClientException")]
    public void A_request_that_is_wrong_is_told_so(string operation, string json, string type)
    {
        var reply = _aws.Dx(operation, json);
        Assert.Equal((400, type), (reply.Status, reply.Type));
    }

    [Fact]
    public void Lists_come_in_pages()
    {
        for (var count = 0; count < 5; count++)
        {
            _ = _aws.Dx("CreateDirectConnectGateway", "{'directConnectGatewayName':'same'}")
                .Need("directConnectGateway/directConnectGatewayId");
        }
        var first = _aws.Dx("DescribeDirectConnectGateways", "{'maxResults':3}");
        var second =
            _aws.Dx("DescribeDirectConnectGateways", $"{{'maxResults':3,'nextToken':'{first.Need("nextToken")}'}}");
        Assert.Equal((3, 2), (first.Count("directConnectGateways"), second.Count("directConnectGateways")));
        Assert.Null(second.Text("nextToken"));
    }

    [Fact]
    public async Task An_association_takes_its_time_and_brings_an_attachment()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var reply = _aws.Dx("CreateDirectConnectGatewayAssociation",
            $"{{'directConnectGatewayId':'{dxGateway}','gatewayId':'{gateway}','addAllowedPrefixesToDirectConnectGateway':[{{'cidr':'10.254.1.0/24'}}]}}");
        Assert.Equal("associating", reply.Need("directConnectGatewayAssociation/associationState"));
        Assert.Equal(("transitGateway", AwsBench.Region),
            (reply.Text("directConnectGatewayAssociation/associatedGateway/type"),
            reply.Text("directConnectGatewayAssociation/associatedGateway/region")));
        Assert.Equal("pending", Attachment(dxGateway));
        var association = _aws.State.DxAssociations.Single();
        Assert.Empty(association.Announced);
        await _aws.Wait(16);
        Assert.Equal("available", Attachment(dxGateway));
        Assert.Equal("10.254.1.0/24", association.Announced.Single().ToString());

        var updated = _aws.Dx("UpdateDirectConnectGatewayAssociation",
            $"{{'associationId':'{association.Id}','addAllowedPrefixesToDirectConnectGateway':[{{'cidr':'10.1.0.0/16'}}],'removeAllowedPrefixesToDirectConnectGateway':[{{'cidr':'10.254.1.0/24'}}]}}");
        Assert.Equal("updating", updated.Need("directConnectGatewayAssociation/associationState"));
        Assert.Equal("10.254.1.0/24", association.Announced.Single().ToString());
        Assert.Equal(400,
            _aws.Dx("UpdateDirectConnectGatewayAssociation", $"{{'associationId':'{association.Id}'}}").Status);
        await _aws.Wait(11);
        Assert.Equal("10.1.0.0/16", association.Announced.Single().ToString());

        _ = _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{association.Id}'}}")
            .Need("directConnectGatewayAssociation/associationState");
        while (association.State == "disassociating")
        {
            await _aws.Wait(0.2);
        }
        Assert.Equal("disassociated", association.State);
        Assert.Equal("deleting", Attachment(dxGateway));
        var early = _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={gateway}");
        Assert.Contains("has non-deleted DirectConnect Gateway Attachments", early.Message, StringComparison.Ordinal);
        await _aws.Wait(3);
        Assert.Equal(200, _aws.Ec2("DeleteTransitGateway", $"TransitGatewayId={gateway}").Status);
    }

    [Fact]
    public async Task An_association_that_cannot_be_is_refused()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var sameAsn = await AwsLink.DxGateway(_aws, "same", 65534);
        string? Message(string dx, string tgw, string prefixes = "[{'cidr':'10.254.1.0/24'}]",
            string region = AwsBench.Region) =>
            _aws.Dx("CreateDirectConnectGatewayAssociation",
                $"{{'directConnectGatewayId':'{dx}','gatewayId':'{tgw}','addAllowedPrefixesToDirectConnectGateway':{prefixes}}}", region).Message;
        Assert.Contains("same Amazon side ASN", Message(sameAsn, gateway), StringComparison.Ordinal);
        Assert.Contains("does not exist", Message("x", gateway), StringComparison.Ordinal);
        Assert.Contains("does not exist", Message(dxGateway, "tgw-0123456789abcdef0"), StringComparison.Ordinal);
        Assert.Contains("does not exist in eu-west-1", Message(dxGateway, gateway, region: "eu-west-1"),
            StringComparison.Ordinal);
        Assert.Contains("At least one allowed prefix", Message(dxGateway, gateway, "[]"), StringComparison.Ordinal);
        Assert.Contains("invalid format", Message(dxGateway, gateway, "[{'cidr':'ten'}]"), StringComparison.Ordinal);
        var many = "["
            + string.Join(',', Enumerable.Range(0, 201).Select(n => $"{{'cidr':'10.{AwsBench.Number(n)}.0.0/16'}}"))
            + "]";
        Assert.Contains("limit", Message(dxGateway, gateway, many), StringComparison.Ordinal);
        await AwsLink.Associate(_aws, dxGateway, gateway);
        Assert.Contains("already", Message(dxGateway, gateway), StringComparison.Ordinal);
        var second = await AwsLink.TransitGateway(_aws);
        Assert.Contains("overlap", Message(dxGateway, second, "[{'cidr':'10.254.0.0/16'}]"), StringComparison.Ordinal);
        var malformed = _aws.Dx("DeleteDirectConnectGatewayAssociation", "{'associationId':'ga-123'}");
        Assert.Equal("Association ID ga-123 has an invalid format.", malformed.Message);
    }

    [Fact]
    public async Task A_gateway_in_use_seems_to_go_and_comes_back()
    {
        var gateway = await AwsLink.TransitGateway(_aws);
        var dxGateway = await AwsLink.DxGateway(_aws);
        var (association, _) = await AwsLink.Associate(_aws, dxGateway, gateway);
        var delete = $"{{'directConnectGatewayId':'{dxGateway}'}}";
        Assert.Equal("deleting",
            _aws.Dx("DeleteDirectConnectGateway", delete).Need("directConnectGateway/directConnectGatewayState"));
        await _aws.Wait(5);
        var back = _aws.Dx("DescribeDirectConnectGateways", delete);
        Assert.Equal("available", back.Need("directConnectGateways/0/directConnectGatewayState"));
        Assert.NotNull(back.Text("directConnectGateways/0/stateChangeError"));
        _ = _aws.Dx("DeleteDirectConnectGatewayAssociation", $"{{'associationId':'{association}'}}")
            .Need("directConnectGatewayAssociation");
        await _aws.Wait(11);
        _ = _aws.Dx("DeleteDirectConnectGateway", delete).Need("directConnectGateway");
        await _aws.Wait(1);
        Assert.Equal(0, _aws.Dx("DescribeDirectConnectGateways", delete).Count("directConnectGateways"));
    }

    [Fact]
    public async Task A_hosted_connection_is_offered_accepted_and_withdrawn()
    {
        var id = _aws.State.OfferHostedConnection(_aws.World, AwsBench.Account, "sydney-aws", AwsBench.Region, "EqSY3",
            1000, 331);
        Assert.Matches("^dxcon-[a-z0-9]{8}$", id);
        var offered = _aws.Dx("DescribeConnections");
        Assert.Equal(("ordering", "1Gbps", "331", "Megaport", "EqSY3"),
            (offered.Text("connections/0/connectionState"), offered.Text("connections/0/bandwidth"),
            offered.Text("connections/0/vlan"), offered.Text("connections/0/partnerName"),
            offered.Text("connections/0/location")));
        Assert.Equal(0, _aws.Dx("DescribeConnections", region: "eu-west-1").Count("connections"));
        var confirm = $"{{'connectionId':'{id}'}}";
        Assert.Equal("pending", _aws.Dx("ConfirmConnection", confirm).Need("connectionState"));
        Assert.Equal(400, _aws.Dx("ConfirmConnection", confirm).Status);
        await _aws.Wait(6);
        Assert.Equal("available", _aws.Dx("DescribeConnections", confirm).Need("connections/0/connectionState"));
        Assert.Equal("renamed", _aws.Dx("UpdateConnection", $"{{'connectionId':'{id}','connectionName':'renamed'}}")
            .Need("connectionName"));
        Assert.Contains(_aws.Dx("DescribeLocations").Json["locations"]!.AsArray(),
            l => l!["locationCode"]!.ToString() == "EqSY3");

        _aws.State.WithdrawHostedConnection(_aws.World, id);
        await _aws.Wait(2);
        Assert.Equal("deleted", _aws.Dx("DescribeConnections", confirm).Need("connections/0/connectionState"));
    }

    [Fact]
    public async Task Tags_are_kept_by_arn()
    {
        var id = await AwsLink.DxGateway(_aws);
        var arn = $"arn:aws:directconnect::{AwsBench.Account}:dx-gateway/{id}";
        Assert.Equal("{}",
            _aws.Dx("TagResource", $"{{'resourceArn':'{arn}','tags':[{{'key':'sealane','value':'sydney'}}]}}")
            .Wire.Body);
        Assert.Equal("sydney",
            _aws.Dx("DescribeTags", $"{{'resourceArns':['{arn}']}}").Need("resourceTags/0/tags/0/value"));
        _ = _aws.Dx("UntagResource", $"{{'resourceArn':'{arn}','tagKeys':['sealane']}}");
        Assert.Null(_aws.Dx("DescribeTags", $"{{'resourceArns':['{arn}']}}").Text("resourceTags/0/tags/0"));
        Assert.Equal(400, _aws.Dx("DescribeTags", "{'resourceArns':['arn:aws:directconnect::1:dxvif/x']}").Status);
    }

    [Theory]
    [InlineData(Fault.Throttled, 400, "ThrottlingException")]
    [InlineData(Fault.ServerError, 500, "DirectConnectServerException")]
    public void Faults_are_said_in_its_words(Fault fault, int status, string type)
    {
        var reply = new DxReply(_aws.Face.Say(fault, AwsSigner.Json("DescribeConnections", "{}")));
        Assert.Equal((status, type), (reply.Status, reply.Type));
    }

    private string? Attachment(string dxGateway) => _aws.Ec2("DescribeTransitGatewayAttachments",
        $"Filter.1.Name=resource-id&Filter.1.Value.1={dxGateway}").Text("transitGatewayAttachments/item/state");

    private DxReply Vif(string id) => _aws.Dx("DescribeVirtualInterfaces", $"{{'virtualInterfaceId':'{id}'}}");

    private string? VifState(string id) => Vif(id).Text("virtualInterfaces/0/virtualInterfaceState");

    private string? AttachmentState(string id) =>
        _aws.Dx("DescribeDirectConnectGatewayAttachments", $"{{'virtualInterfaceId':'{id}'}}")
        .Text("directConnectGatewayAttachments/0/attachmentState");
}
