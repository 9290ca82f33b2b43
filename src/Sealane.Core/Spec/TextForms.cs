using Sealane.Core.Places;

namespace Sealane.Core.Spec;

/// <summary>The forms that keys of the spec use. What a value means is the checks' business; here only how it
/// looks.</summary>
internal static class TextForms
{
    private const string Octets = "([0-9]{1,3}\\.){3}[0-9]{1,3}";
    private const string HexId = "([0-9a-f]{8}|[0-9a-f]{17})$";

    public static TextForm LinkName { get; } = new(
        "1 to 24 lower-case letters, digits and hyphens, beginning with a letter", "^[a-z]([a-z0-9-]{0,22}[a-z0-9])?$")
    {
        Meant = static text => Fits(LinkName!, text.ToLowerInvariant().Replace(' ', '-').Replace('_', '-')),
    };

    public static TextForm PartKey { get; } = new(
        "1 to 12 lower-case letters and digits, beginning with a letter", "^[a-z][a-z0-9]{0,11}$");

    public static TextForm Prefix { get; } = new(
        "an IPv4 prefix such as 10.1.0.0/16", $"^{Octets}/[0-9]{{1,2}}$")
    {
        Further = static text => InterfaceAddress.TryParse(text, out var both)
            ? both.Network.Network == both.Address ? null : "has host bits set"
            : "must be an IPv4 prefix such as 10.1.0.0/16",
        Meant = static text => InterfaceAddress.TryParse(text, out var both) ? $"write {both.Network}"
            : Ipv4.TryParse(text, out var single) ? $"add the length of the prefix: {single}/32 for one address" : null,
    };

    public static TextForm InterfaceAddress30 { get; } = new(
        "an IPv4 address with its mask, such as 192.168.100.1/30", $"^{Octets}/[0-9]{{1,2}}$")
    {
        Further = static text => InterfaceAddress.TryParse(text, out _)
            ? null : "must be an IPv4 address with its mask, such as 192.168.100.1/30",
        Meant = static text => Ipv4.TryParse(text, out var single) ? $"add the mask: {single}/30" : null,
    };

    public static TextForm AwsAccount { get; } = new("an AWS account: 12 digits, in quotes", "^[0-9]{12}$")
    {
        Meant = static text => Fits(AwsAccount!, text.Replace("-", "", StringComparison.Ordinal)),
    };

    public static TextForm AwsRegion { get; } = new(
        "an AWS region such as ap-southeast-2", "^[a-z]{2,4}(-[a-z]+)+-[1-9][0-9]?$")
    {
        Meant = static text => text.Length > 1 && char.IsAsciiLetter(text[^1])
            && Fits(AwsRegion!, text[..^1]) is not null
            ? $"{text} looks like an availability zone; the region is {text[..^1]}"
            : Nearest.Question(text, [.. KnownPlaces.AwsRegions.Places.Select(region => region.Code)]),
    };

    public static TextForm VpcId { get; } = new("a VPC id such as vpc-0a1b2c3d4e5f60718", "^vpc-" + HexId);
    public static TextForm SubnetId { get; } = new("a subnet id such as subnet-0a1b2c3d4e5f60718", "^subnet-" + HexId);
    public static TextForm RouteTableId { get; } = new("a route table id such as rtb-0a1b2c3d4e5f60718",
        "^rtb-" + HexId);
    public static TextForm ObjectName { get; } = new(
        "an object as plan and status name it, such as aws/vpc-attachment", "^[a-z]+/[a-z0-9-]{1,60}$");
    public static TextForm CloudId { get; } = new("a cloud's own id of an object", "^[A-Za-z0-9/._()=-]{1,500}$");
    public static TextForm TransitGatewayId { get; } = new(
        "a transit gateway id such as tgw-0a1b2c3d4e5f60718", "^tgw-" + HexId);

    public static TextForm Guid { get; } = new(
        "a GUID such as 01234567-89ab-cdef-0123-456789abcdef",
        "^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$");

    public static TextForm AzureRegion { get; } = new(
        "an Azure region in its short form, such as australiaeast", "^[a-z][a-z0-9]{2,29}$")
    {
        Meant = static text => Nearest.Question(
            text, [.. KnownPlaces.AzureRegions.Places.Select(region => region.Name)]),
    };

    public static TextForm ResourceGroup { get; } = new(
        "a resource group name: 1 to 90 letters, digits, and . _ - ( ), not ending in a dot",
        "^[A-Za-z0-9._()-]{0,89}[A-Za-z0-9_()-]$");

    public static TextForm AzureName { get; } = new(
        "an Azure name: 1 to 80 letters, digits, and . _ -, beginning with a letter or digit, not ending in . or -",
        "^[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$");

    /// <summary>A name in the link's resource group, or where it lies in another group or subscription.</summary>
    /// <remarks>https://learn.microsoft.com/rest/api/virtualnetwork/virtual-networks/get</remarks>
    public static TextForm Vnet { get; } = new(
        "a VNet's name in the resource group, or its full id: /subscriptions/…/resourceGroups/…/providers/"
            + "Microsoft.Network/virtualNetworks/NAME",
        "^(/subscriptions/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/resourceGroups/[A-Za-z0-9._()-]{1,90}"
            + "/providers/Microsoft[.]Network/virtualNetworks/)?[A-Za-z0-9]([A-Za-z0-9._-]{0,78}[A-Za-z0-9_])?$");

    /// <remarks>https://learn.microsoft.com/rest/api/network-gateway/virtual-network-gateways/get</remarks>
    public static TextForm GatewayId { get; } = new(
        "the full id of a virtual network gateway: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/"
            + "virtualNetworkGateways/NAME",
        "^/subscriptions/[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}/resourceGroups/[A-Za-z0-9._()-]{1,90}"
            + "/providers/Microsoft[.]Network/virtualNetworkGateways/[A-Za-z0-9][A-Za-z0-9._-]{0,79}$");

    public static TextForm AwsName { get; } = new(
        "a name of 1 to 100 letters, digits, spaces, and . _ -", "^[A-Za-z0-9]([A-Za-z0-9 ._-]{0,98}[A-Za-z0-9._-])?$");

    public static TextForm MegaportName { get; } = new(
        "a name of 1 to 64 letters, digits, spaces, and _ -", "^[A-Za-z0-9]([A-Za-z0-9 _-]{0,62}[A-Za-z0-9_-])?$");

    public static TextForm Label { get; } = new("a text of 1 to 100 characters", "^.{1,100}$");
    public static TextForm CostCentre { get; } = new("a text of at most 255 characters", "^.{0,255}$");

    private static readonly string[] Reserved = ["aws:", "azure", "microsoft", "windows"];

    /// <summary>What all three clouds take; the reserved beginnings are AWS's and Azure's.</summary>
    /// <remarks>
    /// https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions,
    /// https://docs.aws.amazon.com/directconnect/latest/APIReference/API_Tag.html,
    /// https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources. Megaport publishes no limits.
    /// </remarks>
    public static TextForm TagName { get; } = new(
        "a tag's name of 1 to 128 letters, digits, spaces, and _ . : = + - @", "^[\\p{L}\\p{N} _.:=+@-]{1,128}$")
    {
        Further = static text => text == "Name" ? "is the tag by which AWS shows an object's name"
            : text.StartsWith("sealane", StringComparison.OrdinalIgnoreCase)
            ? "begins like the tags by which Sealane finds its own objects"
            : Reserved.FirstOrDefault(word => text.StartsWith(word, StringComparison.OrdinalIgnoreCase)) is { } word
            ? $"begins with {word}, which the cloud keeps for itself" : null,
    };

    public static TextForm TagValue { get; } = new(
        "a text of 1 to 256 letters, digits, spaces, and _ . : = + - @ /", "^[\\p{L}\\p{N} _.:=+@/-]{1,256}$");

    /// <remarks>https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources</remarks>
    public static TextForm AzureTagName { get; } = new(
        "a tag's name of 1 to 512 characters without < > % & \\ ? /", "^[^<>%&\\\\?/]{1,512}$")
    {
        Further = static text => text.Equals("sealane", StringComparison.OrdinalIgnoreCase)
            ? "is the tag by which Sealane finds its own objects" : null,
    };
    public static TextForm AzureTagValue { get; } = new("a text of at most 256 characters", "^.{0,256}$");

    public static TextForm Word { get; } = new("one word of letters, digits and hyphens", "^[A-Za-z0-9-]{1,30}$");

    public static TextForm SecretReference { get; } = new(
        "env:NAME or file:PATH, never the key itself", "^(env:[A-Za-z_][A-Za-z0-9_]*|file:.+)$");

    public static TextForm Url { get; } = new(
        "a URL that begins with https:// (http:// on this machine only) and holds no user name", "^https?://[^ @]+$")
    {
        Further = static text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Host.Length > 0
            ? null : "must be a URL with a host name",
    };

    public static TextForm CheckId { get; } = new("the id of a check, such as SL501", "^SL[0-9]{3}$");
    public static TextForm HoleId { get; } = new("the id of a hole, such as hole-3f9a2c1b4d", "^hole-[0-9a-f]{10}$");

    public static TextForm Date { get; } = new("a day such as 2027-03-31", "^20[0-9]{2}-[0-9]{2}-[0-9]{2}$")
    {
        Further = static text => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _)
            ? null : "must be a day of the calendar, such as 2027-03-31",
    };

    public static TextForm Reason { get; } = new("a sentence that says why, 10 to 500 characters", "^.{10,500}$");

    private static string? Fits(TextForm form, string candidate) =>
        form.Problem(candidate) is null ? $"write {candidate}" : null;
}
