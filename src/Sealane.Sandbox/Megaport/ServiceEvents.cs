using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Work on services that is announced to their owner.</summary>
/// <param name="EventId">The number of a ticket: <c>CSS-1234</c>.</param>
/// <param name="Services">Short uids.</param>
public sealed record MaintenanceEvent(
    string EventId, DateTimeOffset Start, DateTimeOffset End, string Impact, string Purpose, bool Emergency,
    IReadOnlyList<string> Services)
{
    /// <summary>Null where it takes place.</summary>
    public string? CancelReason { get; init; }

    /// <summary>An event goes through its states by its own times.</summary>
    internal string StateAt(DateTimeOffset now) => CancelReason is not null ? "Cancelled"
        : now < Start ? "Scheduled" : now < End ? "Running" : "Completed";
}

/// <summary>A fault.</summary>
public sealed record OutageEvent(
    string OutageId, string EventId, DateTimeOffset Start, string Purpose, IReadOnlyList<string> Services)
{
    /// <summary>Null while it lasts.</summary>
    public DateTimeOffset? End { get; init; }
}

/// <summary>What Megaport tells the owner of a service about it. Those who have no services touched see
/// nothing.</summary>
/// <remarks>github.com/megaport/megaportgo events.go, events_test.go.</remarks>
internal sealed class ServiceEventCalls(SandboxWorld world)
{
    private static readonly string[] MaintenanceStates = ["Completed", "Scheduled", "Cancelled", "Running"];
    private static readonly string[] OutageStates = ["Ongoing", "Resolved"];

    public (string Message, JsonNode? Data) Maintenance(Dictionary<string, string> query)
    {
        var state = State(query, MaintenanceStates);
        return ("Maintenance events retrieved successfully", new JsonArray(
        [
            .. world.Megaport.Maintenance.Where(one => one.StateAt(world.Now) == state).Select(one =>
            {
                var json = new JsonObject
                {
                    ["eventId"] = one.EventId,
                    ["state"] = state,
                    ["startTime"] = Time(one.Start),
                    ["endTime"] = Time(one.End),
                    ["impact"] = one.Impact,
                    ["purpose"] = one.Purpose,
                    ["eventType"] = one.Emergency ? "Emergency" : "Planned",
                    ["services"] = Texts(one.Services),
                };
                return one.CancelReason is { } why ? json.With("cancelReason", JsonValue.Create(why)) : json;
            }),
        ]));
    }

    public (string Message, JsonNode? Data) Outages(Dictionary<string, string> query)
    {
        var state = State(query, OutageStates);
        return ("Outage events retrieved successfully", new JsonArray(
        [
            .. world.Megaport.Outages.Where(one => one.Start <= world.Now
                && (one.End is { } end && end <= world.Now ? "Resolved" : "Ongoing") == state).Select(one =>
            {
                var json = new JsonObject
                {
                    ["outageId"] = one.OutageId,
                    ["state"] = state,
                    ["eventId"] = one.EventId,
                    ["purpose"] = one.Purpose,
                    ["startTime"] = Time(one.Start),
                    ["createdBy"] = "sandbox@example.com",
                    ["createdDate"] = Time(one.Start),
                    ["updatedDate"] = Time(one.Start),
                    ["services"] = Texts(one.Services),
                    ["notices"] = new JsonArray(),
                };
                return state == "Resolved" ? json.With("endTime", JsonValue.Create(Time(one.End!.Value))) : json;
            }),
        ]));
    }

    /// <summary>The official client sends nothing but these words in this spelling.</summary>
    private static string State(Dictionary<string, string> query, string[] states) =>
        query.GetValueOrDefault("state") is { } state && states.Contains(state) ? state
            : throw new Refusal(400, "Bad Request", $"state must be one of {string.Join(", ", states)}");

    private static JsonArray Texts(IReadOnlyList<string> texts) => [.. texts.Select(text => (JsonNode)text)];

    private static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
