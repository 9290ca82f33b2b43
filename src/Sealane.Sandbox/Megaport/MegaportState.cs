using System.Text.Json.Serialization;
using Sealane.Core.Design;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>
/// What exists at Megaport: a catalogue that everybody sees, and one company's services. All of it is plain data, so
/// that the world computes sessions and routes from it and can be stored.
/// </summary>
public sealed class MegaportState : ICloudState
{
    public string CompanyUid { get; set; } = CatalogueUid.Of("company");
    public string CompanyName { get; set; } = "Sealane Sandbox";

    /// <summary>The staging environment: the same API, but no looking glass.</summary>
    public bool Staging { get; set; }
    public List<Location> Locations { get; set; } = [];
    public List<PartnerPort> PartnerPorts { get; set; } = [];
    public List<AzurePort> AzurePorts { get; set; } = [];

    /// <summary>Also the ended ones: the real list shows them for ever.</summary>
    public List<Mcr> Mcrs { get; set; } = [];
    public List<Vxc> Vxcs { get; set; } = [];
    public List<PrefixFilterList> PrefixLists { get; set; } = [];
    public List<ServiceKey> ServiceKeys { get; set; } = [];

    /// <summary>What is announced about services of this company.</summary>
    public List<MaintenanceEvent> Maintenance { get; set; } = [];
    public List<OutageEvent> Outages { get; set; } = [];

    /// <summary>Other customers' VXCs on circuits of this subscription: whoever has the service key can order
    /// one.</summary>
    public List<ForeignVxc> ForeignVxcs { get; set; } = [];

    /// <summary>Accepted changes of a VXC's A-end that the network does not have yet.</summary>
    public List<VxcEdit> Edits { get; set; } = [];
    public List<CircuitRelease> Releases { get; set; } = [];
    public List<Diagnostic> Diagnostics { get; set; } = [];
    public MegaportVariants Variants { get; set; } = new();

    /// <summary>Instead of the world's AWS, for tests of Megaport alone.</summary>
    [JsonIgnore]
    internal IDirectConnectPartner? DirectConnect { get; set; }

    /// <summary>Instead of the world's Azure, for tests of Megaport alone.</summary>
    [JsonIgnore]
    internal IExpressRouteProvider? ExpressRoute { get; set; }

    /// <summary>The last number given out: product ids, prefix list ids, diagnostics.</summary>
    public int LastNumber { get; set; } = 185000;

    public IEnumerable<Entity> Entities => [.. Mcrs, .. Vxcs, .. Edits, .. Releases];

    /// <summary>The world before the link: see <see cref="Catalogue"/>.</summary>
    public static MegaportState Of(NetworkDesign design) => Catalogue.StateOf(design);

    public int NextNumber() => ++LastNumber;

    public Location? LocationOf(int id) => Locations.Find(location => location.Id == id);

    public Mcr? FindMcr(string uid) => Mcrs.Find(mcr => SameUid(mcr.Id, uid));

    public Vxc? FindVxc(string uid) => Vxcs.Find(vxc => SameUid(vxc.Id, uid));

    public PrefixFilterList? FindPrefixList(string mcrUid, int number) =>
        PrefixLists.Find(list => list.Number == number && SameUid(list.McrUid, mcrUid));

    /// <summary>VXCs of an MCR that have not ended.</summary>
    public IEnumerable<Vxc> VxcsOf(string mcrUid) => Vxcs.Where(vxc => SameUid(vxc.McrUid, mcrUid) && !vxc.Ended);

    /// <summary>Services that cost money: not yet ended.</summary>
    public IEnumerable<string> Billed =>
        [.. Mcrs.Where(mcr => !mcr.Ended).Select(mcr => mcr.Name),
            .. Vxcs.Where(vxc => !vxc.Ended).Select(vxc => vxc.Name)];

    public void Reached(SandboxWorld world, Entity entity, string state)
    {
        switch (entity)
        {
            case Mcr mcr when state == ProductStatus.Live:
                mcr.LiveAt ??= world.Now;
                break;
            case Vxc vxc:
                Provisioning.Reached(world, vxc, state);
                break;
            case VxcEdit edit:
                Edits.Remove(edit);
                if (FindVxc(edit.VxcUid) is { Ended: false } edited)
                {
                    edited.Interfaces = edit.Interfaces;
                }
                break;
            case CircuitRelease release:
                Releases.Remove(release);
                Provisioning.Release(world, release);
                break;
        }
    }

    public void Remove(Entity entity)
    {
        switch (entity)
        {
            case Mcr mcr:
                Mcrs.Remove(mcr);
                break;
            case Vxc vxc:
                Vxcs.Remove(vxc);
                break;
            case VxcEdit edit:
                Edits.Remove(edit);
                break;
            case CircuitRelease release:
                Releases.Remove(release);
                break;
        }
    }

    internal static bool SameUid(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
