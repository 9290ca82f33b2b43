namespace Sealane.Clouds.Http;

/// <summary>
/// One look at everything is one moment: what several objects need to know of the same thing (the MCR's prefix lists, a
/// VXC, the route tables of a VPC) is asked for once, and all of them see the same answer. Outside of a look every
/// question goes out, and inside of one an answer counts only when it could be read.
/// </summary>
public sealed class SameLook
{
    private Dictionary<(string Asked, Type As), object?>? _answers;

    /// <summary>Begins a look; it ends with what is given back. One at a time, and one question after the
    /// other.</summary>
    public IDisposable Begin()
    {
        _answers = [];
        return new End(this);
    }

    /// <param name="asked">The whole question, with whom it goes to.</param>
    /// <param name="writes">What may change something is never answered from memory.</param>
    internal async Task<T> Once<T>(string asked, bool writes, Func<Task<T>> ask)
    {
        if (_answers is not { } answers || writes)
        {
            return await ask().ConfigureAwait(false);
        }
        if (!answers.TryGetValue((asked, typeof(T)), out var answer))
        {
            answers[(asked, typeof(T))] = answer = await ask().ConfigureAwait(false);
        }
        return (T)answer!;
    }

    private sealed class End(SameLook look) : IDisposable
    {
        public void Dispose() => look._answers = null;
    }
}
