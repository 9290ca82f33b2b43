using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>The pre-shared key of a connection: the only place where the service shows it.</summary>
/// <remarks>https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateway-connections/get-shared-key</remarks>
internal static class SharedKeys
{
    public static WireReply Answer(ArmCall call, ResourceId connection)
    {
        if (call.State.FindGroup(connection) is null
            || call.State.Find(connection.ToString()) is not { } found)
        {
            return ResourceReader.Get(call, connection);
        }
        return call.Method switch
        {
            "GET" => call.Reply(200, Show(found)),
            "PUT" => Put(call, connection, found),
            _ => ArmFace.NotAllowed(call),
        };
    }

    public static JsonObject Show(ArmResource connection) =>
        new() { ["value"] = connection.SharedKey, ["id"] = $"{connection.Id}/sharedkey" };

    private static WireReply Put(ArmCall call, ResourceId id, ArmResource connection)
    {
        var key = Json.ReadObject(call.Request.BodyText).Text("value");
        var locks = AllKinds.Connections.Locks(id, connection.Properties).ToList();
        var error = key is null ? ArmError.Format("value", "Value for shared key is missing.")
            : IpsecConnectionRules.SharedKeyProblem(key)
                ?? (call.State.Holder(locks) is { } holder ? ArmError.Busy(call.StatusUrl(holder)) : null);
        if (error is not null)
        {
            return call.Refuse(error);
        }
        connection.SharedKey = key;
        connection.State = "Updating";
        connection.LastOperation = "PutVirtualNetworkGatewayConnectionSharedKeyOperation";
        call.State.Stamp(call.World, connection);
        var operation = Operations.Begin(
            call, OperationVerb.Put, connection.LastOperation, connection.Id, connection.Location,
            call.World.Take(Durations.ConnectionWrite, $"{connection.Id}/sharedkey"), locks);
        call.World.Touch();
        return call.Reply(200, Show(connection), call.Follow(operation, withLocation: false));
    }
}
