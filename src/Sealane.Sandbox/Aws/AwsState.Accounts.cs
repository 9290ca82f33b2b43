using System.Text.Json.Serialization;

namespace Sealane.Sandbox.Aws;

/// <summary>
/// Further accounts beside the link's: what each of them owns, sees and is shared. There is one list of each kind of
/// object for all of them, since packets know no accounts.
/// </summary>
public sealed partial class AwsState
{
    public List<OtherAccount> Others { get; set; } = [];

    /// <summary>The account of what is not the link's own account's, by id.</summary>
    public Dictionary<string, string> Owners { get; set; } = [];
    public List<ResourceShare> Shares { get; set; } = [];

    /// <summary>Whose request is being answered; null: the link's own account.</summary>
    [JsonIgnore]
    public OtherAccount? Caller { get; set; }

    [JsonIgnore]
    public string CallerAccount => Caller?.Account ?? Account;

    /// <summary>Policy of the identity whose request it is; null: it may do everything.</summary>
    [JsonIgnore]
    public string? CallerPolicy => Caller is null ? Policy : Caller.Policy;

    public string OwnerOf(string id) => Owners.GetValueOrDefault(id, Account);

    /// <summary>
    /// Own objects; a transit gateway that is shared, without its tables; an attachment from both of its ends.
    /// </summary>
    /// <remarks>https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-share.html</remarks>
    public bool Sees(AwsObject it) => OwnerOf(it.Id) == CallerAccount || it switch
    {
        TransitGateway gateway => IsShared(gateway.Id, CallerAccount),
        TransitGatewayAttachment attachment => (attachment.ResourceOwner ?? Account) == CallerAccount
            || OwnerOf(attachment.TransitGatewayId) == CallerAccount,
        _ => false,
    };

    /// <summary>Tags are each account's own.</summary>
    public Dictionary<string, string> TagsOf(AwsObject it) => it switch
    {
        TransitGatewayAttachment { ResourceOwner: { } owner } attachment when owner == CallerAccount
            && OwnerOf(attachment.TransitGatewayId) != owner => attachment.OwnerTags,
        TransitGateway when OwnerOf(it.Id) != CallerAccount => [],
        _ => it.Tags,
    };

    internal void Tag(AwsObject it, Dictionary<string, string> tags)
    {
        if (it is TransitGatewayAttachment attachment && ReferenceEquals(TagsOf(it), attachment.OwnerTags))
        {
            attachment.OwnerTags = tags;
        }
        else
        {
            it.Tags = tags;
        }
    }

    private bool IsShared(string gateway, string account) => Shares.Exists(share => share.Status == "ACTIVE"
        && share.ResourceArns.Exists(arn => arn.EndsWith($"/{gateway}", StringComparison.Ordinal))
        && share.Accepted.Contains(account));

    internal string GatewayArn(TransitGateway gateway) =>
        $"arn:aws:ec2:{gateway.Region}:{OwnerOf(gateway.Id)}:transit-gateway/{gateway.Id}";
}
