namespace Sealane.Tests.Foreign;

/// <summary>
/// The assertions of this folder, counted: how often the answers to a foreign client were judged. Stands under the name
/// <c>Assert</c> in the files that judge.
/// </summary>
internal sealed class Judged : Assert
{
    private static int _count;

    private Judged()
    {
    }

    public static int Count => _count;

    private static void Counted() => Interlocked.Increment(ref _count);

    public static new void Equal<T>(T expected, T actual)
    {
        Counted();
        Assert.Equal(expected, actual);
    }

    public static new void Equal<T>(IEnumerable<T> expected, IEnumerable<T> actual)
    {
        Counted();
        Assert.Equal(expected, actual);
    }

    public static new void True(bool? condition)
    {
        Counted();
        Assert.True(condition);
    }

    public static new T Single<T>(IEnumerable<T> items)
    {
        Counted();
        return Assert.Single(items);
    }

    public static new void Empty(System.Collections.IEnumerable items)
    {
        Counted();
        Assert.Empty(items);
    }

    public static new void NotEmpty(System.Collections.IEnumerable items)
    {
        Counted();
        Assert.NotEmpty(items);
    }

    public static new void Contains<T>(IEnumerable<T> items, Predicate<T> one)
    {
        Counted();
        Assert.Contains(items, one);
    }

    public static new void DoesNotContain<T>(IEnumerable<T> items, Predicate<T> one)
    {
        Counted();
        Assert.DoesNotContain(items, one);
    }

    /// <summary>Each item is judged by itself.</summary>
    public static new void All<T>(IEnumerable<T> items, Action<T> judge) => Assert.All(items, judge);

    public static new Task<T> ThrowsAsync<T>(Func<Task> call)
        where T : Exception
    {
        Counted();
        return Assert.ThrowsAsync<T>(call);
    }
}
