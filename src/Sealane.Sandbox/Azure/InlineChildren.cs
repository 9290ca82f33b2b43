using System.Text.Json.Nodes;
using Sealane.Sandbox.Azure.Kinds;

namespace Sealane.Sandbox.Azure;

/// <summary>
/// Children in the body of their parent's PUT: subnets of a VNet, peerings of a circuit. The PUT replaces all of them:
/// one that is not named is deleted (terraform-provider-azurerm #3496: circuit peerings lost).
/// </summary>
internal sealed class InlineChildren
{
    private readonly List<(ResourceKind Kind, PutRequest Put)> _named = [];
    private readonly List<ArmResource> _dropped = [];
    private readonly AzureState _state;
    private ArmError? _malformed;

    private InlineChildren(AzureState state) => _state = state;

    public static InlineChildren Of(PutRequest parent, ResourceKind parentKind)
    {
        var children = new InlineChildren(parent.State);
        foreach (var (member, kind) in parentKind.Inline)
        {
            children.Read(parent, member, kind);
        }
        return children;
    }

    public ArmError? Problem()
    {
        foreach (var (kind, put) in _named)
        {
            var error = RequestReader.FormProblem(put, kind) ?? ResourceWriter.ReferenceProblem(put, kind)
                ?? kind.Problems(put).FirstOrDefault();
            if (error is not null)
            {
                return error;
            }
        }
        return _malformed ?? _dropped.Select(child => AllKinds.Of(child).RefusesDelete(_state, child))
            .FirstOrDefault(error => error is not null);
    }

    /// <summary>Children follow their parent: Updating until its operation ends.</summary>
    public void Write(ArmResource parent)
    {
        foreach (var child in _dropped)
        {
            _state.Remove(child);
        }
        foreach (var (kind, put) in _named)
        {
            var id = ResourceId.Read(parent.Id)!.Child(kind.Type.Split('/')[^1], put.Id.Name);
            var child = put.Existing ?? _state.Add(put.World, id, null, []);
            child.Body = RequestReader.Kept(put, kind);
            child.State = "Updating";
            child.LastOperation = $"Put{kind.Noun}Operation";
            kind.Written(put, child);
            _state.Stamp(put.World, child);
        }
    }

    private void Read(PutRequest parent, string member, ResourceKind kind)
    {
        var items = parent.Properties.Items(member);
        var bodies = items.OfType<JsonObject>().Where(item => item.Text("name") is not null).ToList();
        if (bodies.Count < items.Count)
        {
            _malformed = ArmError.Format($"properties.{member}", "Value for resource name is missing.");
        }
        foreach (var body in bodies)
        {
            var name = body.Text("name")!;
            if (bodies.Count(other => ResourceId.Same(other.Text("name"), name)) > 1)
            {
                _malformed = ArmError.Format($"properties.{member}", $"Resource name {name} is not unique.");
            }
            var id = parent.Id.Child(kind.Type.Split('/')[^1], name);
            _named.Add((kind, new(parent.Call, id, parent.State.Find(id.ToString()), body)
            {
                ParentProperties = parent.Properties,
                Siblings = [.. bodies.Where(other => other != body)],
            }));
        }
        if (parent.Existing is { } existing)
        {
            _dropped.AddRange(_state.Children(existing, kind)
                .Where(child => !bodies.Any(body => ResourceId.Same(body.Text("name"), child.Name))));
        }
    }
}
