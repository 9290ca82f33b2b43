using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws;

public sealed class AwsState : ICloudState
{
    public IEnumerable<Entity> Entities => [];

    public void Reached(SandboxWorld world, Entity entity, string state)
    {
    }

    public void Remove(Entity entity)
    {
    }
}
