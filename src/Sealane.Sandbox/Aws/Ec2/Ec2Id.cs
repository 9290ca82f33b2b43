using System.Text.RegularExpressions;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>How EC2 refuses an id of one kind. Upper and lower case of "ID" differ from code to code, as on the
/// wire.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html</remarks>
internal sealed partial record Ec2Id(string Prefix, string NotFound, string NotFoundText, string Malformed,
    string MalformedText)
{
    public static readonly Ec2Id TransitGateway = new("tgw-", "InvalidTransitGatewayID.NotFound",
        "Transit Gateway {0} was deleted or does not exist.",
        "InvalidTransitGatewayID.Malformed", "Invalid Transit Gateway id {0}.");

    public static readonly Ec2Id Attachment = new("tgw-attach-", "InvalidTransitGatewayAttachmentID.NotFound",
        "Transit Gateway Attachment {0} was deleted or does not exist.",
        "InvalidTransitGatewayAttachmentID.Malformed", "Invalid Transit Gateway Attachment id {0}.");

    public static readonly Ec2Id VpcAttachment = Attachment with
    {
        NotFoundText = "Transit Gateway VPC Attachment {0} was deleted or does not exist.",
    };

    public static readonly Ec2Id TransitGatewayRouteTable = new("tgw-rtb-", "InvalidRouteTableID.NotFound",
        "Transit Gateway Route Table {0} was deleted or does not exist.",
        "InvalidRouteTableId.Malformed", "Invalid Transit Gateway Route Table id {0}.");

    public static readonly Ec2Id CustomerGateway = new("cgw-", "InvalidCustomerGatewayID.NotFound",
        "The customerGateway ID '{0}' does not exist",
        "InvalidCustomerGatewayId.Malformed", "Invalid id: \"{0}\" (expecting \"cgw-...\")");

    public static readonly Ec2Id VpnConnection = new("vpn-", "InvalidVpnConnectionID.NotFound",
        "The vpnConnection ID '{0}' does not exist",
        "InvalidVpnConnectionID.Malformed", "Invalid id: \"{0}\" (expecting \"vpn-...\")");

    public static readonly Ec2Id Vpc = new("vpc-", "InvalidVpcID.NotFound", "The vpc ID '{0}' does not exist",
        "InvalidVpcId.Malformed", "Invalid id: \"{0}\" (expecting \"vpc-...\")");

    public static readonly Ec2Id Subnet =
        new("subnet-", "InvalidSubnetID.NotFound", "The subnet ID '{0}' does not exist",
        "InvalidSubnetId.Malformed", "Invalid id: \"{0}\" (expecting \"subnet-...\")");

    public static readonly Ec2Id RouteTable = new("rtb-", "InvalidRouteTableID.NotFound",
        "The routeTable ID '{0}' does not exist",
        "InvalidRouteTableId.Malformed", "Invalid id: \"{0}\" (expecting \"rtb-...\")");

    public static readonly Ec2Id VpnGateway = Of("vgw-", "VpnGateway", "vpnGateway");
    public static readonly Ec2Id InternetGateway = Of("igw-", "InternetGateway", "internetGateway");
    public static readonly Ec2Id VpcPeering = Of("pcx-", "VpcPeeringConnection", "vpcPeeringConnection");
    public static readonly Ec2Id NetworkInterface = Of("eni-", "NetworkInterface", "networkInterface");
    public static readonly Ec2Id PrefixList = Of("pl-", "PrefixList", "prefix list");

    public static readonly Ec2Id NatGateway = new("nat-", "NatGatewayNotFound", "NAT gateway {0} was not found",
        "NatGatewayMalformed", "NatGateway {0} is malformed");

    public static readonly Ec2Id SecurityGroup =
        new("sg-", "InvalidGroup.NotFound", "The security group '{0}' does not exist",
        "InvalidGroupId.Malformed", "Invalid id: \"{0}\" (expecting \"sg-...\")");

    /// <summary>The refusal for an id that was not found: malformed when it could never be one.</summary>
    public AwsRefusal Refuse(string id) =>
        id.StartsWith(Prefix, StringComparison.Ordinal) && Digits().IsMatch(id[Prefix.Length..])
            ? AwsRefusal.Ec2(NotFound, Text(NotFoundText, id))
            : AwsRefusal.Ec2(Malformed, Text(MalformedText, id));

    private static Ec2Id Of(string prefix, string code, string noun) => new(prefix, $"Invalid{code}ID.NotFound",
        $"The {noun} ID '{{0}}' does not exist", $"Invalid{code}ID.Malformed",
        $"Invalid id: \"{{0}}\" (expecting \"{prefix}...\")");

    private static string Text(string text, string id) => text.Replace("{0}", id, StringComparison.Ordinal);

    [GeneratedRegex("^([0-9a-f]{8}|[0-9a-f]{17})$")]
    private static partial Regex Digits();
}
