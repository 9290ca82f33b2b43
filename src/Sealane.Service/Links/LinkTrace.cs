using System.Text.Json.Nodes;
using Sealane.Cli.Commands;
using Sealane.Cli.Output;

namespace Sealane.Service.Links;

/// <summary>The way of one packet in a link's network as it was read last.</summary>
internal static class LinkTrace
{
    /// <param name="last">Null: not all evidence was read yet.</param>
    /// <returns>As <see cref="ILinkGrain.Trace"/>: text, as no exception passes between silos.</returns>
    public static string? Of(Verified? last, string source, string destination, IReadOnlyList<string> without)
    {
        if (last is null)
        {
            return null;
        }
        JsonObject told;
        try
        {
            var tracing = Tracing.Of(last.Verification, source, destination, without);
            told = new() { ["trace"] = tracing.Json, ["text"] = tracing.Text.TrimEnd() };
        }
        catch (UsageError error)
        {
            told = new() { ["error"] = error.Message };
        }
        return told.ToJsonString(Json.Line);
    }
}
