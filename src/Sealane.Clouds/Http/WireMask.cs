using System.Buffers;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sealane.Core;

namespace Sealane.Clouds.Http;

/// <summary>
/// Takes secrets out of what is logged. First by place: the headers, JSON members, XML elements and form fields that
/// hold
/// keys in the three clouds. Then by value: secrets that the caller named, and every value that was masked by place
/// before,
/// so that a key which an error message or an address repeats is caught as well.
/// </summary>
public sealed partial class WireMask
{
    /// <summary>In the form of a contract file's variable, so that a recording can be compared with other
    /// answers.</summary>
    public const string Masked = "{{secret}}";

    /// <summary>Shorter values are not hunted by value: they would be found everywhere.</summary>
    private const int ShortestKnown = 6;

    /// <summary>Names without case, dashes, underscores and what stands before the last dot.</summary>
    private static readonly HashSet<string> SecretNames = new(StringComparer.Ordinal)
    {
        "password", "authkey", "bgpauthkey", "sharedkey", "servicekey", "azureservicekey", "presharedkey", "psk",
        "authorizationkey",
        "accesstoken", "refreshtoken", "idtoken", "clientsecret", "clientassertion", "assertion", "secretkey",
        "secretaccesskey",
        "sessiontoken", "securitytoken", "xamzsecuritytoken", "xamzsignature", "customerrouterconfig",
        "customergatewayconfiguration", "radiusserversecret", "devicecode", "sig",
    };

    private static readonly HashSet<string> SecretHeaders = new(StringComparer.OrdinalIgnoreCase)
    {
        "Authorization", "Proxy-Authorization", "X-Amz-Security-Token", "X-Auth-Token", "x-ms-authorization-auxiliary",
        "Cookie",
        "Set-Cookie",
    };

    private readonly Lock _gate = new();
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    private readonly Func<string, string> _name;

    /// <param name="name">
    /// What stands in the place of a value; the same for the same value, so that two places can still be compared.
    /// Null:
    /// <see cref="Masked"/> for all.
    /// </param>
    public WireMask(IEnumerable<Secret> known, Func<string, string>? name = null)
    {
        _name = name ?? (_ => Masked);
        foreach (var secret in known)
        {
            Learn(secret.Reveal());
        }
    }

    /// <summary>Where in an exchange a text stands: whether a bare <c>value</c> is a shared key depends on the
    /// address.</summary>
    public string Body(string body, string? mediaType, string path)
    {
        if (body.Length == 0)
        {
            return body;
        }
        var start = body.AsSpan().TrimStart();
        var json = mediaType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true || start.StartsWith("{")
            || start.StartsWith("[");
        var form = !json && (mediaType?.Contains("form-urlencoded", StringComparison.OrdinalIgnoreCase) == true
            || (!start.StartsWith("<") && start.Contains('=') && !start.ContainsAny(" \n")));
        var placed = json ? Json(body, IsSharedKey(path)) : form ? Form(body) : body;
        // XML also stands inside JSON and inside escaped XML, so its elements are looked for everywhere.
        return Known(Xml(Nested(placed)));
    }

    public string Header(string name, string value)
    {
        if (!SecretHeaders.Contains(name))
        {
            return Known(name is "Location" or "Azure-AsyncOperation" ? Address(value) : value);
        }
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        var isScheme = name.EndsWith("Authorization", StringComparison.OrdinalIgnoreCase) && space > 0;
        // Tokens and passwords are used again; signatures and cookies are not, and there is one for each request.
        if (isScheme && value[..space] is "Bearer" or "Basic")
        {
            Learn(value[(space + 1)..]);
        }
        return isScheme ? $"{value[..space]} {Masked}" : Masked;
    }

    /// <summary>Path and query: AWS takes signatures in the query, Megaport a service key in the path.</summary>
    public string Address(string address)
    {
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var path = query < 0 ? address : address[..query];
        path = KeyInPath().Replace(path, match =>
        {
            var key = Uri.UnescapeDataString(match.Groups["key"].Value);
            Learn(key);
            return match.Groups["before"].Value + Named(key);
        });
        return Known(query < 0 ? path : $"{path}?{Form(address[(query + 1)..])}");
    }

    /// <summary>The last net: any known value, in the ways that values are written on a wire.</summary>
    public string Known(string text)
    {
        string[] values;
        lock (_gate)
        {
            // Longest first, so that a value which contains another is not left in part.
            values = [.. _known.OrderByDescending(value => value.Length)
                .ThenBy(value => value, StringComparer.Ordinal)];
        }
        foreach (var value in values)
        {
            foreach (var written in Spellings(value))
            {
                text = text.Replace(written, Named(value), StringComparison.OrdinalIgnoreCase);
            }
        }
        return text;
    }

    private static IEnumerable<string> Spellings(string value) => new[]
    {
        value, Uri.EscapeDataString(value), WebUtility.UrlEncode(value), WebUtility.HtmlEncode(value),
        JavaScriptEncoder.Default.Encode(value), JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(value),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(value)),
    }.Distinct(StringComparer.Ordinal);

    /// <summary>What is masked already keeps its name.</summary>
    private string Named(string value) => value.StartsWith("{{secret", StringComparison.Ordinal) ? value : _name(value);

    private void Learn(string value)
    {
        if (value.Length >= ShortestKnown && !value.StartsWith("{{secret", StringComparison.Ordinal))
        {
            lock (_gate)
            {
                _known.Add(value);
            }
        }
    }

    private static bool IsSharedKey(string path)
    {
        var end = path.IndexOf('?', StringComparison.Ordinal);
        return (end < 0 ? path : path[..end]).Contains("/sharedkey", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsSecretName(string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        return SecretNames.Contains(last.Replace("_", "", StringComparison.Ordinal)
            .Replace("-", "", StringComparison.Ordinal).ToLowerInvariant());
    }

    private string Form(string body) => string.Join('&', body.Split('&').Select(field =>
    {
        var equals = field.IndexOf('=', StringComparison.Ordinal);
        if (equals < 0 || !IsSecretName(WebUtility.UrlDecode(field[..equals])))
        {
            return field;
        }
        if (!field.StartsWith("X-Amz-Signature", StringComparison.OrdinalIgnoreCase))
        {
            Learn(WebUtility.UrlDecode(field[(equals + 1)..]));
        }
        return $"{field[..equals]}={Named(WebUtility.UrlDecode(field[(equals + 1)..]))}";
    }));

    /// <summary>JSON inside a JSON string: its quotes stand behind backslashes.</summary>
    private string Nested(string text) => NestedMember().Replace(text, match =>
    {
        if (!IsSecretName(match.Groups["name"].Value))
        {
            return match.Value;
        }
        Learn(match.Groups["value"].Value);
        return match.Groups["before"].Value + Named(match.Groups["value"].Value);
    });

    private string Xml(string text) => SecretElement().Replace(text, match =>
    {
        var value = WebUtility.HtmlDecode(match.Groups["value"].Value);
        Learn(value);
        return match.Groups["open"].Value + Named(value);
    });

    /// <summary>Copies the text as it stands except for the values under secret names; what cannot be read is searched
    /// by pattern.</summary>
    private string Json(string body, bool valueIsSecret)
    {
        try
        {
            return Tokens(Encoding.UTF8.GetBytes(body), valueIsSecret);
        }
        catch (JsonException)
        {
            return SecretMember().Replace(body, match =>
            {
                var name = match.Groups["name"].Value;
                return IsSecretName(name) || (valueIsSecret && name.Equals("value", StringComparison.OrdinalIgnoreCase))
                    ? match.Groups["before"].Value + $"\"{Masked}\"" : match.Value;
            });
        }
    }

    private string Tokens(byte[] utf8, bool valueIsSecret)
    {
        var output = new ArrayBufferWriter<byte>(utf8.Length);
        var reader = new Utf8JsonReader(utf8,
            new JsonReaderOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        var copied = 0;
        var pending = false;
        // Depth of a list or object under a secret name: everything inside is masked.
        var inside = -1;
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    var name = reader.GetString()!;
                    pending = IsSecretName(name)
                        || (valueIsSecret && name.Equals("value", StringComparison.OrdinalIgnoreCase));
                    continue;
                case JsonTokenType.StartObject or JsonTokenType.StartArray when pending && inside < 0:
                    inside = reader.CurrentDepth;
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray when inside == reader.CurrentDepth:
                    inside = -1;
                    break;
                case JsonTokenType.String or JsonTokenType.Number when pending || inside >= 0:
                    var value = reader.TokenType == JsonTokenType.String ? reader.GetString()!
                        : Encoding.UTF8.GetString(reader.ValueSpan);
                    if (reader.TokenType == JsonTokenType.String)
                    {
                        Learn(value);
                    }
                    output.Write(utf8.AsSpan(copied, (int)reader.TokenStartIndex - copied));
                    output.Write(Encoding.UTF8.GetBytes($"\"{Named(value)}\""));
                    copied = (int)reader.BytesConsumed;
                    break;
                case JsonTokenType.String when reader.ValueIsEscaped && reader.GetString()! is var text
                    && Known(text) is var shown && shown != text:
                    // Escapes can be written in many ways; unescaped there is one.
                    output.Write(utf8.AsSpan(copied, (int)reader.TokenStartIndex - copied));
                    output.Write(Encoding.UTF8.GetBytes($"\"{JsonEncodedText.Encode(shown)}\""));
                    copied = (int)reader.BytesConsumed;
                    break;
            }
            pending = false;
        }
        output.Write(utf8.AsSpan(copied));
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    [GeneratedRegex(@"(?<before>/secure/azure/)(?<key>[^/?\s]+)", RegexOptions.IgnoreCase)]
    private static partial Regex KeyInPath();

    [GeneratedRegex(@"(?<before>""(?<name>[^""\\]+)""\s*:\s*)(?:""(?:\\.|[^""\\])*(?:""|$)|-?[0-9][^\s,}\]]*)",
        RegexOptions.Singleline)]
    private static partial Regex SecretMember();

    [GeneratedRegex(@"(?<before>\\+""(?<name>[\w.-]+)\\+""\s*:\s*\\+"")(?<value>[^""\\]+)", RegexOptions.Singleline)]
    private static partial Regex NestedMember();

    // "<" and ">" as they are, as an entity (escaped any number of times), or as a JSON escape.
    [GeneratedRegex(
        @"(?<open>(?:<|&(?:amp;)*(?:lt|\#60|\#x3c);|\\u003c)(?:\w+:)?"
        + @"(?<tag>pre[_-]?shared[_-]?key|bgp[_-]?auth[_-]?key|auth[_-]?key|shared[_-]?key|service[_-]?key"
        + @"|session[_-]?token|secret[_-]?access[_-]?key|password)"
        + @"(?:\s[^<>&\\/]*)?(?:>|&(?:amp;)*(?:gt|\#62|\#x3e);|\\u003e))"
        + @"(?!(?:<|&(?:amp;)*(?:lt|\#60|\#x3c);|\\u003c)/)(?<value>.+?)(?=<|&(?:amp;)*(?:lt|\#60|\#x3c);|\\u003c|$)",
        RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex SecretElement();
}
