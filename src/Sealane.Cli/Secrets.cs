using Sealane.Core;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Sandbox.World;

namespace Sealane.Cli;

/// <summary>Fetches the keys that a spec refers to. A key never comes from the spec itself.</summary>
internal static class Secrets
{
    public const string DefaultReference = "env:SEALANE_LINK_KEY";

    /// <summary>
    /// In a rehearsal the link key is always this one: so the world's file on disk can never hold a key of a real link,
    /// and a
    /// rehearsal needs nothing set up.
    /// </summary>
    public const string RehearsalKey = "rehearsal: not a secret";

    public static LinkKeys Rehearsal(NetworkSpec spec) => LinkKeys.Derive(
        new(RehearsalKey), spec.Name, spec.Secrets.Generation ?? 1, spec.Existing.Count == 0 ? null : Authorizations(
            Designer.Design(spec)));

    /// <summary>Keys of authorizations as the sandbox's owners of circuits give them, another for each
    /// generation.</summary>
    public static IReadOnlyDictionary<string, Secret> Authorizations(NetworkDesign design) =>
        design.Circuits.Where(design.Redeems).ToDictionary(
            circuit => LinkKeys.LabelOfAuthorization(circuit.Key), circuit => new Secret(
                SandboxIdentity.AuthorizationKeyOf(design.IdElsewhere(circuit)!, design.Spec.Secrets.Generation ?? 1)));

    /// <summary>The same by the variables that the spec names, for whoever is told of a served sandbox.</summary>
    public static IEnumerable<KeyValuePair<string, string>> Served(NetworkDesign design) =>
        from circuit in design.Circuits
        where design.Redeems(circuit)
        let given = design.AuthorizationSource(circuit)
        where given?.StartsWith("env:", StringComparison.Ordinal) == true
        select KeyValuePair.Create(given[4..],
            Authorizations(design)[LinkKeys.LabelOfAuthorization(circuit.Key)].Reveal());

    public static LinkKeys Real(NetworkSpec spec)
    {
        var own = new Dictionary<string, Secret>(StringComparer.Ordinal);
        void Own(string label, string path, string? reference, Func<Secret, string?> wrong)
        {
            if (reference is null)
            {
                return;
            }
            var given = label.StartsWith("authorization", StringComparison.Ordinal);
            var key = Fetch(reference, spec.Source.Of(path), given ? "export {0} with the key that the circuit's "
                + "owner gave" : null);
            own[label] = wrong(key) is not { } why
                ? key
                : throw new UsageError($"{spec.Source.Of(path)} error: {path}: {why}\n  fix: "
                    + (given ? "bring the key as the circuit's owner gave it"
                        : "bring a key that fits, or remove this line: Sealane then derives one from the link key"));
        }

        Own("bgp/aws", "secrets.awsBgpKey", spec.Secrets.AwsBgpKey, KeyRules.AwsBgpKey);
        Own("bgp/azure", "secrets.azureBgpKey", spec.Secrets.AzureBgpKey, KeyRules.AzureBgpKey);
        Own("authorization", "secrets.authorizationKey", spec.Secrets.AuthorizationKey, KeyRules.AuthorizationKey);
        foreach (var (label, path, keys, rule) in new (string, string, IReadOnlyDictionary<string, string>,
            Func<Secret, string?>)[]
        {
            ("bgp/aws", "awsBgpKeys", spec.Secrets.AwsBgpKeys, KeyRules.AwsBgpKey),
            ("bgp/azure", "azureBgpKeys", spec.Secrets.AzureBgpKeys, KeyRules.AzureBgpKey),
            ("authorization", "authorizationKeys", spec.Secrets.AuthorizationKeys, KeyRules.AuthorizationKey),
        })
        {
            foreach (var (key, reference) in keys)
            {
                var made = spec.Moved.FirstOrDefault(moved => moved.To == key)?.From ?? key;
                Own($"{label}-{made}", $"secrets.{path}.{key}", reference, rule);
            }
        }
        for (var i = 0; i < spec.Secrets.TunnelKeys.Count; i++)
        {
            Own($"psk/tunnel-{i + 1}", $"secrets.tunnelKeys[{i}]", spec.Secrets.TunnelKeys[i], KeyRules.PreSharedKey);
        }
        var link = Fetch(spec.Secrets.LinkKey ?? DefaultReference, spec.Source.Of("secrets.linkKey"));
        var all = LinkKeys.Derive(link, spec.Name, spec.Secrets.Generation ?? 1, own);
        return link.Length >= 16 || all.Labelled(Designer.Design(spec)).All(each => own.ContainsKey(each.Label))
            ? all
            : throw new UsageError($"{spec.Source.Of("secrets.linkKey")} error: the link key is shorter than 16 "
                + $"characters\n  fix: openssl rand -hex 32");
    }

    /// <param name="fix">What to do where a variable is not set; null: make a key.</param>
    private static Secret Fetch(string reference, SourceMark mark, string? fix = null)
    {
        var (kind, name) = reference.IndexOf(':') is > 0 and var colon ? (reference[..colon], reference[(colon + 1)..])
            : ("", reference);
        switch (kind)
        {
            case "env":
                return Environment.GetEnvironmentVariable(name) is { Length: > 0 } value
                    ? new(value)
                    : throw new UsageError($"{mark} error: the environment variable {name} is not set\n  fix: "
                        + (fix?.Replace("{0}", name, StringComparison.Ordinal)
                            ?? $"export {name}=$(openssl rand -hex 32), and keep it where you keep secrets: the same "
                            + "key is needed for every later command"));
            case "file":
                try
                {
                    return new(File.ReadAllText(name).Trim());
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    throw new UsageError($"{mark} error: the key file {name} cannot be read: {error.Message}");
                }
            default:
                throw new UsageError($"{mark} error: '{kind}:' is not a place that keys can come from\n  fix: use "
                    + $"env:NAME or file:PATH");
        }
    }
}
