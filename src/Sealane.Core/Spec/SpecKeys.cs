using System.Collections.Frozen;
using Sealane.Core.Spec.Keys;

namespace Sealane.Core.Spec;

/// <summary>Every key that a spec may hold, in the order in which one writes them.</summary>
public static class SpecKeys
{
    /// <summary>The version of the file's layout; raised when a file of before would be read differently.</summary>
    public const long Version = 1;

    public static IReadOnlyList<SpecKey> All { get; } =
    [
        new("sealane", SpecKeyKind.Number, "Version of this file's layout.")
        {
            Required = true, Min = Version, Max = Version, Example = "1",
        },
        new("name", SpecKeyKind.Text,
            "Name of the link. The clouds' objects are named after it and found again by it: never change it.")
        {
            Required = true, Form = TextForms.LinkName, Example = "sydney",
        },
        new("resilience", SpecKeyKind.Text,
            "How much of the link is there twice. single: one of everything, as in the guide; paths: both paths of the "
            + "circuit, each with a cross connect; routers: two routers, each with a cross connect to AWS and to one "
            + "path of the circuit; locations: two routers at two sites, each with a circuit of its own.")
        {
            Words = ["single", "paths", "routers", "locations"], Form = TextForms.Word, Example = "paths",
            Default = "single",
        },
        new("tags", SpecKeyKind.TextMap,
            "Tags besides Sealane's own on every object that it makes and that can carry tags, in all three clouds. "
                + "One "
            + "that is missing or differs is put right in place; others are left alone, and so is one that no longer "
            + "stands here.")
        {
            Names = TextForms.TagName, Form = TextForms.TagValue, Example = "Owner=net,CostCenter=42",
            MaxItems = 40, NumberIsFine = true,
        },
        new("existing", SpecKeyKind.TextMap,
            "Objects that exist already, by what plan and status call them, each with the cloud's own id. They are "
                + "used as they are: never deleted, renamed or tagged, and changed only where changeUsed names them.")
        {
            Names = TextForms.ObjectName, Form = TextForms.CloudId,
            Example = "aws/vpc-attachment=tgw-attach-0123456789abcdef0,megaport/aws-vxc="
                + "11111111-2222-4333-8444-555555555555",
            NumberIsFine = true,
        },
        new("changeUsed", SpecKeyKind.TextList,
            "Used objects that apply may change in place, by what plan and status call them; destroy restores them: a "
                + "block on aws/transit-gateway that has none, allowed prefixes on aws/dx-association, subnets on "
                + "aws/vpc-attachment, gateway transit on azure/hub-peering-KEY and azure/spoke-peering-KEY.")
        {
            Form = TextForms.ObjectName, Example = "aws/vpc-attachment",
        },
        .. AwsKeys.All,
        .. AzureKeys.All,
        .. MegaportKeys.All,
        .. OverlayKeys.All,
        .. OtherKeys.All,
    ];

    private static readonly FrozenDictionary<string, SpecKey> ByPath =
        All.ToFrozenDictionary(key => key.Path, StringComparer.Ordinal);

    private static readonly ILookup<string, SpecKey> ByParent = All.ToLookup(key => key.Parent, StringComparer.Ordinal);

    public static SpecKey? Find(string path) => ByPath.GetValueOrDefault(path);

    /// <summary>Keys directly inside a section; "" is the top of the file, <c>tunnels[]</c> an item of that
    /// list.</summary>
    public static IEnumerable<SpecKey> ChildrenOf(string section) => ByParent[section];
}
