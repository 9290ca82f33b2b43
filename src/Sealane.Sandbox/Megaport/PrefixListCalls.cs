using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>Prefix filter lists of an MCR.</summary>
internal sealed class PrefixListCalls(SandboxWorld world)
{
    private const int MostEntries = 200;

    private MegaportState State => world.Megaport;

    public (string Message, JsonNode? Data) List(string mcrUid)
    {
        var mcr = ProductCalls.McrOf(State, mcrUid);
        return ("Prefix lists", new JsonArray(
        [
            .. State.PrefixLists.Where(list => list.McrUid == mcr.Id).Select(list => new JsonObject
            {
                ["id"] = list.Number,
                ["description"] = list.Description,
                ["addressFamily"] = list.AddressFamily,
            }),
        ]));
    }

    public (string Message, JsonNode? Data) Get(string mcrUid, string number) =>
        ("Prefix list", Write(Find(mcrUid, number)));

    public (string Message, JsonNode? Data) Create(string mcrUid, JsonElement body)
    {
        var mcr = ProductCalls.McrOf(State, mcrUid);
        if (!mcr.Ready)
        {
            throw new Refusal(400, "MCR is not provisioned yet", "");
        }
        var (description, family, entries) = Read(body);
        var list = new PrefixFilterList
        {
            Number = State.NextNumber(),
            McrUid = mcr.Id,
            Description = description,
            AddressFamily = family,
            Entries = entries,
        };
        State.PrefixLists.Add(list);
        world.Touch();
        return ("Created a new prefix list for MCR", Write(list));
    }

    public (string Message, JsonNode? Data) Update(string mcrUid, string number, JsonElement body)
    {
        var list = Find(mcrUid, number);
        (list.Description, list.AddressFamily, list.Entries) = Read(body);
        world.Touch();
        return ("Updated prefix list for MCR", Write(list));
    }

    public (string Message, JsonNode? Data) Delete(string mcrUid, string number)
    {
        var list = Find(mcrUid, number);
        if (InUse(list))
        {
            throw new Refusal(409, "Prefix list is in use", "Prefix list is referenced by a BGP connection");
        }
        State.PrefixLists.Remove(list);
        world.Touch();
        return ("Deleted prefix list for MCR", null);
    }

    private PrefixFilterList Find(string mcrUid, string number)
    {
        var mcr = ProductCalls.McrOf(State, mcrUid);
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && State.FindPrefixList(mcr.Id, id) is { } list
                ? list : throw new Refusal(404, "Prefix list not found", "");
    }

    private bool InUse(PrefixFilterList list) =>
        State.Vxcs.Exists(vxc => (!vxc.Ended || vxc.ListsBlockedUntil > world.Now) && Names(vxc.Interfaces, list))
        || State.Edits.Exists(edit => Names(edit.Interfaces, list));

    private static (string Description, string Family, List<PrefixFilterEntry> Entries) Read(JsonElement body)
    {
        var problems = new List<string>();
        var description = body.Text("description") ?? "";
        var family = body.Text("addressFamily") ?? "";
        var written = body.Objects("entries");
        if (description.Length == 0)
        {
            problems.Add("Prefix list description is required");
        }
        if (family is not ("IPv4" or "IPv6"))
        {
            problems.Add("Invalid address family");
        }
        if (written.Count is 0 or > MostEntries)
        {
            problems.Add($"A prefix list must have between 1 and {MostEntries} entries");
        }
        var entries = written.Select(entry => ReadEntry(entry, family == "IPv6", problems)).OfType<PrefixFilterEntry>()
            .ToList();
        return problems.Count == 0 ? (description, family, entries) : throw Refusal.Invalid(problems);
    }

    private static PrefixFilterEntry? ReadEntry(JsonElement entry, bool v6, List<string> problems)
    {
        var action = entry.Text("action");
        if (action is not ("permit" or "deny"))
        {
            problems.Add("Invalid action");
        }
        if (Normalise(entry.Text("prefix") ?? "", v6) is not var (prefix, length))
        {
            problems.Add("Invalid prefix");
            return null;
        }
        var most = v6 ? 128 : 32;
        var ge = entry.SmallNumber("ge");
        var le = entry.SmallNumber("le");
        if (ge < length || ge > most || le < (ge ?? length) || le > most)
        {
            problems.Add($"Invalid ge or le for {prefix}");
        }
        // What equals its default does not come back: seen in the provider's tests (terraform-provider-megaport #450).
        return new(action ?? "", prefix, ge == length ? null : ge, le == length ? null : le);
    }

    /// <summary>Cuts off host bits, as the API does.</summary>
    private static (string Prefix, int Length)? Normalise(string text, bool v6)
    {
        if (text.Split('/') is not [var address, var mask] || !IPAddress.TryParse(address, out var ip)
            || ip.AddressFamily != (v6 ? System.Net.Sockets.AddressFamily.InterNetworkV6
                : System.Net.Sockets.AddressFamily.InterNetwork)
            || !int.TryParse(mask, NumberStyles.None, CultureInfo.InvariantCulture, out var length)
                || length > (v6 ? 128 : 32)
            || (!v6 && !Core.Ipv4.TryParse(address, out _)))
        {
            return null;
        }
        var bytes = ip.GetAddressBytes();
        for (var bit = length; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }
        return ($"{new IPAddress(bytes)}/{InterfaceWriting.Number(length)}", length);
    }

    private static JsonObject Write(PrefixFilterList list) => new()
    {
        ["id"] = list.Number,
        ["description"] = list.Description,
        ["addressFamily"] = list.AddressFamily,
        ["entries"] = new JsonArray(
        [
            // Bounds are numbers in requests and text in replies.
            .. list.Entries.Select(entry => new JsonObject { ["prefix"] = entry.Prefix, ["action"] = entry.Action }
                .With("ge", entry.Ge is { } ge ? InterfaceWriting.Number(ge) : null)
                .With("le", entry.Le is { } le ? InterfaceWriting.Number(le) : null)),
        ]),
    };

    private static bool Names(List<McrInterface> interfaces, PrefixFilterList list) =>
        interfaces.Exists(i => i.BgpConnections.Exists(bgp => bgp.Lists.Contains(list.Number)));
}
