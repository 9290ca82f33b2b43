using Sealane.Clouds.Aws;
using Sealane.Core.Reconcile;

namespace Sealane.Tests.Clouds.Aws;

public class AwsErrorsTests
{
    [Theory]
    [InlineData("ec2:DescribeVpcs", 503, "RequestLimitExceeded", "Request limit exceeded.", CloudErrorKind.Throttled)]
    [InlineData("directconnect:DescribeConnections", 400, "ThrottlingException", "Rate exceeded",
        CloudErrorKind.Throttled)]
    [InlineData("ec2:CreateVpnConnection", 401, "AuthFailure", "AWS was not able to validate", CloudErrorKind.Denied)]
    [InlineData("ec2:CreateVpnConnection", 403, "UnauthorizedOperation", "You are not authorized",
        CloudErrorKind.Denied)]
    [InlineData("directconnect:DescribeConnections", 400, "ExpiredTokenException", "The security token is expired",
        CloudErrorKind.Denied)]
    [InlineData("directconnect:DescribeConnections", 400, "AccessDeniedException", "no", CloudErrorKind.Denied)]
    [InlineData("ec2:DeleteTransitGateway", 400, "IncorrectState",
        "tgw-1 has non-deleted VPC Attachments: tgw-attach-1.", CloudErrorKind.Busy)]
    [InlineData("ec2:DeleteCustomerGateway", 400, "IncorrectState", "The customer gateway is in use.",
        CloudErrorKind.Busy)]
    [InlineData("ec2:DeleteSubnet", 400, "DependencyViolation", "has dependencies", CloudErrorKind.Busy)]
    [InlineData("ec2:ModifyVpnTunnelOptions", 400, "InvalidVpnConnection.InvalidState", "x", CloudErrorKind.Busy)]
    [InlineData("ec2:CreateTags", 400, "ConcurrentMutationLimitExceeded", "x", CloudErrorKind.Busy)]
    [InlineData("ec2:CreateRoute", 400, "InvalidTransitGatewayID.NotFound", "not yet usable", CloudErrorKind.Busy)]
    [InlineData("ec2:DeleteTransitGateway", 400, "InvalidTransitGatewayID.NotFound", "was deleted or does not exist",
        CloudErrorKind.NotFound)]
    [InlineData("ec2:DeleteVpnConnection", 400, "InvalidVpnConnectionID", "The vpnConnection ID 'x' does not exist",
        CloudErrorKind.NotFound)]
    [InlineData("ec2:CreateRoute", 400, "RouteAlreadyExists", "x", CloudErrorKind.Exists)]
    [InlineData("ec2:AssociateTransitGatewayRouteTable", 400, "Resource.AlreadyAssociated", "x", CloudErrorKind.Exists)]
    [InlineData("ec2:EnableTransitGatewayRouteTablePropagation", 400, "TransitGatewayRouteTablePropagation.Duplicate",
        "x", CloudErrorKind.Exists)]
    [InlineData("ec2:CreateVpnConnection", 400, "VpnConnectionLimitExceeded", "x", CloudErrorKind.Quota)]
    [InlineData("ec2:CreateVpnConnection", 400, "InvalidParameterValue", "Value for parameter PreSharedKey is invalid.",
        CloudErrorKind.Invalid)]
    [InlineData("ec2:CreateTransitGateway", 400, "SomethingNew", "x", CloudErrorKind.Invalid)]
    [InlineData("directconnect:DescribeConnections", 400, "DirectConnectClientException",
        "Could not find Connection with ID dxcon-1", CloudErrorKind.NotFound)]
    [InlineData("directconnect:DeleteVirtualInterface", 400, "DirectConnectClientException",
        "Virtual interface dxvif-1 does not exist", CloudErrorKind.NotFound)]
    [InlineData("directconnect:DeleteConnection", 400, "DirectConnectClientException",
        "connection is in use by dxvif-1", CloudErrorKind.Busy)]
    [InlineData("directconnect:CreateDirectConnectGateway", 400, "DirectConnectClientException",
        "Gateway limit of 200 was reached", CloudErrorKind.Quota)]
    [InlineData("directconnect:CreateTransitVirtualInterface", 400, "DirectConnectClientException",
        "Connection must be available", CloudErrorKind.Busy)]
    [InlineData("directconnect:CreateTransitVirtualInterface", 400, "DirectConnectClientException",
        "Amazon Address and Customer Address must be in the same CIDR", CloudErrorKind.Invalid)]
    [InlineData("directconnect:CreateTransitVirtualInterface", 400, "DirectConnectClientException",
        "BGP ASN -94967296 must have value greater than or equal to 1", CloudErrorKind.Invalid)]
    [InlineData("directconnect:CreateTransitVirtualInterface", 500, "DirectConnectServerException", "x",
        CloudErrorKind.Uncertain)]
    public void A_writing_call_is_classified(string operation, int status, string code, string message,
        CloudErrorKind kind) =>
        Assert.Equal(kind, AwsErrors.Classify(operation, status, code, message, writes: true).Kind);

    [Fact]
    public void A_server_fault_of_a_read_is_unavailable_and_of_a_write_uncertain()
    {
        Assert.Equal(CloudErrorKind.Unavailable,
            AwsErrors.Classify("ec2:DescribeVpcs", 503, "Unavailable", "", writes: false).Kind);
        Assert.Equal(CloudErrorKind.Uncertain,
            AwsErrors.Classify("ec2:CreateTransitGateway", 503, null, "", writes: true).Kind);
    }

    [Theory]
    [InlineData("""{"__type":"com.amazonaws.directconnect#DirectConnectClientException:http://x","message":"m"}""",
        null, "DirectConnectClientException", "m")]
    [InlineData("""{"Message":"m"}""", "DirectConnectServerException:http://x", "DirectConnectServerException", "m")]
    [InlineData("""{"__type":"DuplicateTagKeysException"}""", null, "DuplicateTagKeysException",
        "HTTP 400 without a reason")]
    [InlineData("<html/>", null, null, "HTTP 400 without a reason")]
    public void A_direct_connect_fault_is_read_from_body_or_header(string body, string? header, string? code,
        string message)
    {
        using var response = new HttpResponseMessage(System.Net.HttpStatusCode.BadRequest);
        if (header is not null)
        {
            response.Headers.TryAddWithoutValidation("x-amzn-ErrorType", header);
        }
        var fault = DirectConnectClient.ReadFault(body, response);
        Assert.Equal((code, message), (fault.Code, fault.Message));
    }
}
