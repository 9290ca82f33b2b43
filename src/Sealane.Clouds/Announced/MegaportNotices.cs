using System.Globalization;
using Sealane.Clouds.Megaport;
using Sealane.Clouds.Megaport.Wire;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Announced;

/// <summary>Maintenance and faults of which Megaport tells the owner of a service.</summary>
/// <remarks>API: GET /ens/v1/status/maintenance and /ens/v1/status/outage.</remarks>
internal static class MegaportNotices
{
    /// <summary>Of a service's uid, as an event names it.</summary>
    private const int ShortUidLength = 8;

    /// <summary>Onwards in the life of an event: one that moves on between two questions is in the later
    /// answer.</summary>
    private static readonly string[] States = ["Scheduled", "Running", "Cancelled"];

    /// <param name="tell">Told each announcement that touches the link.</param>
    /// <param name="untold">Told what an event does not say. One that lists no service touches none.</param>
    public static async Task Read(
        MegaportClient megaport, NetworkDesign design, Known known, Action<Announcement> tell, Action<string> untold,
        CancellationToken ct)
    {
        var own = Services(design, known);
        var events = new Dictionary<string, MaintenanceEvent>(StringComparer.Ordinal);
        foreach (var state in States)
        {
            foreach (var one in await megaport.Maintenance(state, ct).ConfigureAwait(false))
            {
                events[one.EventId ?? ""] = one with { State = one.State ?? state };
            }
        }
        foreach (var (id, one) in events)
        {
            if (id.Length == 0 || one.Services is not { } services)
            {
                untold($"an event of its list does not say {(id.Length == 0 ? "which one it is"
                    : $"which services it touches: {AnnouncedText.Short(id)}")}");
                continue;
            }
            if (Touched(own, services) is { Count: > 0 } touched)
            {
                tell(new(Cloud.Megaport, false, AnnouncedText.Short(id), AnnouncedText.Short(one.State!),
                    Moment(one.StartTime), Moment(one.EndTime), AnnouncedText.Said(("type", one.EventType),
                        ("impact", one.Impact), ("purpose", one.Purpose), ("cancelled because", one.CancelReason)),
                    touched));
            }
        }
        foreach (var one in await megaport.Outages("Ongoing", ct).ConfigureAwait(false))
        {
            if ((one.OutageId ?? one.EventId) is not { Length: > 0 } id || one.Services is null)
            {
                untold("a fault of its list does not say which one it is, or which services it touches");
            }
            else if (Touched(own, one.Services) is { Count: > 0 } touched)
            {
                tell(new(Cloud.Megaport, true, AnnouncedText.Short(id), AnnouncedText.Short(one.State ?? "Ongoing"),
                    Moment(one.StartTime), null,
                    AnnouncedText.Said(("ticket", one.EventId), ("purpose", one.Purpose)), touched));
            }
        }
    }

    /// <summary>Objects of the link that an event can name; null for one that is not there.</summary>
    public static IEnumerable<ObjectRef> Refs(NetworkDesign design) =>
    [
        .. design.Routers.Select(router => (ObjectRef)Mcr.Ref(router)),
        .. design.AwsVxcs.Select(vxc => (ObjectRef)VxcLeg.Aws(vxc)),
        .. design.AzureVxcs.Select(vxc => (ObjectRef)VxcLeg.Azure(vxc)),
    ];

    private static List<Touched> Services(NetworkDesign design, Known known)
    {
        var vxcs = design.AwsVxcs.Select(vxc => (vxc.Router, Ref: VxcLeg.Aws(vxc)))
            .Concat(design.AzureVxcs.Select(vxc => (vxc.Router, Ref: VxcLeg.Azure(vxc))))
            .Select(vxc => (vxc.Router, vxc.Ref.Id, known.Find(vxc.Ref)?.Uid)).Where(vxc => vxc.Uid is not null)
            .ToList();
        return
        [
            .. from router in design.Routers
               let uid = known.Find(Mcr.Ref(router))?.Uid
               where uid is not null
               select new Touched(Mcr.Ref(router).Id, uid,
                   [.. vxcs.Where(vxc => vxc.Router.Key == router.Key).Select(vxc => vxc.Uid!)]),
            .. vxcs.Select(vxc => new Touched(vxc.Id, vxc.Uid!, [vxc.Uid!])),
        ];
    }

    private static List<Touched> Touched(List<Touched> own, IReadOnlyList<string> named) =>
        [.. own.Where(one => named.Any(name => name.Length >= ShortUidLength
            && one.CloudId.StartsWith(name, StringComparison.OrdinalIgnoreCase)))];

    private static DateTimeOffset? Moment(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime() : null;
}

/// <summary>A vendor's words, of a length that fits a line.</summary>
internal static class AnnouncedText
{
    private const int Longest = 160;

    public static string Short(string text) => text.Length > Longest ? $"{text[..Longest]}…" : text;

    public static IReadOnlyList<string> Said(params (string What, string? Text)[] all) =>
        [.. all.Where(one => !string.IsNullOrWhiteSpace(one.Text)).Select(one => $"{one.What}: {Short(one.Text!)}")];
}
