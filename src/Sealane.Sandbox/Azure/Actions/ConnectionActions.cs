using System.Globalization;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure.Actions;

/// <summary>IKE of a connection, and its new key.</summary>
internal static class ConnectionActions
{
    /// <summary>A text that itself is JSON: its form is not documented, so clients must not depend on it.</summary>
    public static string IkeSas(SandboxWorld world, ArmResource connection)
    {
        var policy = connection.Properties.Items("ipsecPolicies") is [{ } first, ..] ? first : null;
        var local = world.Azure.Find(connection.Properties.Text("localNetworkGateway2", "id"));
        if (world.Net.ConnectionStatus(connection.Id) != "Connected")
        {
            return "[]";
        }
        return new JsonArray(new JsonObject
        {
            ["RemoteEndpoint"] = local?.Properties.Text("gatewayIpAddress"),
            ["Initiator"] = connection.Properties.Text("connectionMode") != "ResponderOnly",
            ["CipherAlgorithm"] = policy.Text("ikeEncryption") ?? "AES256",
            ["IntegrityAlgorithm"] = policy.Text("ikeIntegrity") ?? "SHA256",
            ["DhGroup"] = policy.Text("dhGroup") ?? "DHGroup2",
            ["QuickModeSa"] = new JsonArray(new JsonObject
            {
                ["Cipher"] = policy.Text("ipsecEncryption") ?? "GCMAES256",
                ["Integrity"] = policy.Text("ipsecIntegrity") ?? "GCMAES256",
                ["PfsGroup"] = policy.Text("pfsGroup") ?? "None",
                ["LifetimeInSeconds"] = policy.Number("saLifeTimeSeconds") ?? 27000,
            }),
        }).ToJsonString();
    }

    public static JsonObject ResetKey(SandboxWorld world, ArmResource connection, string keyLength)
    {
        var length = int.Parse(keyLength, CultureInfo.InvariantCulture);
        var made = string.Concat(Enumerable.Range(0, (length / 32) + 1)
            .Select(_ => world.Alphanumeric($"shared-key/{world.Azure.Sequence++}/{connection.Id}", 32)));
        connection.SharedKey = made[..length];
        world.Azure.Stamp(world, connection);
        return new() { ["keyLength"] = length };
    }
}
