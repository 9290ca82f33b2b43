namespace Sealane.Service;

/// <summary>What the service logs, as values with names.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Error, "{Link} could not be woken")]
    public static partial void NotWoken(ILogger log, string link, Exception error);

    [LoggerMessage(2, LogLevel.Error, "the watch of {Link} ended, and begins again")]
    public static partial void WatchEnded(ILogger log, string link, Exception error);

    [LoggerMessage(3, LogLevel.Information, "{Link}: {Item}: {Was} → {Now}")]
    public static partial void Changed(ILogger log, string link, string item, string was, string now);

    [LoggerMessage(4, LogLevel.Information, "run {Run} of {Link}: {Kind} is {State}: {Said}")]
    public static partial void RunIs(ILogger log, long run, string link, string kind, string state, string said);

    [LoggerMessage(6, LogLevel.Warning, "run {Run} of {Link} was left off here and goes on later: {Why}")]
    public static partial void LeftOff(ILogger log, long run, string link, string why);

    [LoggerMessage(8, LogLevel.Warning, "another silo keeps {Link}")]
    public static partial void Taken(ILogger log, string link);

    [LoggerMessage(9, LogLevel.Warning, "silo {Silo} is gone; the links that it kept are called")]
    public static partial void SiloGone(ILogger log, string silo);

    [LoggerMessage(10, LogLevel.Warning, "news of other silos cannot be heard")]
    public static partial void Deaf(ILogger log, Exception error);

    [LoggerMessage(11, LogLevel.Warning, "what is too old could not be forgotten")]
    public static partial void NotForgotten(ILogger log, Exception error);

    [LoggerMessage(12, LogLevel.Warning, "{Account}: {Operation} is refused, so its bulk looks go without: {Why}")]
    public static partial void NotListed(ILogger log, string account, string operation, string why);

    [LoggerMessage(13, LogLevel.Warning, "{Account} could not be listed, so each of its links asks for itself: {Why}")]
    public static partial void NotRead(ILogger log, string account, string why);

    [LoggerMessage(5, LogLevel.Error, "run {Run} of {Link} met a defect")]
    public static partial void RunBroke(ILogger log, long run, string link, Exception error);

    [LoggerMessage(6, LogLevel.Error, "the new certificate is not used, the one before goes on: {Why}")]
    public static partial void CertificateKept(ILogger log, string why);

    [LoggerMessage(7, LogLevel.Warning, "somebody could not sign in at the provider: {Why}")]
    public static partial void NotSignedIn(ILogger log, string why);
}
