namespace Sealane.Tests.Evidence.Adversary;

/// <summary>One thing that another team does in good faith, with its own dice: it is the same whatever else is
/// done.</summary>
internal sealed record ForeignChange(string Name, int Dice, Action<Hand, Dice> Do)
{
    public static IReadOnlyList<(string Name, Action<Hand, Dice> Do)> Kinds { get; } =
        [.. AwsChanges.All, .. VpcChanges.All, .. AzureChanges.All, .. MegaportChanges.All, .. SessionChanges.All];

    public static IReadOnlyList<ForeignChange> Draw(int seed)
    {
        var dice = new Dice(seed);
        return
        [
            .. Enumerable.Range(0, dice.Next(1, 7)).Select(_ => dice.One(Kinds))
                .Select(kind => new ForeignChange(kind.Name, dice.Next(0, int.MaxValue), kind.Do)),
        ];
    }

    /// <summary>One of the kinds, with the dice that a failing seed printed.</summary>
    public static ForeignChange Of(string name, int dice) =>
        new(name, dice, Kinds.Single(kind => kind.Name == name).Do);

    public void Make(Hand hand) => Do(hand, new(Dice));

    public override string ToString() => $"{Name} ({Dice})";
}

/// <summary>Chance from a seed.</summary>
internal sealed class Dice(int seed)
{
    // Parts of both networks and all of them, what lies beside them, the default.
    private static readonly string[] s_prefixes =
    [
        "10.1.0.0/16", "10.1.5.0/24", "10.1.128.0/17", "10.2.0.0/16", "10.2.1.0/24", "10.2.128.0/17", "10.77.0.0/16",
        "10.3.0.0/16", "10.0.0.0/8", "0.0.0.0/0", "172.20.0.0/16",
    ];

    private readonly Random _random = new(seed);

    public int Next(int from, int below) => _random.Next(from, below);
    public bool Chance(double share) => _random.NextDouble() < share;
    public T One<T>(IReadOnlyList<T> all) => all[_random.Next(all.Count)];
    public string Prefix() => One(s_prefixes);

    /// <summary>A block that a VPC or VNet of somebody else may have.</summary>
    public string Block() => One(["10.77.0.0/16", "10.78.0.0/16", "10.2.1.0/24", "10.1.64.0/20", "10.2.128.0/18"]);

    /// <summary>A number that no other change has, for ids and names.</summary>
    public string Tag() =>
        _random.Next(0x1000, 0xffff).ToString("x4", System.Globalization.CultureInfo.InvariantCulture);
}
