using System.Text.Json;
using Sealane.Sandbox.World;

namespace Sealane.Tests.Sandbox.World;

/// <summary>Answers with what it was asked, so that a test sees what arrives at a cloud.</summary>
internal sealed class EchoFace(string name) : IFace
{
    public List<WireRequest> Seen { get; } = [];

    public WireReply Answer(WireRequest request)
    {
        Seen.Add(request);
        return new()
        {
            Status = 200,
            ContentType = "application/json",
            Headers = [("X-Face", name), ("X-Two", "a"), ("X-Two", "b")],
            Body = JsonSerializer.Serialize(new
            {
                face = name,
                request.Method,
                request.Origin,
                request.Path,
                request.Query,
                request.Headers,
                Body = request.BodyText,
            }),
        };
    }

    public WireReply Say(Fault fault, WireRequest request) =>
        new() { Status = fault == Fault.Throttled ? 429 : 503, Body = $"{name} {fault}" };
}
