using System.Globalization;
using System.Text;
using Sealane.Sandbox.World;

namespace Sealane.Sandbox.Aws.Ec2;

/// <summary>One EC2 request at work: what was asked, and the account seen from the request's region.</summary>
internal sealed class Ec2Call(AwsRequest request, string operation, Ec2Parameters parameters)
{
    public SandboxWorld World => request.World;
    public AwsState State => request.World.Aws;
    public INetworkView Net => request.Net;
    public string Region => request.Region;
    public Ec2Parameters Parameters => parameters;

    public IEnumerable<T> Here<T>(IEnumerable<T> all) where T : AwsObject =>
        all.Where(o => o.Region == Region && State.Sees(o));

    /// <summary>One object by an id, or the service's own refusal. What is already <c>deleted</c> is not found
    /// either.</summary>
    public T Find<T>(IEnumerable<T> all, string id, Ec2Id kind) where T : AwsObject =>
        Here(all).FirstOrDefault(o => o.Id == id && o.State != "deleted" && IsVisible(id)) ?? throw kind.Refuse(id);

    /// <summary>The objects of an id list, or all of them when no ids are given. An unknown id is an error, unlike a
    /// filter without a match.</summary>
    public IEnumerable<T> Listed<T>(IEnumerable<T> all, string idList, Ec2Id kind) where T : AwsObject
    {
        var ids = parameters.List(idList);
        var here = Here(all).ToList();
        if (ids.Count == 0)
        {
            return here.Where(o => IsVisible(o.Id)).Select(Seen);
        }
        foreach (var id in ids)
        {
            if (!here.Any(o => o.Id == id) || !IsVisible(id))
            {
                throw kind.Refuse(id);
            }
        }
        return here.Where(o => ids.Contains(o.Id)).Select(Seen);
    }

    /// <summary>With the tags that the caller has on it.</summary>
    private T Seen<T>(T it) where T : AwsObject =>
        State.TagsOf(it) is var tags && ReferenceEquals(tags, it.Tags) ? it : (T)it.With(tags);

    /// <summary>Cuts one page off and says where the next begins.</summary>
    public (IReadOnlyList<T> Items, string? NextToken) Page<T>(IEnumerable<T> all, int most = 1000,
        string? idList = null)
    {
        var items = all.ToList();
        var size = parameters.Integer("MaxResults");
        if (size < 5 || size > most)
        {
            throw AwsRefusal.Ec2("InvalidParameterValue",
                $"Value ( {size} ) for parameter maxResults is invalid. Expecting a value between 5 and {most}.");
        }
        if (size is not null && idList is not null && parameters.List(idList).Count > 0)
        {
            throw AwsRefusal.Ec2("InvalidParameterCombination",
                $"The parameter {idList} cannot be used with the parameter maxResults");
        }
        var start = parameters.Text("NextToken") is { } token ? StartOf(token) : 0;
        var end = Math.Min(start + Math.Min(size ?? most, State.Variants.PageSize ?? most), items.Count);
        return start > items.Count
            ? throw BadToken()
            : (items[start..end], end < items.Count ? TokenOf(end) : null);
    }

    /// <summary>Counts down the reads for which a new object stays invisible; see <see
    /// cref="AwsState.ReadsUntilVisible"/>.</summary>
    private bool IsVisible(string id)
    {
        if (!State.Hidden.TryGetValue(id, out var left))
        {
            return true;
        }
        if (State.HiddenUntil.TryGetValue(id, out var until) && World.Now >= until)
        {
            State.Hidden.Remove(id);
            State.HiddenUntil.Remove(id);
            return true;
        }
        if (left <= 1)
        {
            State.Hidden.Remove(id);
        }
        else
        {
            State.Hidden[id] = left - 1;
        }
        return false;
    }

    private string TokenOf(int start) =>
        Convert.ToBase64String(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{operation}/{start}")));

    private int StartOf(string token)
    {
        var buffer = new byte[token.Length];
        return Convert.TryFromBase64String(token, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split('/') is [var name, var start] && name == operation
            && int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw BadToken();
    }

    private static AwsRefusal BadToken() =>
        AwsRefusal.Ec2("InvalidPaginationToken",
            "The pagination token is malformed or was issued for another request.");
}
