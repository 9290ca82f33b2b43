using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.Ram;

/// <summary>What an account is offered, and what it says to it.</summary>
/// <remarks>https://docs.aws.amazon.com/ram/latest/APIReference/API_AcceptResourceShareInvitation.html</remarks>
internal static class InvitationCalls
{
    public static JsonObject List(RamCall call) => new()
    {
        ["resourceShareInvitations"] = ShareCalls.Array(call.Shares(own: false)
            .Where(share => call.Wanted("resourceShareArns", share.Arn)
                && call.Wanted("resourceShareInvitationArns", ArnOf(call, share)))
            .Select(share => Json(call, share))),
    };

    public static JsonObject Accept(RamCall call) => Say(call, share => share.Accepted);

    public static JsonObject Reject(RamCall call) => Say(call, share => share.Rejected);

    private static JsonObject Say(RamCall call, Func<ResourceShare, List<string>> answer)
    {
        var arn = call.Required("resourceShareInvitationArn");
        var share = call.Shares(own: false).FirstOrDefault(each => ArnOf(call, each) == arn)
            ?? throw new AwsRefusal(400, "ResourceShareInvitationArnNotFoundException",
                $"ResourceShareInvitation {arn} could not be found.");
        if (StatusOf(call, share) is not "PENDING" and var status)
        {
            throw new AwsRefusal(400, status == "ACCEPTED" ? "ResourceShareInvitationAlreadyAcceptedException"
                : status == "REJECTED" ? "ResourceShareInvitationAlreadyRejectedException"
                : "ResourceShareInvitationExpiredException", $"ResourceShareInvitation {arn} is {status}.");
        }
        answer(share).Add(call.State.CallerAccount);
        return new() { ["resourceShareInvitation"] = Json(call, share) };
    }

    /// <summary>It bears the share's own number; each account has one of a share.</summary>
    private static string ArnOf(RamCall call, ResourceShare share) =>
        share.Arn.Replace(":resource-share/", ":resource-share-invitation/", StringComparison.Ordinal)[..^12]
            + call.State.CallerAccount;

    private static string StatusOf(RamCall call, ResourceShare share) =>
        share.Accepted.Contains(call.State.CallerAccount) ? "ACCEPTED"
        : share.Rejected.Contains(call.State.CallerAccount) ? "REJECTED"
        : share.Status == "DELETED" ? "EXPIRED" : "PENDING";

    private static JsonObject Json(RamCall call, ResourceShare share) => new()
    {
        ["resourceShareInvitationArn"] = ArnOf(call, share),
        ["resourceShareArn"] = share.Arn,
        ["resourceShareName"] = share.Name,
        ["senderAccountId"] = share.Owner,
        ["receiverAccountId"] = call.State.CallerAccount,
        ["invitationTimestamp"] = RamCall.Seconds(share.CreatedAt),
        ["status"] = StatusOf(call, share),
    };
}
