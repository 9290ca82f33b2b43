using System.Security.Cryptography;
using System.Text;
using Sealane.Clouds.Aws;
using Sealane.Clouds.Http;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Service.Accounts;

/// <summary>
/// The cloud accounts of a link, each by the name of its grain: what a vendor's limits of calls and its lists are per.
/// AWS limits calls per account, region and service, Azure per subscription (and principal), Megaport per address that
/// calls; its lists are per company, which an API key belongs to. An address that is not the vendor's own stands at
/// the end of the name.
/// </summary>
/// <remarks>https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html,
/// https://learn.microsoft.com/azure/azure-resource-manager/management/request-limits-and-throttling,
/// https://docs.megaport.com/api/api-key/</remarks>
internal sealed class LinkAccounts
{
    private readonly NetworkDesign _design;
    private readonly Endpoints _ends;
    private readonly string _megaport;

    public LinkAccounts(NetworkDesign design)
    {
        (_design, _ends) = (design, Endpoints.Of(design));
        var (access, secret) = NamedCredentials.Megaport(design) ?? ("", "");
        var api = _ends.OfMegaport(design, access, secret).Api;
        _megaport = $"megaport/{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(access)))[..12]}"
            + (api.Host.EndsWith(".megaport.com", StringComparison.Ordinal) ? $"/{api.Host}" : At(api));
        All = [.. Named().Distinct()];
    }

    /// <summary>Those whose lists show objects of the link.</summary>
    public IReadOnlyList<string> All { get; }

    /// <summary>Whose call it is; null: nobody's, such as a sign-in.</summary>
    public string? Of(HttpRequestMessage request) =>
        !request.Options.TryGetValue(CallOptions.Cloud, out var cloud) ? null : cloud switch
        {
            Cloud.Megaport => _megaport,
            Cloud.Azure => request.RequestUri!.AbsolutePath.Split('/') is [_, "subscriptions", { Length: > 0 } id, ..]
                ? Azure(id) : null,
            _ => Scope(request) is var (region, service)
                ? Aws(request.Options.TryGetValue(CallOptions.Account, out var other) ? other : _design.Aws.Account,
                    region, service) : null,
        };

    /// <summary>The clients that reach an account of AWS in a region; null: no account of this link.</summary>
    public (AwsClients Clients, bool Connections)? Find(AwsClients aws, string name)
    {
        foreach (var clients in aws.All(_design))
        {
            var account = clients.Account ?? _design.Aws.Account;
            if (name == Aws(account, clients.Region, "ec2") || name == Aws(account, clients.Region, "directconnect"))
            {
                return (clients, clients.Region == clients.ConnectionRegion);
            }
            if (name == Aws(account, clients.ConnectionRegion, "directconnect"))
            {
                return (clients, true);
            }
        }
        return null;
    }

    private IEnumerable<string> Named() =>
    [
        _megaport, Azure(_design.Azure.Subscription), Aws(_design.Aws.Account, _design.Aws.Region, "ec2"),
        Aws(_design.DirectConnectAccount, _design.Aws.Region, "directconnect"),
        Aws(_design.DirectConnectAccount, _design.Aws.ConnectionRegion, "directconnect"),
        .. _design.Vpcs.Select(vpc => Aws(vpc.Account ?? _design.Aws.Account, _design.Aws.Region, "ec2")),
    ];

    private string Aws(string account, string region, string service) => $"aws/{account}/{region}/{service}"
        + At(service switch
        {
            "ec2" => _ends.Ec2,
            "directconnect" => _ends.DirectConnect,
            "sts" => _ends.Sts,
            _ => _ends.Iam,
        });

    private string Azure(string subscription) => $"azure/{subscription.ToLowerInvariant()}{At(_ends.Arm)}";

    private static string At(Uri? other) => other is null ? "" : $"@{other.Authority}";

    /// <summary>From the signature: <c>Credential=AKID/20260101/ap-southeast-2/ec2/aws4_request</c>.</summary>
    private static (string Region, string Service)? Scope(HttpRequestMessage request) =>
        request.Headers.NonValidated.TryGetValues("Authorization", out var values)
        && values.ToString().Split(',')[0].Split('/') is [_, _, var region, var service, ..] ? (region, service) : null;
}
