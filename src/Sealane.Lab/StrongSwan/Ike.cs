using System.Globalization;

namespace Sealane.Lab.StrongSwan;

/// <summary>What the lab tells and asks an IKE daemon.</summary>
internal static class Ike
{
    /// <summary>Loads the key and the connection; a connection of the same name is replaced.</summary>
    public static void Load(Vici vici, CharonConfig config)
    {
        var (local, remote) = (config.Local.ToString(), config.Remote.ToString());
        if (!config.Configured)
        {
            vici.Call("unload-conn", new ViciSection().Add("name", CharonConfig.Connection));
            return;
        }
        Demand(vici.Call("load-shared", new ViciSection().Add("id", "psk").Add("type", "IKE")
            .Add("data", config.Key.Reveal())
            .Add("owners", local, remote)).Answer, "the pre-shared key");
        var child = new ViciSection().Add("local_ts", "0.0.0.0/0").Add("remote_ts", "0.0.0.0/0")
            .Add("esp_proposals", config.EspProposal).Add("start_action", "none").Add("dpd_action", "restart")
            .Add("close_action", "none").Add("rekey_time", Seconds(config.EspLifetimeSeconds));
        var connection = new ViciSection().Add("version", "2").Add("mobike", "no").Add("keyingtries", "0")
            .Add("unique", "replace").Add("dpd_delay", Seconds(config.DpdDelaySeconds))
            .Add("rekey_time", Seconds(config.IkeLifetimeSeconds))
            .Add("local_addrs", [local]).Add("remote_addrs", [remote]).Add("proposals", [config.IkeProposal])
            .Add("local", new ViciSection().Add("auth", "psk").Add("id", local))
            .Add("remote", new ViciSection().Add("auth", "psk").Add("id", remote))
            .Add("children", new ViciSection()
                .Add(CharonConfig.Child, Listed(child, "local_ts", "remote_ts", "esp_proposals")));
        Demand(vici.Call("load-conn", new ViciSection().Add(CharonConfig.Connection, connection)).Answer,
            "the connection");
    }

    /// <summary>Brings the tunnel up; empty when it is, else charon's reason.</summary>
    public static string Initiate(Vici vici, TimeSpan patience)
    {
        var (answer, events) = vici.Call("initiate", new ViciSection().Add("child", CharonConfig.Child)
            .Add("ike", CharonConfig.Connection)
                .Add("timeout", patience.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture))
            .Add("loglevel", "1"), "control-log");
        if (answer["success"] == "yes")
        {
            return "";
        }
        var notify = events.Select(line => line["msg"])
            .LastOrDefault(line => line.Contains("notify", StringComparison.Ordinal));
        return notify ?? answer["errmsg"];
    }

    public static void Terminate(Vici vici) =>
        vici.Call("terminate", new ViciSection().Add("ike", CharonConfig.Connection).Add("timeout", "3000")
            .Add("force", "yes"));

    /// <summary>The security associations that live.</summary>
    public static IReadOnlyList<SecurityAssociation> List(Vici vici) =>
    [
        .. vici.Call("list-sas", null, "list-sa").Events.SelectMany(one => one.Sections.Values)
            .Select(ike => new SecurityAssociation(
            ike["state"], Suite(ike, "encr-alg", "encr-keysize", "integ-alg", "prf-alg", "dh-group"),
            [.. ike.Sections.GetValueOrDefault("child-sas", new()).Sections.Values.Select(child => new ChildAssociation(
                child["state"], Suite(child, "encr-alg", "encr-keysize", "integ-alg", "dh-group"),
                long.TryParse(child["bytes-in"], CultureInfo.InvariantCulture, out var received) ? received : 0,
                long.TryParse(child["bytes-out"], CultureInfo.InvariantCulture, out var sent) ? sent : 0))])),
    ];

    private static string Suite(ViciSection section, params IReadOnlyList<string> keys) =>
        string.Join(' ', keys.Select(key => section[key]).Where(value => value.Length > 0));

    private static string Seconds(int seconds) => seconds.ToString(CultureInfo.InvariantCulture) + "s";

    // What charon wants as lists may be written as single values.
    private static ViciSection Listed(ViciSection section, params IReadOnlyList<string> keys)
    {
        foreach (var key in keys)
        {
            section.Lists[key] = [section[key]];
            section.Values.Remove(key);
        }
        return section;
    }

    private static void Demand(ViciSection answer, string what)
    {
        if (answer["success"] != "yes")
        {
            throw new LabError($"charon refuses {what}: {answer["errmsg"]}");
        }
    }
}

/// <param name="State"><c>ESTABLISHED</c>, as charon writes it.</param>
internal sealed record SecurityAssociation(string State, string Suite, IReadOnlyList<ChildAssociation> Children)
{
    public bool Carries => State == "ESTABLISHED" && Children.Any(child => child.State == "INSTALLED");
}

/// <param name="State"><c>INSTALLED</c>, as charon writes it.</param>
internal sealed record ChildAssociation(string State, string Suite, long BytesIn, long BytesOut);
