namespace Sealane.Core.Reconcile;

/// <summary>Names a resource where only its place in the order matters: what it is waited for by.</summary>
public record ObjectRef(string Id)
{
    public sealed override string ToString() => Id;
}

/// <summary>Names a resource whose observed state is read, and says as what it is read.</summary>
/// <typeparam name="T">The observed record, or what it shows to another cloud.</typeparam>
public sealed record ObjectRef<T>(string Id) : ObjectRef(Id)
    where T : class;
