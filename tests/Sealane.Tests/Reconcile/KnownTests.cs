using Sealane.Core.Reconcile;

namespace Sealane.Tests.Reconcile;

/// <summary>What resources read from each other is what it says it is.</summary>
public class KnownTests
{
    private static readonly ObjectRef<ToyObject> Thing = new("toy/thing");

    private static Known Of(params ToyObject[] objects)
    {
        var cloud = new ToyCloud(TimeProvider.System, seed: 1);
        var known = new Known();
        foreach (var item in objects)
        {
            known.Set(item.Name, new ToyResource(cloud, item.Name, [], TimeSpan.Zero).Seen(item));
        }
        return known;
    }

    [Fact]
    public void What_was_seen_is_read_by_its_reference()
    {
        var thing = new ToyObject("toy/thing", "a", default, default);
        Assert.Same(thing, Of(thing).Get(Thing));
        Assert.Same(thing, Of(thing)["toy/thing"]!.Observed);
    }

    [Fact]
    public void What_is_absent_is_null_and_an_error_only_where_it_is_needed()
    {
        Assert.Null(Of().Find(Thing));
        var error = Assert.Throws<InvalidOperationException>(() => Of().Get(Thing));
        Assert.Contains("toy/thing is not known yet", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_else_does_not_pass_for_absence()
    {
        var known = Of(new ToyObject("toy/thing", "a", default, default));
        var error = Assert.Throws<InvalidOperationException>(() => known.Find(new ObjectRef<string>("toy/thing")));
        Assert.Equal("toy/thing was observed as ToyObject, and is read as String", error.Message);
    }

    [Fact]
    public void What_went_away_is_absent_again()
    {
        var known = Of(new ToyObject("toy/thing", "a", default, default));
        known.Set("toy/thing", null);
        Assert.Null(known.Find(Thing));
        Assert.Null(known["toy/thing"]);
    }
}
