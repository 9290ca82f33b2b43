using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.DirectConnect;

/// <summary>One Direct Connect request at work. Connections and VIFs are seen from their region, gateways from
/// everywhere.</summary>
internal sealed class DxCall(AwsRequest request, string operation, DxInput input)
{
    private const int MostPerPage = 100;

    public SandboxWorld World => request.World;

    public AwsState State => request.World.Aws;

    /// <summary>Whose request it is.</summary>
    public string Account => State.CallerAccount;

    /// <summary>Connections, VIFs and gateways are shown to their owner alone.</summary>
    public IEnumerable<T> Own<T>(IEnumerable<T> all) where T : AwsObject => all.Where(it => Owns(it.Id));

    public bool Owns(string id) => State.OwnerOf(id) == Account;
    public INetworkView Net => request.Net;
    public string Region => request.Region;
    public DxInput Input => input;

    public DxGateway Gateway(string id) => Own(State.DxGateways).FirstOrDefault(g => g.Id == id)
        ?? throw AwsRefusal.DirectConnect($"Direct Connect Gateway {id} does not exist.");

    public DxConnection Connection(string id) =>
        Own(State.Connections).FirstOrDefault(c => c.Id == id && c.Region == Region)
        ?? throw AwsRefusal.DirectConnect($"Could not find Connection with ID {id}");

    public DxVif Vif(string id) =>
        Own(State.Vifs).FirstOrDefault(v => v.Id == id && v.Region == Region && v.State != "deleted")
        ?? throw AwsRefusal.DirectConnect($"Virtual Interface {id} does not exist.");

    /// <summary>One page under <paramref name="name"/>, and the token of the next.</summary>
    public JsonObject Page<T>(string name, IEnumerable<T> all, Func<T, JsonObject> write)
    {
        var items = all.ToList();
        var size = input.Number("maxResults") ?? MostPerPage;
        if (size is < 1 or > MostPerPage)
        {
            throw AwsRefusal.DirectConnect($"maxResults must be between 1 and {MostPerPage}.");
        }
        var start = input.Text("nextToken") is { } token ? StartOf(token) : 0;
        var end = (int)Math.Min(start + Math.Min(size, State.Variants.PageSize ?? size), items.Count);
        if (start > items.Count)
        {
            throw BadToken();
        }
        var reply = new JsonObject
        {
            [name] =
            new JsonArray([.. items[start..end].Select(item => (JsonNode)write(item))])
        };
        if (end < items.Count || (State.Variants.TokenOnLastPage && end > start))
        {
            reply["nextToken"] = Convert.ToBase64String(
                Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{operation}/{end}")));
        }
        return reply;
    }

    private int StartOf(string token)
    {
        var buffer = new byte[token.Length];
        return Convert.TryFromBase64String(token, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split('/') is [var name, var start] && name == operation
            && int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw BadToken();
    }

    private static AwsRefusal BadToken() => AwsRefusal.DirectConnect("The nextToken is invalid.");
}
