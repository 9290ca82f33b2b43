using Sealane.Clouds.Aws;
using Sealane.Clouds.Azure;
using Sealane.Core.Design;
using Sealane.Core.Reconcile;

namespace Sealane.Clouds.Used;

/// <summary>
/// What used objects were, as tags on the link's first circuit of its own; where it has none, on the used object
/// itself.
/// </summary>
/// <param name="aws">Null where no object of AWS is asked about.</param>
public sealed class UsedNotes(NetworkDesign design, ArmClient arm, AwsClients? aws = null)
{
    /// <summary>Longest value of a tag
    /// (https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources); EC2's is the same
    /// (https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html).</summary>
    private const int ValueMax = 256;

    private readonly AzureIds _ids = new(design);

    /// <summary>Those of an earlier spec too.</summary>
    private IReadOnlyList<CircuitDesign> Circuits => field ??= FormerParts.Of(design).Circuits;

    private AwsClients Aws => aws ?? throw new InvalidOperationException("no object of AWS is asked about here");

    private CircuitDesign? Own { get; } = design.Circuits.FirstOrDefault(circuit => !IsUsed(design, circuit));

    /// <summary>What the link makes before anything is written; nothing where that is somebody else's.</summary>
    public IReadOnlyList<ObjectRef> Made => Own is null ? [] : [ExpressRouteCircuit.Ref(Own)];

    /// <summary>No object of the link's own holds them, and would refuse to go while there is one.</summary>
    public bool AreOnUsed => Own is null;

    /// <summary>What is written of an object; null where nothing is.</summary>
    /// <param name="knows">Whether a value can be one of this object.</param>
    public Task<UsedNote?> Read(string name, Func<string, bool>? knows, CancellationToken ct) =>
        Read(name, (bearer, _) => bearer.Tags(ct), knows);

    /// <summary>The same before anything is written.</summary>
    public Task<UsedNote?> ReadSettled(string name, Func<string, bool> knows, CancellationToken ct) =>
        Read(name, (bearer, isWritten) => isWritten ? bearer.Settled(ct) : bearer.Tags(ct), knows);

    /// <summary>Returns when the note is seen to be written: the object is changed only then.</summary>
    public async Task Write(string name, UsedNote note, CancellationToken ct)
    {
        var bearer = Bearers(name, null).FirstOrDefault() ?? throw new StepRefused(
            $"the link has nothing that could say what {name} was before. Nothing was changed");
        var wanted = note.Tags(bearer.KeyOf(name));
        if (wanted.Values.FirstOrDefault(value => value.Length > ValueMax) is { } tooLong)
        {
            throw new StepRefused($"what it was before cannot be written down: a tag's value takes {ValueMax} "
                + $"characters, and this has {tooLong.Length}. Nothing was changed");
        }
        if (Has(await bearer.Settled(ct).ConfigureAwait(false), wanted))
        {
            return;
        }
        await bearer.Put(wanted, ct).ConfigureAwait(false);
        if (!Has(await bearer.Tags(ct).ConfigureAwait(false), wanted))
        {
            throw bearer.Busy("tags of", $"the tags that say what the used {name} was before do not show yet");
        }
    }

    public Task Forget(string name, CancellationToken ct) => Forget(name, null, ct);

    /// <summary>Objects that are the link's own now are not restored any more, nor is what two of them have between
    /// them.</summary>
    /// <param name="ids">Cloud ids by the objects' names in plan and status.</param>
    public async Task Adopted(IReadOnlyDictionary<string, string> ids, CancellationToken ct)
    {
        foreach (var (name, id) in ids)
        {
            await Forget(name, id, ct).ConfigureAwait(false);
            if (name == TransitGateway.Ref.Id || name == DxGateway.Ref.Id)
            {
                await Forget(DxAssociation.Ref.Id, name == TransitGateway.Ref.Id ? id : null, ct)
                    .ConfigureAwait(false);
            }
        }
    }

    /// <summary>Calls that write down what an object was.</summary>
    public IReadOnlyList<string> Operations(string name, Cloud cloud) =>
        Bearers(name, null).FirstOrDefault() is { } bearer && bearer.Cloud == cloud ? bearer.Operations : [];

    /// <summary>The object of others in Azure whose tags say what this one was; null where it is another.</summary>
    public string? TaggedInAzure(string name) =>
        Own is null && name.StartsWith("azure/", StringComparison.Ordinal) ? IdOf(name) : null;

    private async Task Forget(string name, string? id, CancellationToken ct)
    {
        foreach (var bearer in Bearers(name, id))
        {
            var keys = UsedNote.TagsOf(bearer.KeyOf(name));
            bool IsNote(KeyValuePair<string, string> tag) => keys.Contains(tag.Key, StringComparer.OrdinalIgnoreCase);
            if ((await bearer.Tags(ct).ConfigureAwait(false)).Where(IsNote).ToDictionary() is { Count: > 0 } written)
            {
                await bearer.Remove(written, ct).ConfigureAwait(false);
            }
        }
    }

    private async Task<UsedNote?> Read(
        string name, Func<NoteBearer, bool, Task<IReadOnlyDictionary<string, string>>> tags, Func<string, bool>? knows)
    {
        foreach (var (at, bearer) in Bearers(name, null).Index())
        {
            if (UsedNote.Read(bearer.KeyOf(name), bearer, await tags(bearer, at == 0).ConfigureAwait(false), knows)
                is { } note)
            {
                return note;
            }
        }
        return null;
    }

    /// <summary>The first is written on. The others may tell from when the spec was another: further circuits that are,
    /// were or can be the link's own, and the object itself.</summary>
    private List<NoteBearer> Bearers(string name, string? id)
    {
        var itself = (id ?? IdOf(name)) is { } theirs ? On(name, theirs) : null;
        var circuits = Circuits.OrderBy(circuit => circuit.Key == Own?.Key ? 0 : 1)
            .Select(circuit => new CircuitNotes(arm, _ids.OwnCircuit(circuit), design.Name));
        return [.. (Own is null ? circuits.Prepend(itself) : circuits.Append(itself)).OfType<NoteBearer>()];
    }

    /// <summary>A peering's VNet and an association's transit gateway: these two bear no tags.</summary>
    private string? IdOf(string name) =>
        name == TransitGateway.Ref.Id || name == DxAssociation.Ref.Id ? design.TransitGateway.ExistingId
        : name == VpnGateway.Ref.Id ? design.VpnGateway.ExistingId
        : design.Vnets.Any(spoke => SpokePeering.Ref(spoke).Id == name)
            ? _ids.Vnet(design.Vnets.First(spoke => SpokePeering.Ref(spoke).Id == name))
        : design.Vnets.Any(spoke => HubPeering.Ref(spoke).Id == name)
            ? _ids.Vnet(design.Vnets.First(vnet => vnet.Key.IsNone))
        : design.Link.Existing.GetValueOrDefault(name);

    /// <summary>Null where it is of a kind that is not changed in place.</summary>
    private NoteBearer? On(string name, string id)
    {
        if (id.StartsWith('/'))
        {
            return new ArmNotes(arm, id, design.Name);
        }
        if (design.Vpcs.FirstOrDefault(vpc => VpcAttachment.Ref(vpc).Id == name) is { } vpc)
        {
            var ec2 = Aws.Of(vpc).Ec2;
            return new Ec2Notes(ec2, id, design.Name, async ct =>
                (await ec2.FindVpcAttachment(id, ct).ConfigureAwait(false))?.Tags);
        }
        return name != TransitGateway.Ref.Id && name != DxAssociation.Ref.Id ? null
            : new Ec2Notes(Aws.Ec2, id, design.Name, async ct =>
                (await Aws.Ec2.FindTransitGateway(id, ct).ConfigureAwait(false))?.Tags);
    }

    private static bool IsUsed(NetworkDesign design, CircuitDesign circuit) =>
        design.Link.Existing.ContainsKey(ExpressRouteCircuit.Ref(circuit).Id);

    private static bool Has(IReadOnlyDictionary<string, string> tags, IReadOnlyDictionary<string, string> wanted) =>
        wanted.All(tag => tags.GetValueOrDefault(tag.Key) == tag.Value);
}
