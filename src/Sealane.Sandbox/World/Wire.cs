using System.Text;

namespace Sealane.Sandbox.World;

/// <summary>One HTTP request, read whole, so that a cloud answers it in one piece under the world's lock.</summary>
public sealed record WireRequest
{
    public required string Method { get; init; }

    /// <summary>Scheme and authority as the client addressed it: <c>https://127.0.0.1:41234</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Path as sent, still percent-encoded.</summary>
    public required string Path { get; init; }

    /// <summary>Query without the question mark, still percent-encoded; empty when there is none.</summary>
    public required string Query { get; init; }

    /// <summary>Names are compared without case; several lines of one header are joined with a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required byte[] Body { get; init; }

    public string BodyText => Encoding.UTF8.GetString(Body);

    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value : null;
}

/// <summary>The whole answer.</summary>
public sealed record WireReply
{
    public required int Status { get; init; }
    public string? ContentType { get; init; }
    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
    public string Body { get; init; } = "";
}

/// <summary>What can be made to go wrong on purpose; each cloud says it in its own words.</summary>
public enum Fault
{
    Throttled,
    ServerError,
}

/// <summary>One endpoint of a simulated cloud. Called under the world's lock with the world's time up to
/// date.</summary>
public interface IFace
{
    /// <summary>Answers anything at all with the vendor's own words; never throws for a merely unexpected
    /// request.</summary>
    WireReply Answer(WireRequest request);

    /// <summary>The vendor's way to say this fault, for this request.</summary>
    WireReply Say(Fault fault, WireRequest request);
}
