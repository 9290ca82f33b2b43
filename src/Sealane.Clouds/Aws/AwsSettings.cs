namespace Sealane.Clouds.Aws;

/// <summary>Which regions to talk to, and other addresses than Amazon's where the user named them.</summary>
/// <remarks>Endpoints: https://docs.aws.amazon.com/general/latest/gr/ec2-service.html and
/// .../directconnect.html</remarks>
public sealed record AwsSettings
{
    /// <summary>Region of VPC, transit gateway and VPN.</summary>
    public required string Region { get; init; }

    /// <summary>Region of the Direct Connect location: connections and virtual interfaces are found only
    /// there.</summary>
    public required string ConnectionRegion { get; init; }
    public Uri? Ec2 { get; init; }
    public Uri? DirectConnect { get; init; }
    public Uri? Sts { get; init; }
    public Uri? Iam { get; init; }

    internal Uri Ec2In(string region) => Ec2 ?? new($"https://ec2.{region}.{Domain(region)}/");
    internal Uri DirectConnectIn(string region) => DirectConnect
        ?? new($"https://directconnect.{region}.{Domain(region)}/");
    internal Uri StsIn(string region) => Sts ?? new($"https://sts.{region}.{Domain(region)}/");

    /// <summary>IAM is one for all regions, and signed for the first of them.</summary>
    /// <remarks>https://docs.aws.amazon.com/general/latest/gr/iam-service.html</remarks>
    internal (Uri Address, string Region) IamFor(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal)
            ? (Iam ?? new("https://iam.cn-north-1.amazonaws.com.cn/"), "cn-north-1")
            : (Iam ?? new("https://iam.amazonaws.com/"), "us-east-1");

    private static string Domain(string region) =>
        region.StartsWith("cn-", StringComparison.Ordinal) ? "amazonaws.com.cn" : "amazonaws.com";
}
