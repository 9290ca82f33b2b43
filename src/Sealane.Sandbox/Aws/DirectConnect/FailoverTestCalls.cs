using System.Text.Json.Nodes;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>BGP failover tests: AWS holds the sessions of a VIF down for a while.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/UserGuide/resiliency_failover.html</remarks>
internal static class FailoverTestCalls
{
    private const int DefaultMinutes = 180;
    private const int MostMinutes = 4320;

    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("StartBgpFailoverTest", "*virtualInterfaceId:string bgpPeers:list testDurationInMinutes:integer", Start),
        new("StopBgpFailoverTest", "*virtualInterfaceId:string", Stop),
        new("ListVirtualInterfaceTestHistory",
            "testId:string virtualInterfaceId:string bgpPeers:list status:string" + DxOperation.Page, List),
    ];

    private static JsonObject Start(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        if (vif.State != "down" || !call.Net.VifSessionUp(vif.Id))
        {
            throw AwsRefusal.DirectConnect($"Virtual Interface {vif.Id} must be available.");
        }
        var peers = call.Input.Texts("bgpPeers");
        if (peers.FirstOrDefault(id => !vif.Peers.Any(p => p.Id == id)) is { } unknown)
        {
            throw AwsRefusal.DirectConnect($"BGP peer {unknown} does not exist on Virtual Interface {vif.Id}.");
        }
        var minutes = call.Input.Number("testDurationInMinutes") ?? DefaultMinutes;
        if (minutes is < 1 or > MostMinutes)
        {
            throw AwsRefusal.DirectConnect($"Test duration must be between 1 and {MostMinutes} minutes.");
        }
        var test = new VifTest
        {
            Id = call.State.NewUuid(call.World, "vif-test", vif.Id),
            State = "IN_PROGRESS",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            VirtualInterfaceId = vif.Id,
            PeerIds = peers.Count > 0 ? [.. peers] : [.. vif.Peers.Select(p => p.Id)],
            Minutes = (int)minutes,
        };
        call.State.VifTests.Add(test);
        call.World.Enter(vif, "testing");
        call.World.Then(test, TimeSpan.FromMinutes(minutes), "COMPLETED");
        return DxJson.Of(("virtualInterfaceTest", Json(call, test)));
    }

    private static JsonObject Stop(DxCall call)
    {
        var vif = call.Vif(call.Input.Required("virtualInterfaceId"));
        var test = call.State.VifTests.LastOrDefault(t => t.VirtualInterfaceId == vif.Id && t.State == "IN_PROGRESS")
            ?? throw AwsRefusal.DirectConnect(
                $"No failover test in progress was found for Virtual Interface {vif.Id}.");
        call.World.Enter(test, "STOPPED");
        call.World.Enter(vif, "down");
        return DxJson.Of(("virtualInterfaceTest", Json(call, test)));
    }

    private static JsonObject List(DxCall call)
    {
        var (id, vif, status) = (call.Input.Text("testId"), call.Input.Text("virtualInterfaceId"),
            call.Input.Text("status"));
        var peers = call.Input.Texts("bgpPeers");
        return call.Page("virtualInterfaceTestHistory",
            call.State.VifTests.Where(t => call.Owns(t.VirtualInterfaceId)
                && (id is null || t.Id == id) && (vif is null || t.VirtualInterfaceId == vif)
                && (status is null || t.State == status) && (peers.Count == 0 || t.PeerIds.Any(peers.Contains))),
            t => Json(call, t));
    }

    private static JsonObject Json(DxCall call, VifTest test) => DxJson.Of(
        ("testId", test.Id),
        ("virtualInterfaceId", test.VirtualInterfaceId),
        ("bgpPeers", DxJson.Texts(test.PeerIds)),
        ("status", test.State),
        ("ownerAccount", call.Account),
        ("testDurationInMinutes", test.Minutes),
        ("startTime", DxJson.Time(test.CreatedAt)),
        ("endTime", test.State == "IN_PROGRESS" ? null : DxJson.Time(test.ChangedAt)));
}
