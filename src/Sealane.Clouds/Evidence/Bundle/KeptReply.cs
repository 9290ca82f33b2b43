using System.Text.Json.Serialization;

namespace Sealane.Clouds.Evidence;

/// <summary>One exchange as a bundle keeps it: what was asked, and the whole reply. A file each.</summary>
public sealed record KeptReply
{
    /// <summary><c>aws</c>, <c>azure</c>, <c>megaport</c>.</summary>
    public required string Cloud { get; init; }

    /// <summary>The vendor's name of the call.</summary>
    public required string Operation { get; init; }

    /// <summary>Scheme and authority that were asked; addresses in the reply begin with it.</summary>
    public required string Origin { get; init; }
    public required string Method { get; init; }

    /// <summary>Path and query, escapes undone.</summary>
    public required string Target { get; init; }

    /// <summary>X-Amz-Target, where the service is told by it.</summary>
    public string Action { get => field ?? ""; init; }
    public string Asked { get => field ?? ""; init; }

    /// <summary>The AWS account that asked, where it is not the link's own.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Account { get; init; }

    /// <summary>0: there was no reply, and <see cref="Reply"/> says what happened instead.</summary>
    public required int Status { get; init; }
    public IReadOnlyList<KeptHeader> Headers { get => field ?? []; init; }
    public required string Reply { get; init; }

    /// <summary>The same question to the same account.</summary>
    [JsonIgnore]
    public string Key => string.Join('\n', Cloud, Method, Target, Action, Asked) + Account;
}

public sealed record KeptHeader(string Name, string Value);
