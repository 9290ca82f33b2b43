namespace Sealane.Core.Reconcile;

/// <summary>
/// How one object of a kind changes hands: it is named by the cloud's own id, whoever made it and whatever it is
/// called. Nothing becomes ours or ceases to be so in any other way.
/// </summary>
public interface IHandover
{
    /// <summary>The only id that it can be, where the cloud cannot rename: an Azure id ends in the name.</summary>
    string? OnlyId { get; }

    /// <summary>The object and who holds it; null when there is none of this kind.</summary>
    Task<Held?> Look(string cloudId, CancellationToken ct);
}

/// <summary>An object as it was found, whoever's it is.</summary>
/// <param name="Link">Value of its tag <c>sealane</c>; null where it has none.</param>
/// <param name="Adopt">Gives it both marks, name and tag.</param>
/// <param name="Disown">Its tag says from then on that it is nobody's; the name stays.</param>
public sealed record Held(
    string? Link, Func<CancellationToken, Task> Adopt, Func<CancellationToken, Task> Disown);

/// <param name="find">By the cloud's own id; null when it is gone, or of another kind.</param>
/// <param name="link">Which link's it is.</param>
public sealed class Handover<T>(
    Func<string, CancellationToken, Task<T?>> find, Func<T, string?> link, Func<T, CancellationToken, Task> adopt,
    Func<T, CancellationToken, Task> disown, string? onlyId = null) : IHandover
    where T : class
{
    public string? OnlyId => onlyId;

    public async Task<Held?> Look(string cloudId, CancellationToken ct) =>
        await find(cloudId, ct).ConfigureAwait(false) is { } found
            ? new Held(link(found), ct => adopt(found, ct), ct => disown(found, ct)) : null;
}
