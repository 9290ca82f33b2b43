using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>Hosted connections: Megaport offers one, the account's owner accepts it. Guide steps 6 and 7.</summary>
/// <remarks>https://docs.aws.amazon.com/directconnect/latest/APIReference/API_ConfirmConnection.html</remarks>
internal static class DxConnectionCalls
{
    public static IReadOnlyList<DxOperation> All { get; } =
    [
        new("DescribeConnections", "connectionId:string" + DxOperation.Page, Describe),
        new("ConfirmConnection", "*connectionId:string", Confirm),
        new("UpdateConnection", "*connectionId:string connectionName:string encryptionMode:string", Update),
        new("DeleteConnection", "*connectionId:string", Delete),
    ];

    /// <summary>Here an unknown id is an error, unlike everywhere else in this service.</summary>
    private static JsonObject Describe(DxCall call) => call.Page("connections",
        call.Input.Text("connectionId") is { } id
            ? [call.Connection(id)]
            : call.Own(call.State.Connections).Where(c => c.Region == call.Region), c => Json(c));

    private static JsonObject Confirm(DxCall call)
    {
        var connection = call.Connection(call.Input.Required("connectionId"));
        if (connection.State != "ordering")
        {
            throw AwsRefusal.DirectConnect(
                $"Connection {connection.Id} is in state {connection.State}; only a connection in state ordering can "
                    + $"be confirmed.");
        }
        call.World.Enter(connection, "pending");
        call.World.Then(connection, call.World.Take(Durations.ConnectionAccept, connection.Id), "available");
        return DxJson.Of(("connectionState", connection.State));
    }

    private static JsonObject Update(DxCall call)
    {
        var connection = call.Connection(call.Input.Required("connectionId"));
        if (call.Input.Text("encryptionMode") is { } mode && mode != "no_encrypt")
        {
            throw AwsRefusal.DirectConnect($"Connection {connection.Id} is not MACsec capable.");
        }
        connection.Name = call.Input.Text("connectionName") ?? connection.Name;
        return Json(connection);
    }

    private static JsonObject Delete(DxCall call)
    {
        var connection = call.Connection(call.Input.Required("connectionId"));
        if (call.State.HasVirtualInterface(connection.Id))
        {
            throw AwsRefusal.DirectConnect($"Connection {connection.Id} has virtual interfaces and cannot be deleted.");
        }
        if (connection.IsLive)
        {
            AwsState.Delete(call.World, connection, Durations.ConnectionDelete);
        }
        return Json(connection);
    }

    private static JsonObject Json(DxConnection connection) => DxJson.Of(
        ("ownerAccount", connection.OwnerAccount),
        ("connectionId", connection.Id),
        ("connectionName", connection.Name),
        ("connectionState", connection.State),
        ("region", connection.Region),
        ("location", connection.Location),
        ("bandwidth", connection.RateMbps >= 1000
            ? string.Create(CultureInfo.InvariantCulture, $"{connection.RateMbps / 1000}Gbps")
            : string.Create(CultureInfo.InvariantCulture, $"{connection.RateMbps}Mbps")),
        ("vlan", connection.Vlan),
        ("partnerName", connection.PartnerName),
        ("awsDevice", connection.AwsDevice),
        ("jumboFrameCapable", true),
        ("awsDeviceV2", connection.AwsDevice),
        ("awsLogicalDeviceId", connection.AwsDevice),
        ("hasLogicalRedundancy", "unknown"),
        ("tags", DxTags.Write(connection.Tags)),
        ("macSecCapable", false));
}
