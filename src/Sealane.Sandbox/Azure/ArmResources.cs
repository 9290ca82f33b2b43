using System.Collections.ObjectModel;

namespace Sealane.Sandbox.Azure;

/// <summary>Resources in the order in which they came, found by id, type and parent without a look at all of
/// them.</summary>
public sealed class ArmResources : Collection<ArmResource>
{
    private readonly Dictionary<string, List<ArmResource>> _byId = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, List<ArmResource>> _byType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<ArmResource>> _byParent = new(StringComparer.OrdinalIgnoreCase);

    // Lists stand in the order in which resources came: what did not come last makes them anew.
    private bool _stale;

    public ArmResource? Find(string id) => Under(_byId, id) is [var first, ..] ? first : null;

    public IReadOnlyList<ArmResource> OfType(string type) => Under(_byType, type);

    public IReadOnlyList<ArmResource> OfParent(string id) => Under(_byParent, id);

    public ArmResource? Find(Predicate<ArmResource> wanted)
    {
        foreach (var one in Items)
        {
            if (wanted(one))
            {
                return one;
            }
        }
        return null;
    }

    public bool Exists(Predicate<ArmResource> wanted) => Find(wanted) is not null;

    public void AddRange(IEnumerable<ArmResource> more)
    {
        foreach (var one in more)
        {
            Add(one);
        }
    }

    public void RemoveAll(Predicate<ArmResource> unwanted)
    {
        for (var at = Count - 1; at >= 0; at--)
        {
            if (unwanted(Items[at]))
            {
                RemoveAt(at);
            }
        }
    }

    protected override void InsertItem(int index, ArmResource item)
    {
        base.InsertItem(index, item);
        if (_stale || index < Count - 1)
        {
            _stale = true;
        }
        else
        {
            Enter(item);
        }
    }

    protected override void RemoveItem(int index)
    {
        base.RemoveItem(index);
        _stale = true;
    }

    protected override void SetItem(int index, ArmResource item)
    {
        base.SetItem(index, item);
        _stale = true;
    }

    protected override void ClearItems()
    {
        base.ClearItems();
        _stale = true;
    }

    private List<ArmResource> Under(Dictionary<string, List<ArmResource>> index, string key)
    {
        if (_stale)
        {
            _byId.Clear();
            _byType.Clear();
            _byParent.Clear();
            foreach (var one in Items)
            {
                Enter(one);
            }
            _stale = false;
        }
        return index.GetValueOrDefault(key) ?? [];
    }

    private void Enter(ArmResource one)
    {
        Enter(_byId, one.Id, one);
        Enter(_byType, one.Type, one);
        Enter(_byParent, one.ParentId ?? "", one);
    }

    private static void Enter(Dictionary<string, List<ArmResource>> index, string key, ArmResource one)
    {
        if (index.TryGetValue(key, out var list))
        {
            list.Add(one);
        }
        else
        {
            index[key] = [one];
        }
    }
}
