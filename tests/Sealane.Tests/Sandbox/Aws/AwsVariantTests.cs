namespace Sealane.Tests.Sandbox.Aws;

/// <summary>AWS's answers in the other forms of its own documentation, each by its variant.</summary>
public sealed class AwsVariantTests
{
    private readonly AwsBench _aws = new();

    [Fact]
    public void Empty_lists_can_be_absent()
    {
        var id = _aws.Ec2("CreateCustomerGateway", "Type=ipsec.1&IpAddress=10.2.0.6&BgpAsn=65515")
            .Need("customerGateway/customerGatewayId");
        Assert.Single(Sets());
        _aws.State.Variants.EmptyListsAreAbsent = true;
        Assert.Empty(Sets());
        // What was asked for is an answer, empty or not.
        Assert.Single(_aws.Ec2("DescribeVpnConnections").All("vpnConnectionSet"));

        IReadOnlyList<string> Sets() => _aws.Ec2("DescribeCustomerGateways", $"CustomerGatewayId.1={id}")
            .All("customerGatewaySet/item/tagSet");
    }

    [Fact]
    public void Pages_can_be_short_although_nobody_asked_for_pages()
    {
        for (var made = 0; made < 7; made++)
        {
            _aws.Ec2("CreateInternetGateway");
        }
        Assert.Equal(7, _aws.Ec2("DescribeInternetGateways").All("internetGatewaySet/item").Count);
        _aws.State.Variants.PageSize = 5;
        var first = _aws.Ec2("DescribeInternetGateways");
        Assert.Equal(5, first.All("internetGatewaySet/item").Count);
        Assert.Equal(2, _aws.Ec2("DescribeInternetGateways", $"NextToken={first.Need("nextToken")}")
            .All("internetGatewaySet/item").Count);
    }

    [Fact]
    public void Direct_connect_can_give_a_token_with_the_last_page()
    {
        _aws.Dx("CreateDirectConnectGateway", "{'directConnectGatewayName':'dxgw'}");
        _aws.State.Variants.TokenOnLastPage = true;
        var last = _aws.Dx("DescribeDirectConnectGateways");
        Assert.Equal(1, last.Count("directConnectGateways"));
        var after = _aws.Dx("DescribeDirectConnectGateways", $"{{'nextToken':'{last.Text("nextToken")}'}}");
        Assert.Equal(0, after.Count("directConnectGateways"));
        Assert.Null(after.Text("nextToken"));
    }
}
