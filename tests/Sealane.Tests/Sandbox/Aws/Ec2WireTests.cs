using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.Aws;

/// <summary>The EC2 Query protocol: envelopes, strictness, filters, pages, dry runs.</summary>
public class Ec2WireTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public void A_reply_carries_its_request_id_in_the_header_and_in_the_body()
    {
        var reply = _aws.Ec2("DescribeVpcs");
        Assert.StartsWith("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", reply.Wire.Body, StringComparison.Ordinal);
        Assert.Contains("<DescribeVpcsResponse xmlns=\"http://ec2.amazonaws.com/doc/2016-11-15/\">", reply.Wire.Body,
            StringComparison.Ordinal);
        Assert.Equal("text/xml;charset=UTF-8", reply.Wire.ContentType);
        Assert.Contains(("x-amzn-RequestId", reply.Need("requestId")), reply.Wire.Headers);
        Assert.NotEqual(reply.Need("requestId"), _aws.Ec2("DescribeVpcs").Need("requestId"));
    }

    [Fact]
    public void An_error_has_another_envelope_and_spells_RequestID_so()
    {
        var reply = _aws.Ec2("DescribeVpcs", "VpcId.1=vpc-00000000000000000");
        Assert.Equal("Response", reply.Root.Name.LocalName);
        Assert.NotNull(reply.Text("RequestID"));
        Assert.Equal((400, "InvalidVpcID.NotFound", "The vpc ID 'vpc-00000000000000000' does not exist"),
            (reply.Status, reply.Code, reply.Message));
    }

    [Theory]
    [InlineData("MakeCoffee", "", "InvalidAction", "an action nobody knows")]
    [InlineData("DescribeVpcs", "Colour=red", "UnknownParameter", "a parameter nobody knows")]
    [InlineData("DescribeVpcs", "VpcIds.1=vpc-1", "UnknownParameter", "the plural belongs to the newer family")]
    [InlineData("DescribeTransitGateways", "TransitGatewayId.1=tgw-1", "UnknownParameter",
        "and the singular to the older")]
    [InlineData("CreateTransitGateway", "TagSpecifications.1.ResourceType=transit-gateway", "UnknownParameter",
        "tags are singular here")]
    [InlineData("CreateTransitGatewayRouteTable",
        "TransitGatewayId=tgw-0123456789abcdef0&TagSpecification.1.ResourceType=x", "UnknownParameter",
        "and plural here")]
    [InlineData("CreateTransitGateway", "Options.AmazonSideAsn=many", "InvalidParameterValue", "a number is a number")]
    [InlineData("CreateTransitGateway", "Options.DnsSupport=on", "InvalidParameterValue", "enable or disable")]
    [InlineData("DescribeVpcs", "DryRun=perhaps", "InvalidParameterValue", "true or false")]
    [InlineData("DescribeVpcs", "VpcId.0=vpc-1", "UnknownParameter", "indices begin at 1")]
    [InlineData("DeleteTransitGateway", "", "MissingParameter", "required")]
    [InlineData("CreateTransitGatewayVpcAttachment", "TransitGatewayId=tgw-0123456789abcdef0&VpcId=vpc-1",
        "MissingParameter", "a required list")]
    [InlineData("SearchTransitGatewayRoutes", "TransitGatewayRouteTableId=tgw-rtb-0123456789abcdef0",
        "MissingParameter", "one filter at least")]
    [InlineData("DescribeVpcs", "Filter.1.Name=colour&Filter.1.Value.1=red", "InvalidParameterValue",
        "a filter nobody knows")]
    [InlineData("DescribeVpcs", "Filter.1.Name=state", "InvalidParameterValue", "a filter without values")]
    [InlineData("DescribeVpcs", "MaxResults=4", "InvalidParameterValue", "pages have five items at least")]
    [InlineData("DescribeRouteTables", "MaxResults=101", "InvalidParameterValue", "and a hundred at most here")]
    [InlineData("DescribeVpcs", "NextToken=abc", "InvalidPaginationToken", "a token of nobody's")]
    [InlineData("DescribeVpcs", "MaxResults=5&VpcId.1=vpc-0a1b2c3d4e5f60718", "InvalidParameterCombination",
        "ids or pages")]
    public void A_request_that_is_wrong_is_told_so(string action, string parameters, string code, string reason) =>
        Assert.True(code == _aws.Ec2(action, parameters).Code, $"{reason}: {_aws.Ec2(action, parameters).Wire.Body}");

    [Fact]
    public void The_missing_route_table_has_words_of_its_own()
    {
        Assert.Equal("Missing required parameter in request: TransitGatewayRouteTableId.",
            _aws.Ec2("DeleteTransitGatewayRouteTable").Message);
        Assert.Equal("The request must contain the parameter TransitGatewayId",
            _aws.Ec2("DeleteTransitGateway").Message);
    }

    [Fact]
    public void A_dry_run_checks_the_parameters_and_does_nothing()
    {
        var reply = _aws.Ec2("CreateTransitGateway", "DryRun=true");
        Assert.Equal((412, "DryRunOperation", "Request would have succeeded, but DryRun flag is set."),
            (reply.Status, reply.Code, reply.Message));
        Assert.Empty(_aws.State.TransitGateways);
        Assert.Equal("MissingParameter", _aws.Ec2("DeleteTransitGateway", "DryRun=true").Code);
        Assert.Equal(200, _aws.Ec2("DescribeVpcs", "DryRun=false").Status);
    }

    [Fact]
    public void Another_version_or_none_is_refused()
    {
        Assert.Contains("NoSuchVersion", Raw("Action=DescribeVpcs&Version=2010-01-01").Body, StringComparison.Ordinal);
        Assert.Contains("MissingParameter", Raw("Action=DescribeVpcs").Body, StringComparison.Ordinal);
        Assert.Contains("MissingAction", Raw("Version=2016-11-15").Body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_get_is_answered_like_a_post()
    {
        var get = AwsSigner.Form("") with { Method = "GET", Query = "Action=DescribeVpcs&Version=2016-11-15" };
        Assert.Equal(AwsBench.Vpc, new Ec2Reply(_aws.Send(get, "ec2", AwsBench.Region)).Need("vpcSet/item/vpcId"));
    }

    [Fact]
    public void Values_of_a_filter_are_alternatives_and_filters_add_up()
    {
        Assert.Equal(2,
            Subnets("Filter.1.Name=availability-zone&Filter.1.Value.1=ap-southeast-2a&Filter.1.Value.2=ap-southeast-2b"));
        Assert.Equal(1,
            Subnets("Filter.1.Name=availability-zone&Filter.1.Value.1=ap-southeast-2a&Filter.2.Name=state&Filter.2.Value.1=available"));
        Assert.Equal(0,
            Subnets("Filter.1.Name=availability-zone&Filter.1.Value.1=ap-southeast-2a&Filter.2.Name=state&Filter.2.Value.1=pending"));
    }

    [Theory]
    [InlineData("ap-*", 2)]
    [InlineData("*2?", 2)]
    [InlineData("ap-southeast-2?", 2)]
    [InlineData("?", 0)]
    [InlineData("AP-*", 0)]
    [InlineData("ap-southeast-2\\a", 1)]
    public void Filters_take_wildcards(string value, int count) =>
        Assert.Equal(count, Subnets($"Filter.1.Name=availability-zone&Filter.1.Value.1={value}"));

    [Fact]
    public void Tags_are_filters_too()
    {
        Assert.Equal(1, Subnets("Filter.1.Name=tag:Name&Filter.1.Value.1=app-a"));
        Assert.Equal(2, Subnets("Filter.1.Name=tag-key&Filter.1.Value.1=Name"));
        Assert.Equal(0, Subnets("Filter.1.Name=tag:name&Filter.1.Value.1=app-a"));
    }

    [Fact]
    public void A_long_list_comes_in_pages()
    {
        for (var count = 0; count < 12; count++)
        {
            Assert.Equal(200,
                _aws.Ec2("CreateTags", $"ResourceId.1={AwsBench.Vpc}&Tag.1.Key=k{AwsBench.Number(count)}&Tag.1.Value=v")
                .Status);
        }
        var seen = new List<string>();
        string? token = null;
        do
        {
            var reply = _aws.Ec2("DescribeTags",
                $"MaxResults=5&Filter.1.Name=key&Filter.1.Value.1=k*{(token is null ? "" : $"&NextToken={token}")}");
            seen.AddRange(reply.All("tagSet/item/key"));
            token = reply.Text("nextToken");
        }
        while (token is not null);
        Assert.Equal(12, seen.Distinct().Count());
    }

    [Theory]
    [InlineData(Fault.Throttled, 503, "RequestLimitExceeded")]
    [InlineData(Fault.ServerError, 500, "InternalError")]
    public void Faults_are_said_in_ec2s_words(Fault fault, int status, string code)
    {
        var reply = new Ec2Reply(_aws.Face.Say(fault, AwsSigner.Form("Action=DescribeVpcs&Version=2016-11-15")));
        Assert.Equal((status, code), (reply.Status, reply.Code));
    }

    [Fact]
    public void An_object_of_another_region_is_not_found()
    {
        var id = _aws.Ec2("CreateTransitGateway").Need("transitGateway/transitGatewayId");
        Assert.Equal("InvalidTransitGatewayID.NotFound",
            _aws.Ec2("DescribeTransitGateways", $"TransitGatewayIds.1={id}", "eu-west-1").Code);
        Assert.Empty(_aws.Ec2("DescribeTransitGateways", region: "eu-west-1").All("transitGatewaySet/item"));
    }

    [Fact]
    public void A_fresh_object_can_be_made_to_stay_invisible_for_some_reads()
    {
        _aws.State.ReadsUntilVisible = 2;
        var id = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&IpAddress=10.2.0.6&BgpAsn=65515")
            .Need("customerGateway/customerGatewayId");
        Assert.Equal("InvalidCustomerGatewayID.NotFound",
            _aws.Ec2("DescribeCustomerGateways", $"CustomerGatewayId.1={id}").Code);
        Assert.Empty(_aws.Ec2("DescribeCustomerGateways").All("customerGatewaySet/item"));
        Assert.Single(_aws.Ec2("DescribeCustomerGateways", $"CustomerGatewayId.1={id}").All("customerGatewaySet/item"));
    }

    [Fact]
    public async Task However_seldom_it_is_asked_for_it_shows_after_some_minutes()
    {
        _aws.State.ReadsUntilVisible = 4;
        var id = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&IpAddress=10.2.0.6&BgpAsn=65515")
            .Need("customerGateway/customerGatewayId");
        Assert.Empty(_aws.Ec2("DescribeCustomerGateways").All("customerGatewaySet/item"));
        await _aws.Wait(minutes: 5);
        Assert.Single(_aws.Ec2("DescribeCustomerGateways", $"CustomerGatewayId.1={id}").All("customerGatewaySet/item"));
    }

    private int Subnets(string parameters) => _aws.Ec2("DescribeSubnets", parameters).All("subnetSet/item").Count;

    private WireReply Raw(string body) => _aws.Send(AwsSigner.Form(body), "ec2", AwsBench.Region);
}
