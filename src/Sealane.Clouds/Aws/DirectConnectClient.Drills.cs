namespace Sealane.Clouds.Aws;

public sealed partial class DirectConnectClient
{
    /// <summary>AWS holds the sessions of a virtual interface down, and gives them back by itself when the time is
    /// over.</summary>
    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_StartBgpFailoverTest.html</remarks>
    public Task StartBgpFailoverTest(string virtualInterfaceId, int minutes, CancellationToken ct) =>
        Write("StartBgpFailoverTest",
            new() { ["virtualInterfaceId"] = virtualInterfaceId, ["testDurationInMinutes"] = minutes }, ct);

    /// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_StopBgpFailoverTest.html</remarks>
    public Task StopBgpFailoverTest(string virtualInterfaceId, CancellationToken ct) =>
        Write("StopBgpFailoverTest", new() { ["virtualInterfaceId"] = virtualInterfaceId }, ct);
}
