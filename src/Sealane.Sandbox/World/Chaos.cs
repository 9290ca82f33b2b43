using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Sealane.Sandbox.Aws;
using Sealane.Sandbox.Azure;

namespace Sealane.Sandbox.World;

/// <summary>
/// Misfortune as it is asked for on the command line: <c>lost=0.02,5xx=0.05,lag=90,salt=monday</c>. Kinds and their
/// shares of
/// requests, how far the clouds' lists lag behind, and in which of their real forms the clouds write their answers.
/// </summary>
public sealed record Chaos(FaultPlan Faults, TimeSpan? Lag, string? Forms = null, TimeSpan? Edge = null)
{
    /// <summary>EC2's delay is counted in looks:
    /// https://docs.aws.amazon.com/ec2/latest/devguide/eventual-consistency.html</summary>
    private const int LooksAtEc2 = 4;
    private static readonly TimeSpan LongestEdge = TimeSpan.FromHours(2);

    /// <summary>The text that chooses every form that is not the plainest, at once.</summary>
    private const string AllForms = "all";
    private static readonly TimeSpan LongestLag = TimeSpan.FromMinutes(10);

    private static readonly (string Name, string Means, Func<FaultPlan, double, FaultPlan> Set)[] Kinds =
    [
        ("throttle", "refused as too many, with a time to come back", (plan, share) => plan with { Throttled = share }),
        ("throttle-silent", "the same without a time", (plan, share) => plan with { ThrottledSilently = share }),
        ("5xx", "a server error before anything happens", (plan, share) => plan with { ServerErrors = share }),
        ("408", "a time-out of a gateway in between", (plan, share) => plan with { RequestTimeouts = share }),
        ("401", "the credentials are not taken for once", (plan, share) => plan with { Unauthorized = share }),
        ("reset", "the connection closes before anything happens", (plan, share) => plan with { Resets = share }),
        ("lost", "carried out, no reply", (plan, share) => plan with { LostReplies = share }),
        ("cut", "carried out, half a reply", (plan, share) => plan with { CutReplies = share }),
        ("html", "carried out, a proxy's page instead of the reply", (plan, share) =>
            plan with { HtmlReplies = share }),
        ("empty", "carried out, an empty reply", (plan, share) => plan with { EmptyReplies = share }),
        ("slow", "carried out after half a minute", (plan, share) => plan with { Slow = share }),
    ];

    /// <summary>For the help of the option.</summary>
    public static string Help { get; } = "What goes wrong, as KIND=SHARE of requests: "
        + string.Join(", ", Kinds.Select(kind => $"{kind.Name} ({kind.Means})"))
        + "; lag=SECONDS that new objects stay out of lists, edge=MINUTES that "
        + "Microsoft's edge shows no table after a first connection, most=N faults in all, salt=TEXT another chance, "
        + "forms=TEXT answers in others of the forms that the real clouds were seen to use, as TEXT chooses (all: "
        + "every one at once)";

    /// <exception cref="FormatException">It says what is wrong, and what would be right.</exception>
    public static Chaos Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (plan, lag, forms, edge) = (FaultPlan.None, (TimeSpan?)null, (string?)null, (TimeSpan?)null);
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = part.IndexOf('=') is > 0 and var at ? (part[..at], part[(at + 1)..]) : (part, "");
            if (name == "salt")
            {
                plan = plan with { Salt = value };
            }
            else if (name == "forms")
            {
                forms = value.Length > 0 ? value : throw new FormatException("'forms' takes a text");
            }
            else if (name == "lag")
            {
                lag = TimeSpan.FromSeconds(Number(part, value, LongestLag.TotalSeconds));
            }
            else if (name == "edge")
            {
                edge = TimeSpan.FromMinutes(Number(part, value, LongestEdge.TotalMinutes));
            }
            else if (name == "most")
            {
                plan = plan with { AtMost = (int)Number(part, value, int.MaxValue) };
            }
            else
            {
                var kind = Array.Find(Kinds, kind => kind.Name == name);
                plan = kind.Set is { } set ? set(plan, Number(part, value, 1)) : throw new FormatException(
                    $"'{name}' is no kind of misfortune; there are {string.Join(", ", Kinds.Select(it => it.Name))}, "
                        + $"lag, edge, most, salt and forms");
            }
        }
        return plan.Shares.Sum(share => share.Share) <= 1
            ? new(plan, lag, forms, edge) : throw new FormatException("the shares add up to more than 1");
    }

    /// <summary>The lag is a property of the clouds: it stays with their world until another one is asked
    /// for.</summary>
    public void Arm(SandboxWorld world)
    {
        ArgumentNullException.ThrowIfNull(world);
        if (Lag is { } lag)
        {
            world.Megaport.Variants.ListLagSeconds = lag.TotalSeconds;
            world.Azure.Lags = world.Azure.Lags with { NewCircuits = lag };
            world.Aws.ReadsUntilVisible = lag > TimeSpan.Zero ? LooksAtEc2 : 0;
        }
        if (Edge is { } edge)
        {
            world.Azure.Lags = world.Azure.Lags with { EdgeTables = edge };
        }
        if (Forms is { } forms)
        {
            world.Aws.Variants = AwsVariants.By(Choose);
            world.Azure.Variants = AzureVariants.By(Choose);
            world.Azure.PageSize = 1 + Choose("page", 3);
            world.Megaport.Variants.Choose(Choose);

            // By the text alone: a report of what went wrong in one world can be followed in another.
            int Choose(string what, int of) => forms == AllForms ? 1
                : SHA256.HashData(Encoding.UTF8.GetBytes($"{forms}/{what}"))[0] % of;
        }
    }

    private static double Number(string part, string value, double most) =>
        double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0
            && number <= most
            ? number
            : throw new FormatException(
                $"'{part}' is not understood: it takes a number from 0 to "
                    + $"{most.ToString(CultureInfo.InvariantCulture)}");
}
