using System.Xml.Linq;

namespace Sealane.Clouds.Aws;

/// <summary>EC2, query protocol 2016-11-15: the calls that a link needs, one method a call.</summary>
/// <remarks>
/// https://docs.aws.amazon.com/AWSEC2/latest/APIReference/. Look-ups go by filter and not by id: an unknown id is an
/// error
/// in EC2, a filter without match an empty list, and a fresh object may hide for a while.
/// </remarks>
public sealed partial class Ec2Client(AwsEndpoint endpoint)
{
    private const string Version = "2016-11-15";

    private Task<T> Read<T>(string action, QueryForm form, Func<XElement, T> make, CancellationToken ct) =>
        QueryProtocol.Call(endpoint, action, Version, form, writes: false, make, ct);

    /// <summary>All objects of a kind in the account and region, as they are written.</summary>
    public Task<IReadOnlyList<XElement>> All(string action, string wrapper, CancellationToken ct) =>
        Pages(action, new QueryForm(), wrapper, item => item, ct);

    private Task Write(string action, QueryForm form, CancellationToken ct) =>
        QueryProtocol.Call(endpoint, action, Version, form, writes: true, reply => reply, ct);

    /// <summary>All pages of a list. No page size is asked for: some calls have none, and the default is
    /// ample.</summary>
    private Task<IReadOnlyList<T>> Pages<T>(
        string action, QueryForm form, string wrapper, Func<XElement, T> read, CancellationToken ct) =>
        Pages(action, form, wrapper, read, _ => { }, ct);

    /// <param name="look">Sees every page.</param>
    private async Task<IReadOnlyList<T>> Pages<T>(
        string action, QueryForm form, string wrapper, Func<XElement, T> read, Action<XElement> look,
            CancellationToken ct)
    {
        var all = new List<T>();
        var page = form;
        for (var tokens = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var (reply, items) = await Read(
                action, page, reply => (reply, reply.Must(wrapper).Rows().Select(read).ToList()), ct).ConfigureAwait(
                    false);
            all.AddRange(items);
            look(reply);
            // A token that came before would lead round in a circle.
            if (reply.Text("nextToken") is not { } token || !tokens.Add(token))
            {
                return all;
            }
            page = form.With("NextToken", token);
        }
    }

    /// <summary>Tags objects that AWS makes by itself, such as the attachments of a VPN. Overwrites, so it may be
    /// repeated.</summary>
    public Task CreateTags(string resourceId, ObjectTags tags, CancellationToken ct) =>
        CreateTags(resourceId, tags.All, ct);

    public Task CreateTags(string resourceId, IEnumerable<(string Key, string Value)> tags, CancellationToken ct) =>
        Write("CreateTags", new QueryForm().Add("ResourceId.1", resourceId).Tags("", tags), ct);

    /// <summary>Takes tags away, whatever their values are; those that are not there are no error.</summary>
    public Task DeleteTags(string resourceId, IEnumerable<string> keys, CancellationToken ct) =>
        Write("DeleteTags", keys.Index().Aggregate(new QueryForm().Add("ResourceId.1", resourceId),
            (form, key) => form.Add($"Tag.{key.Index + 1}.Key", key.Item)), ct);

    /// <summary>One more tag on an object that has its own already.</summary>
    public Task CreateTag(string resourceId, string key, string value, CancellationToken ct) =>
        Write("CreateTags", new QueryForm()
        .Add("ResourceId.1", resourceId).Add("Tag.1.Key", key).Add("Tag.1.Value", value), ct);
}
