using System.Globalization;
using System.Text;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Megaport;

/// <summary>The API key that the sandbox accepts.</summary>
public sealed record MegaportAccount(string AccessKey, string SecretKey);

/// <summary>Bearer tokens that carry their end and a seal, so that they outlive the process without being
/// kept.</summary>
internal static class MegaportTokens
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <param name="now">Of the client, which counts the lifetime on its own clock even where the world runs
    /// faster.</param>
    public static string Issue(SandboxWorld world, DateTimeOffset now)
    {
        var claims = Encode((now + Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        return $"{Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{claims}.{Seal(world, claims)}";
    }

    public static bool IsValid(SandboxWorld world, string? authorization, DateTimeOffset now)
    {
        if (authorization?.Split(' ', 2) is not [var scheme, var token]
            || !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)
            || token.Split('.') is not [_, var claims, var seal] || seal != Seal(world, claims))
        {
            return false;
        }
        var end = long.Parse(Encoding.ASCII.GetString(Convert.FromHexString(claims)), CultureInfo.InvariantCulture);
        return now.ToUnixTimeSeconds() < end;
    }

    private static string Encode(string text) => Convert.ToHexStringLower(Encoding.ASCII.GetBytes(text));

    private static string Seal(SandboxWorld world, string claims) => world.Hex($"megaport/token/{claims}", 40);
}
