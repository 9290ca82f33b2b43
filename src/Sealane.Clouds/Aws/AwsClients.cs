using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The AWS services that a link needs, each in the region where its objects live.</summary>
public sealed class AwsClients
{
    public AwsClients(CloudContext context, AwsCredentialSource credentials, AwsSettings settings)
    {
        Region = settings.Region;
        ConnectionRegion = settings.ConnectionRegion;
        Ec2 = new(new(context, credentials, settings.Ec2In(Region), Region, "ec2"));
        DirectConnect = new(new(context, credentials, settings.DirectConnectIn(Region), Region, "directconnect"));
        Connections = ConnectionRegion == Region
            ? DirectConnect
            : new(new(context, credentials, settings.DirectConnectIn(ConnectionRegion), ConnectionRegion,
                "directconnect"));
        Marks = new(this);
        Sts = new(new(context, credentials, settings.StsIn(Region), Region, "sts"));
        var (address, signedFor) = settings.IamFor(Region);
        Iam = new(new(context, credentials, address, signedFor, "iam"));
    }

    public string Region { get; }
    public string ConnectionRegion { get; }
    public Ec2Client Ec2 { get; }

    /// <summary>Direct Connect in the transit gateway's region: gateways and their associations.</summary>
    public DirectConnectClient DirectConnect { get; }

    /// <summary>Direct Connect in the region of its location: hosted connections and virtual interfaces.</summary>
    public DirectConnectClient Connections { get; }
    public StsClient Sts { get; }
    public IamClient Iam { get; }

    /// <summary>Which objects are the link's.</summary>
    internal AwsMarks Marks { get; }

    /// <summary>Whether the credentials belong to the account of the spec; anything built elsewhere would be lost
    /// money.</summary>
    /// <exception cref="CloudError">Denied: no credentials, or those of another account.</exception>
    public async Task<CallerIdentity> RequireAccount(NetworkDesign design, CancellationToken ct)
    {
        var caller = await Sts.GetCallerIdentity(ct).ConfigureAwait(false);
        return caller.Account == design.Aws.Account ? caller : throw new CloudError(
            Cloud.Aws, "sts:GetCallerIdentity", CloudErrorKind.Denied, 200, null,
            $"the credentials ({caller.Arn}) belong to account {caller.Account}, the spec names {design.Aws.Account}",
            advice: "choose the profile of the right account (aws.profile in the spec, or AWS_PROFILE)");
    }
}
