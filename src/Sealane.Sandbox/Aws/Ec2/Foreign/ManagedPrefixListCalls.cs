using System.Globalization;
using System.Xml.Linq;
using static Sealane.Sandbox.Aws.Ec2.Ec2Xml;

namespace Sealane.Sandbox.Aws.Ec2.Foreign;

/// <summary>Prefix lists that a customer manages, with their entries.</summary>
/// <remarks>https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateManagedPrefixList.html</remarks>
internal static class ManagedPrefixListCalls
{
    public static IReadOnlyList<Ec2Operation> All { get; } =
    [
        new("CreateManagedPrefixList",
            "*PrefixListName *MaxEntries:integer *AddressFamily:IPv4|IPv6 ClientToken Entry.N.Cidr Entry.N.Description"
            + Ec2Operation.TagSpecification, Create),
        new("DescribeManagedPrefixLists", "PrefixListId.N" + Ec2Operation.Filters + Ec2Operation.Page, Describe),
        new("GetManagedPrefixListEntries", "*PrefixListId TargetVersion:long" + Ec2Operation.Page, Entries),
        new("ModifyManagedPrefixList",
            "*PrefixListId CurrentVersion:long PrefixListName MaxEntries:integer AddEntry.N.Cidr "
            + "AddEntry.N.Description RemoveEntry.N.Cidr", Modify),
        new("DeleteManagedPrefixList", "*PrefixListId", Delete),
    ];

    private static readonly Ec2Filters<ManagedPrefixList> Filters = new(l => l.Tags)
    {
        ["owner-id"] = (call, _) => [call.State.CallerAccount],
        ["prefix-list-id"] = (_, l) => [l.Id],
        ["prefix-list-name"] = (_, l) => [l.Name],
    };

    private static IEnumerable<XElement?> Create(Ec2Call call)
    {
        var tags = Ec2Tags.Specified(call, "TagSpecification", "prefix-list");
        var family = call.Parameters.Required("AddressFamily");
        var list = new ManagedPrefixList
        {
            Id = call.State.NewId(call.World, "pl-", call.Parameters.Required("PrefixListName")),
            Region = call.Region,
            State = "create-complete",
            CreatedAt = call.World.Now,
            ChangedAt = call.World.Now,
            Tags = tags,
            Name = call.Parameters.Required("PrefixListName"),
            AddressFamily = family,
            MaxEntries = call.Parameters.Integer("MaxEntries") ?? 1,
            Entries = [.. call.Parameters.Items("Entry").Select(entry => Entry(entry, family))],
        };
        Check(list);
        call.State.PrefixLists.Add(list);
        return [Element(call, list, "prefixList")];
    }

    private static IEnumerable<XElement?> Describe(Ec2Call call)
    {
        var (items, next) = call.Page(Filters.Apply(
            call, call.Listed(call.State.PrefixLists, "PrefixListId", Ec2Id.PrefixList)), most: 100);
        return [Text("nextToken", next), Set("prefixListSet", items.Select(l => Element(call, l, "item")))];
    }

    private static IEnumerable<XElement?> Entries(Ec2Call call)
    {
        var (items, next) = call.Page(Named(call).Entries, most: 100);
        return
        [
            Set("entrySet", items.Select(e => Item(Text("cidr", e.Cidr), Text("description", e.Description)))),
            Text("nextToken", next),
        ];
    }

    private static IEnumerable<XElement?> Modify(Ec2Call call)
    {
        var list = Named(call);
        if (call.Parameters.Long("CurrentVersion") is { } version && version != list.Version)
        {
            throw AwsRefusal.Ec2("PrefixListVersionMismatch",
                string.Create(CultureInfo.InvariantCulture, $"The prefix list has the version number {list.Version}."));
        }
        var removed = call.Parameters.Items("RemoveEntry").Select(entry => entry.Required("Cidr")).ToList();
        var added = call.Parameters.Items("AddEntry").Select(entry => Entry(entry, list.AddressFamily));
        list.Name = call.Parameters.Text("PrefixListName") ?? list.Name;
        list.MaxEntries = call.Parameters.Integer("MaxEntries") ?? list.MaxEntries;
        list.Entries = [.. list.Entries.Where(entry => !removed.Contains(entry.Cidr)), .. added];
        Check(list);
        list.Version++;
        list.State = "modify-complete";
        return [Element(call, list, "prefixList")];
    }

    private static IEnumerable<XElement?> Delete(Ec2Call call)
    {
        var list = Named(call);
        if (call.State.VpcRouteTables.Any(table => table.Routes.Any(route => route.Destination == list.Id))
            || call.State.RouteTables.Any(table => table.PrefixListReferences.Any(one => one.PrefixListId == list.Id)))
        {
            throw AwsRefusal.Ec2("DependencyViolation", $"The prefix list {list.Id} is in use.");
        }
        call.State.PrefixLists.Remove(list);
        list.State = "delete-in-progress";
        return [Element(call, list, "prefixList")];
    }

    private static ManagedPrefixList Named(Ec2Call call) =>
        call.Find(call.State.PrefixLists, call.Parameters.Required("PrefixListId"), Ec2Id.PrefixList);

    private static PrefixListEntry Entry(Ec2Parameters written, string family) =>
        Cidr.Canonical(written.Required("Cidr")) is { } cidr && Cidr.IsIpv6(cidr) == (family == "IPv6")
            ? new(cidr, written.Text("Description"))
            : throw AwsRefusal.Value(written.Required("Cidr"), "Cidr");

    private static void Check(ManagedPrefixList list)
    {
        if (list.Entries.Count > list.MaxEntries)
        {
            throw AwsRefusal.Ec2("PrefixListMaxEntriesExceeded", "You have reached the maximum number of entries.");
        }
    }

    private static XElement Element(Ec2Call call, ManagedPrefixList list, string name) => Group(name,
        Text("prefixListId", list.Id),
        Text("addressFamily", list.AddressFamily),
        Text("state", list.State),
        Text("prefixListArn", $"arn:aws:ec2:{list.Region}:{call.State.CallerAccount}:prefix-list/{list.Id}"),
        Text("prefixListName", list.Name),
        Number("maxEntries", list.MaxEntries),
        Number("version", list.Version),
        Tags(list.Tags),
        Text("ownerId", call.State.CallerAccount));
}
