namespace Sealane.Clouds.Http;

/// <summary>
/// A reply that came with a good status and does not say what was asked: a proxy's page, half a body, no list where a
/// list
/// belongs. Nothing is concluded from it, least of all that something is not there.
/// </summary>
internal sealed class UnreadableReply(string what) : Exception(what)
{
    public const string Advice =
        "nothing was concluded from this answer; look whether a proxy stands in between, and run the command again";
}
