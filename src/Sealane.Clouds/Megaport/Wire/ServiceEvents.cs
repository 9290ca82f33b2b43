namespace Sealane.Clouds.Megaport.Wire;

/// <summary>Work that Megaport announces to the owners of the services that it touches.</summary>
/// <remarks>GET /ens/v1/status/maintenance?state=…; github.com/megaport/megaportgo, events.go</remarks>
public sealed record MaintenanceEvent
{
    /// <summary>The number of Megaport's ticket: <c>CSS-1234</c>.</summary>
    public string? EventId { get; init; }

    /// <summary><c>Scheduled</c>, <c>Running</c>, <c>Completed</c>, <c>Cancelled</c>.</summary>
    public string? State { get; init; }

    /// <summary>ISO 8601 in UTC.</summary>
    public string? StartTime { get; init; }
    public string? EndTime { get; init; }

    /// <summary>On the services, in words.</summary>
    public string? Impact { get; init; }
    public string? Purpose { get; init; }
    public string? CancelReason { get; init; }

    /// <summary><c>Planned</c>, or <c>Emergency</c> on short notice.</summary>
    public string? EventType { get; init; }

    /// <summary>The first eight hex digits of each service's uid. Null where the event does not say.</summary>
    public IReadOnlyList<string>? Services { get; init; }
}

/// <summary>A fault that Megaport knows of.</summary>
/// <remarks>GET /ens/v1/status/outage?state=…; github.com/megaport/megaportgo, events.go</remarks>
public sealed record OutageEvent
{
    public string? OutageId { get; init; }

    /// <summary>The number of Megaport's ticket.</summary>
    public string? EventId { get; init; }

    /// <summary><c>Ongoing</c>, <c>Resolved</c>.</summary>
    public string? State { get; init; }
    public string? StartTime { get; init; }
    public string? Purpose { get; init; }

    /// <summary>As of a maintenance.</summary>
    public IReadOnlyList<string>? Services { get; init; }
}
