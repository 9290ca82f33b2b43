using System.Text.Json.Serialization;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>An account beside the link's own.</summary>
public sealed class OtherAccount
{
    /// <summary>Twelve digits.</summary>
    public required string Account { get; init; }

    /// <summary>Of the identity that calls; null: it may do everything.</summary>
    public string? Policy { get; set; }

    [JsonIgnore]
    public string AccessKeyId => SandboxIdentity.AwsAccessKeyOf(Account);
}

/// <summary>Resource Access Manager: what one account shares with others.</summary>
/// <remarks>https://docs.aws.amazon.com/ram/latest/APIReference/API_ResourceShare.html</remarks>
public sealed class ResourceShare
{
    public required string Arn { get; init; }
    public required string Name { get; init; }
    public required string Region { get; init; }
    public required string Owner { get; init; }

    /// <summary><c>ACTIVE</c>, <c>DELETED</c>.</summary>
    public string Status { get; set; } = "ACTIVE";
    public DateTimeOffset CreatedAt { get; init; }
    public List<string> ResourceArns { get; set; } = [];

    /// <summary>Accounts. No two of them are in one organization: each is invited.</summary>
    public List<string> Principals { get; set; } = [];

    /// <summary>Those that have accepted.</summary>
    public List<string> Accepted { get; set; } = [];
    public List<string> Rejected { get; set; } = [];
}
