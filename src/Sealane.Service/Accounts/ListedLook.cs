using Sealane.Cli.Watch;
using Sealane.Core.Reconcile;

namespace Sealane.Service.Accounts;

/// <summary>Asks an account for what its listing says of marks; null where it cannot be asked.</summary>
internal delegate Task<Listed?> AskListing(string account, string[] marks, TimeSpan most);

/// <summary>
/// Bulk looks at one link that rest on the listings of its accounts. While these say of its objects what they said when
/// it was last looked at whole, nothing has changed that they show, and one object that they do not show is looked at,
/// in turn. Where they say anything else, or nothing, it is looked at whole. So a listing is never compared with the
/// spec and gives nothing: it only tells that there is something to look at.
/// </summary>
/// <param name="most">The age up to which a listing will do.</param>
/// <param name="turn">Which object is looked at first: many links do not begin with the same.</param>
internal sealed class ListedLook(LinkSession session, LinkUnderWatch link, LinkAccounts accounts, AskListing ask,
    TimeSpan most, TimeProvider clock, int turn)
{
    private Said? _before;
    private int _turn = turn;

    /// <summary>How often the listings were enough.</summary>
    public int Glances { get; private set; }

    public async Task<BulkLook> Glance(CancellationToken ct)
    {
        if (_before is not { } before || await Ask(before.Marks, most).ConfigureAwait(false) is not { } now
            || !now.Digests.SequenceEqual(before.Digests))
        {
            return await Whole(ct).ConfigureAwait(false);
        }
        var unshown = session.Graph.Resources.Where(resource => !IsShown(resource, now.Shown)).ToList();
        var look = await link.Again(unshown.Count == 0 ? null : unshown[_turn % unshown.Count], ct)
            .ConfigureAwait(false);
        _turn += look.Silent.Count == 0 ? 1 : 0;
        Glances++;
        return look with { Age = now.Age };
    }

    /// <summary>Asks for everything itself.</summary>
    public async Task<BulkLook> Whole(CancellationToken ct)
    {
        // A listing that is read after the look began may show a change that the look has not seen: that one is no
        // measure of what is the same.
        var first = await Ask(_before?.Marks ?? [], most).ConfigureAwait(false);
        var began = clock.GetTimestamp();
        _before = null;
        var look = await link.Bulk(ct).ConfigureAwait(false);
        if (link.SawAll && first is not null)
        {
            var marks = Marks();
            if (marks.SequenceEqual(first.Marks))
            {
                _before = first;
            }
            else if (await Ask(marks, TimeSpan.MaxValue).ConfigureAwait(false) is { } said
                && said.Youngest >= clock.GetElapsedTime(began))
            {
                _before = said;
            }
        }
        return look;
    }

    /// <summary>What the link's objects are called, and its own name, which tags bear.</summary>
    private string[] Marks() =>
    [
        session.Design.Name,
        .. session.Graph.Resources.Select(resource => link.Seen[resource.Id]?.View.CloudId).OfType<string>().Distinct(),
    ];

    private async Task<Said?> Ask(string[] marks, TimeSpan oldest)
    {
        var began = clock.GetTimestamp();
        var all = await Task.WhenAll(accounts.All.Select(account => ask(account, marks, oldest))).ConfigureAwait(false);
        return all.Any(one => one is not { Trouble: null }) ? null : new(marks,
            [.. all.SelectMany(one => one!.Digests)],
            all.SelectMany(one => one!.Shown).ToHashSet(StringComparer.Ordinal),
            all.Max(one => one!.Age) + clock.GetElapsedTime(began), all.Min(one => one!.Age));
    }

    private static bool IsShown(Resource resource, HashSet<string> shown) => resource.Operations
        .Where(operation => operation.StartsWith("GET ", StringComparison.Ordinal)
            || operation.Contains(":Describe", StringComparison.Ordinal)
            || operation.Contains(":Get", StringComparison.Ordinal)
            || operation.Contains(":Search", StringComparison.Ordinal))
        .All(shown.Contains);

    /// <param name="Age">Of the oldest of them.</param>
    /// <param name="Youngest">Of the youngest.</param>
    private sealed record Said(
        string[] Marks, ulong[] Digests, HashSet<string> Shown, TimeSpan Age, TimeSpan Youngest);
}
