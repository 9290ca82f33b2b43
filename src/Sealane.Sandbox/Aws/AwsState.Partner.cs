using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

/// <summary>What Megaport does in the account as a Direct Connect partner.</summary>
public sealed partial class AwsState
{
    public string OfferHostedConnection(
        SandboxWorld world, string ownerAccount, string name, string region, string location, int rateMbps, int vlan)
    {
        ArgumentNullException.ThrowIfNull(world);
        var connection = new DxConnection
        {
            Id = NewDxId(world, "dxcon-", name),
            Region = region,
            OwnerAccount = ownerAccount,
            Name = name,
            Location = location,
            RateMbps = rateMbps,
            Vlan = vlan,
            AwsDevice = $"{location}-{world.Alphanumeric($"aws/device/{location}", 10)}",
            State = "ordering",
            CreatedAt = world.Now,
            ChangedAt = world.Now,
        };
        Connections.Add(connection);
        if (ownerAccount != Account)
        {
            Owners[connection.Id] = ownerAccount;
        }
        world.Touch();
        return connection.Id;
    }

    public bool HasVirtualInterface(string connectionId) =>
        Vifs.Any(vif => vif.ConnectionId == connectionId && vif.State != "deleted");

    public void WithdrawHostedConnection(SandboxWorld world, string connectionId)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (Connections.FirstOrDefault(c => c.Id == connectionId) is { IsLive: true } connection)
        {
            Delete(world, connection, Durations.ConnectionDelete);
            world.Touch();
        }
    }
}
