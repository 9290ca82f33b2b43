using System.Collections.Concurrent;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Aws;

/// <summary>The AWS services that a link needs, each in the region where its objects live, with the credentials of one
/// account. Those of another account, where a VPC or Direct Connect lies in one, are reached from here.</summary>
public sealed class AwsClients
{
    private readonly ConcurrentDictionary<string, AwsClients> _others = new(StringComparer.Ordinal);
    private readonly Func<string, AwsClients> _reach;

    /// <param name="others">Credentials of another account.</param>
    public AwsClients(CloudContext context, AwsCredentialSource credentials, AwsSettings settings,
        Func<string, AwsCredentialSource>? others = null)
        : this(context, credentials, settings, account: null) =>
        _reach = account => new(context, others?.Invoke(account) ?? AwsCredentialSource.None, settings, account);

    private AwsClients(
        CloudContext context, AwsCredentialSource credentials, AwsSettings settings, string? account)
    {
        AwsEndpoint At(Uri uri, string region, string service) =>
            new(context, credentials, uri, region, service, account);
        Account = account;
        Region = settings.Region;
        ConnectionRegion = settings.ConnectionRegion;
        Ec2 = new(At(settings.Ec2In(Region), Region, "ec2"));
        DirectConnect = new(At(settings.DirectConnectIn(Region), Region, "directconnect"));
        Connections = ConnectionRegion == Region
            ? DirectConnect
            : new(At(settings.DirectConnectIn(ConnectionRegion), ConnectionRegion, "directconnect"));
        Marks = new(this);
        Sts = new(At(settings.StsIn(Region), Region, "sts"));
        var (address, signedFor) = settings.IamFor(Region);
        Iam = new(At(address, signedFor, "iam"));
        _reach = _ => this;
    }

    /// <summary>Null: the link's own, which owns the transit gateway.</summary>
    public string? Account { get; }

    /// <summary>Those of the account in which a VPC lies: it alone attaches the VPC and writes its routes.</summary>
    public AwsClients Of(VpcDesign vpc) => In(vpc.Account);

    /// <summary>Those of the account that has the Direct Connect gateway, and with it hosted connections and
    /// VIFs.</summary>
    public AwsClients Of(DxGatewayDesign gateway) => In(gateway.Account);

    /// <summary>Those of each account of a link, its own first.</summary>
    public IEnumerable<AwsClients> All(NetworkDesign design) => design.OtherAccounts.Select(In).Prepend(this);

    private AwsClients In(string? account) => account is null ? this : _others.GetOrAdd(account, _reach);

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

    /// <summary>Whether all credentials belong to the accounts of the spec; anything built elsewhere would be lost
    /// money.</summary>
    /// <exception cref="CloudError">Denied: no credentials, or those of another account.</exception>
    public async Task RequireAccount(NetworkDesign design, CancellationToken ct)
    {
        foreach (var clients in All(FormerParts.Of(design)))
        {
            var caller = await clients.Sts.GetCallerIdentity(ct).ConfigureAwait(false);
            if (caller.Account != (clients.Account ?? design.Aws.Account))
            {
                throw new CloudError(Cloud.Aws, "sts:GetCallerIdentity", CloudErrorKind.Denied, 200, null,
                    $"the credentials ({caller.Arn}) belong to account {caller.Account}, the spec names "
                        + (clients.Account ?? design.Aws.Account),
                    advice: clients.Account is null
                        ? "choose the profile of the right account (aws.profile in the spec, or AWS_PROFILE)"
                        : clients.Account == design.DxGateway.Account
                        ? "choose the profile of the account that has Direct Connect "
                            + "(aws.directConnectGateway.profile)"
                        : "choose the profile of the account in which the VPC lies (aws.vpcProfile, or profile in "
                            + "aws.vpcs)");
            }
        }
    }
}
