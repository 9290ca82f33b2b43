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
public abstract record Held(string? Link)
{
    /// <summary>Gives it both marks, name and tag.</summary>
    public abstract Task Adopt(CancellationToken ct);

    /// <summary>Its tag says from then on that it is nobody's; the name stays.</summary>
    public abstract Task Disown(CancellationToken ct);
}

/// <param name="find">By the cloud's own id; null when it is gone, or of another kind.</param>
/// <param name="link">Which link's it is.</param>
public sealed class Handover<T>(
    Func<string, CancellationToken, Task<T?>> find, Func<T, string?> link, Func<T, CancellationToken, Task> adopt,
    Func<T, CancellationToken, Task> disown, string? onlyId = null) : IHandover
    where T : class
{
    public string? OnlyId => onlyId;

    public async Task<Held?> Look(string cloudId, CancellationToken ct) =>
        await find(cloudId, ct).ConfigureAwait(false) is { } found ? new HeldOf(this, found) : null;

    private sealed record HeldOf(Handover<T> By, T Object) : Held(By.Link(Object))
    {
        public override Task Adopt(CancellationToken ct) => By.Give(Object, ct);

        public override Task Disown(CancellationToken ct) => By.Take(Object, ct);
    }

    private string? Link(T found) => link(found);

    private Task Give(T found, CancellationToken ct) => adopt(found, ct);

    private Task Take(T found, CancellationToken ct) => disown(found, ct);
}
