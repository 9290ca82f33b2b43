namespace Sealane.Core.Places;

/// <summary>A public list of places, with where it comes from, its date, and whether it names them all.</summary>
/// <param name="IsWhole">A name that a whole list lacks is wrong; one that a partial list lacks is only not
/// known.</param>
public sealed record PlaceList<T>(string Source, DateOnly Date, bool IsWhole, IReadOnlyList<T> Places);

/// <param name="Name">As the console shows it: <c>Asia Pacific (Sydney)</c>.</param>
public sealed record AwsRegion(string Code, string Name);

/// <param name="Name">Its form in ids and in the spec: <c>australiaeast</c>.</param>
public sealed record AzureRegion(string Name, string DisplayName, bool HasZones);

/// <summary>A data centre of Megaport.</summary>
public sealed record MegaportSite(int Id, string Name, string Metro, string Country)
{
    public NamedSite Named => new(Id, Name, Metro);
}

/// <summary>A Direct Connect location, and the region that it is associated with.</summary>
public sealed record DirectConnectLocation(string Code, string Name, string Country, string Region, string PortSpeeds);

/// <summary>Where ExpressRoute is handed over.</summary>
/// <param name="Site">The building, or the two of a Metro location: one for each path of a circuit.</param>
/// <param name="Zone">1 to 4: the zone by whose prices a circuit is billed.</param>
/// <param name="Megaport">Whether Megaport is a provider there.</param>
public sealed record PeeringLocation(string Name, string Site, int Zone, string LocalRegions, bool Megaport)
{
    /// <summary>Whether one outage of a building can take both: a Metro location is in two.</summary>
    public bool Shares(PeeringLocation other) => Site.Split(", ").Intersect(other.Site.Split(", ")).Any();
}

/// <summary>The catalogue that is built in: for whoever has no account at hand.</summary>
public static class KnownPlaces
{
    public static PlaceList<MegaportSite> Megaport { get; } = Read("megaport-sites.tsv", row =>
        new MegaportSite(int.Parse(row[0], System.Globalization.CultureInfo.InvariantCulture), row[1], row[2], row[3]));

    public static PlaceList<AwsRegion> AwsRegions { get; } = Read("aws-regions.tsv", row =>
        new AwsRegion(row[0], row[1]));

    public static PlaceList<AzureRegion> AzureRegions { get; } = Read("azure-regions.tsv", row =>
        new AzureRegion(row[0], row[1], row[2] == "yes"));

    public static PlaceList<DirectConnectLocation> Aws { get; } = Read("aws-dx-locations.tsv", row =>
        new DirectConnectLocation(row[0], row[1], row[2], row[3], row[4]));

    public static PlaceList<PeeringLocation> Azure { get; } = Read("azure-peering-locations.tsv", row =>
        new PeeringLocation(
            row[0], row[1], int.Parse(row[2], System.Globalization.CultureInfo.InvariantCulture), row[3],
                row[4] == "yes"));

    public static MegaportSite? FindSite(string written) =>
        SiteNames.Find(Megaport.Places, site => site.Named, written);

    public static PeeringLocation? FindPeering(string written) =>
        Azure.Places.FirstOrDefault(place => string.Equals(place.Name, written, StringComparison.OrdinalIgnoreCase));

    private static PlaceList<T> Read<T>(string file, Func<string[], T> row)
    {
        using var stream = typeof(KnownPlaces).Assembly.GetManifestResourceStream(file)
            ?? throw new InvalidOperationException($"{file} is not built in");
        using var reader = new StreamReader(stream);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string Head(string name) => lines.Single(
            line => line.StartsWith($"# {name}: ", StringComparison.Ordinal))[(name.Length + 4)..];
        return new(
            Head("source"),
            DateOnly.ParseExact(Head("date"), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
            Head("whole") == "yes",
            [.. lines.Where(line => line[0] != '#').Select(line => row(line.Split('\t')))]);
    }
}
