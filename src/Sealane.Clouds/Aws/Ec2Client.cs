using System.Runtime.CompilerServices;
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

    /// <param name="must">The list, or the object, that is asked for.</param>
    private Task<XElement> Read(string action, QueryForm form, string must, CancellationToken ct) =>
        QueryProtocol.Call(endpoint, action, Version, form, writes: false, ct, must);

    private Task<XElement> Write(string action, QueryForm form, CancellationToken ct) =>
        QueryProtocol.Call(endpoint, action, Version, form, writes: true, ct);

    /// <summary>All pages of a list. No page size is asked for: some calls have none, and the default is
    /// ample.</summary>
    private async Task<IReadOnlyList<T>> Pages<T>(
        string action, QueryForm form, string wrapper, Func<XElement, T> read, CancellationToken ct)
    {
        var all = new List<T>();
        await foreach (var reply in Pages(action, form, wrapper, ct).ConfigureAwait(false))
        {
            all.AddRange(reply.Items(wrapper).Select(read));
        }
        return all;
    }

    private async IAsyncEnumerable<XElement> Pages(
        string action, QueryForm form, string wrapper, [EnumeratorCancellation] CancellationToken ct)
    {
        var page = form;
        for (var tokens = new HashSet<string>(StringComparer.Ordinal); ;)
        {
            var reply = await Read(action, page, wrapper, ct).ConfigureAwait(false);
            yield return reply;
            // A token that came before would lead round in a circle.
            if (reply.Text("nextToken") is not { } token || !tokens.Add(token))
            {
                yield break;
            }
            page = form.With("NextToken", token);
        }
    }

    /// <summary>Tags objects that AWS makes by itself, such as the attachments of a VPN. Overwrites, so it may be
    /// repeated.</summary>
    public Task CreateTags(string resourceId, ObjectTags tags, CancellationToken ct) =>
        Write("CreateTags", new QueryForm()
        .Add("ResourceId.1", resourceId)
        .Add("Tag.1.Key", "Name").Add("Tag.1.Value", tags.Name)
        .Add("Tag.2.Key", Core.Design.LinkTag.Key).Add("Tag.2.Value", tags.Link), ct);

    /// <summary>One more tag on an object that has its own already.</summary>
    public Task CreateTag(string resourceId, string key, string value, CancellationToken ct) =>
        Write("CreateTags", new QueryForm()
        .Add("ResourceId.1", resourceId).Add("Tag.1.Key", key).Add("Tag.1.Value", value), ct);
}
