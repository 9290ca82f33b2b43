using System.Security.Claims;
using Sealane.Core;

namespace Sealane.Service.Security;

/// <summary>
/// Who vouches for people by OpenID Connect, and what each group of theirs may do: the file <c>people</c> beside
/// <c>tokens</c>, a line <c>WORD VALUE</c> for each thing. Without the file people show tokens.
/// </summary>
internal sealed record Provider
{
    public required Uri Issuer { get; init; }
    public required string Client { get; init; }

    /// <summary>Null: a public client, which proves itself by PKCE alone.</summary>
    public Secret? Secret { get; init; }

    /// <summary>The claim that tells one person from another, in the audit log too. Two claims that one person can have
    /// at will would be two people who approve each other.</summary>
    public string Name { get; init; } = "sub";

    /// <summary>The claim that lists what roles are given by.</summary>
    public string Groups { get; init; } = "groups";

    /// <summary>By the claim's value.</summary>
    public required IReadOnlyDictionary<string, Role> Roles { get; init; }

    /// <summary>Null where there is no file.</summary>
    /// <exception cref="UsageError">A line cannot be used, or something is missing.</exception>
    public static Provider? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        var roles = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var (text, index) in File.ReadAllLines(path).Select((line, index) => (line.Trim(), index)))
        {
            if (text.Length == 0 || text[0] == '#')
            {
                continue;
            }
            UsageError Wrong(string why, string fix) => new($"{path}:{index + 1}: error: {why}\n  fix: {fix}");
            if (text.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                is not [var word, var value])
            {
                throw Wrong("a line is a word and a value", Words);
            }
            if (char.IsAsciiLetter(word[0]) && Enum.TryParse<Role>(word, ignoreCase: true, out var role))
            {
                // Of two lines for one group the larger role would be a surprise, and so would the smaller.
                if (!roles.TryAdd(value, role))
                {
                    throw Wrong("this group has a role already", "leave one of the lines");
                }
            }
            else if (word is not ("issuer" or "client" or "secret" or "name" or "groups"))
            {
                throw Wrong($"'{Plain.Line(word)}' is no word of this file", Words);
            }
            else if (!said.TryAdd(word, value))
            {
                throw Wrong($"'{word}' is said twice", "leave one of the lines");
            }
        }
        string Must(string word) => said.GetValueOrDefault(word)
            ?? throw new UsageError($"{path}: error: no line says the {word}\n  fix: {Words}");
        var issuer = Uri.TryCreate(Must("issuer"), UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address : throw new UsageError($"{path}: error: the issuer is no https address\n  fix: as your provider "
                + "names it, without /.well-known");
        return roles.Count == 0
            ? throw new UsageError($"{path}: error: nobody has a role\n  fix: approver GROUP, and so on")
            : new()
            {
                Issuer = issuer,
                Client = Must("client"),
                Secret = said.TryGetValue("secret", out var place) ? Fetch(path, place) : null,
                Name = said.GetValueOrDefault("name", "sub"),
                Groups = said.GetValueOrDefault("groups", "groups"),
                Roles = roles,
            };
    }

    /// <summary>Null where the provider says nothing that gives a role, or no name.</summary>
    public Person? Of(ClaimsPrincipal principal)
    {
        var given = principal.FindAll(Groups).Where(claim => Roles.ContainsKey(claim.Value))
            .Select(claim => Roles[claim.Value]).ToList();
        var names = principal.FindAll(Name).Select(claim => Plain.Line(claim.Value)).Distinct().ToList();
        return given.Count > 0 && names is [{ Length: > 0 } name] ? new(name, given.Max()) : null;
    }

    private const string Words = "issuer URL, client ID, secret env:NAME or file:PATH, name CLAIM, groups CLAIM, and "
        + "viewer, operator or approver GROUP: docs/operating.md";

    private static Secret Fetch(string path, string place)
    {
        try
        {
            return place.Split(':', 2) switch
            {
                ["env", var name] when Environment.GetEnvironmentVariable(name) is { Length: > 0 } value => new(value),
                ["file", var file] => new(File.ReadAllText(file).Trim()),
                _ => throw new UsageError($"{path}: error: the secret is not there, or is written in the file itself\n"
                    + "  fix: secret env:NAME, set, or secret file:PATH"),
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageError($"{path}: error: the secret cannot be read: {error.Message}");
        }
    }
}
