using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

public sealed class MegaportState : ICloudState
{
    public IEnumerable<Entity> Entities => [];

    public void Reached(SandboxWorld world, Entity entity, string state)
    {
    }

    public void Remove(Entity entity)
    {
    }
}
