using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Sealane.Core.Routing;

namespace Sealane.Sandbox.World.Net;

/// <summary>
/// Whether a network is member for member the one before. Most of what happens in a world (a tag, a price, an operation
/// that
/// goes on) is nothing that routing sees. All public members are written out and compared, so that none can be
/// forgotten.
/// </summary>
internal sealed class NetworkPrint
{
    private static readonly JsonSerializerOptions Compact = new(RoutingJson.Options) { WriteIndented = false };

    private static readonly JsonTypeInfo<Network> Whole = (JsonTypeInfo<Network>)Compact.GetTypeInfo(typeof(Network));

    private ArrayBufferWriter<byte> _last = new();
    private ArrayBufferWriter<byte> _next = new();

    public bool IsAsBefore(Network network)
    {
        _next.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(_next))
        {
            JsonSerializer.Serialize(writer, network, Whole);
        }
        (_last, _next) = (_next, _last);
        return _last.WrittenSpan.SequenceEqual(_next.WrittenSpan);
    }
}
