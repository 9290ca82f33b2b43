using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Azure;

public sealed class AzureState : ICloudState
{
    public IEnumerable<Entity> Entities => [];

    public void Reached(SandboxWorld world, Entity entity, string state)
    {
    }

    public void Remove(Entity entity)
    {
    }
}
