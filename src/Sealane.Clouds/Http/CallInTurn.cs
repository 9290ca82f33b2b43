namespace Sealane.Clouds.Http;

/// <summary>
/// One call of a client with its repetitions. Who stands before the cloud knows whose call it is, and the client knows
/// what the vendor's answer means: here the first leaves how he is told that there were too many.
/// </summary>
public sealed class CallInTurn
{
    private static readonly AsyncLocal<CallInTurn?> s_now = new();

    /// <summary>The one that the code belongs to which is running; null: none.</summary>
    public static CallInTurn? Now
    {
        get => s_now.Value;
        internal set => s_now.Value = value;
    }

    /// <summary>Told how long the vendor wants nothing; null: he did not say.</summary>
    public Func<TimeSpan?, Task> PutOff { get; set; } = _ => Task.CompletedTask;
}
