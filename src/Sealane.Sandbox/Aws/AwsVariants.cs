namespace Sealane.Sandbox.Aws;

/// <summary>
/// Ways in which AWS's answers were seen to be written, from page to page of its own documentation. All off: the
/// plainest form.
/// </summary>
/// <remarks>Samples of docs.aws.amazon.com/AWSEC2/latest/APIReference; examples of github.com/aws/aws-cli.</remarks>
public sealed class AwsVariants
{
    /// <summary>EC2 leaves an empty list out instead of writing an empty element: most samples have no
    /// <c>tagSet</c>.</summary>
    public bool EmptyListsAreAbsent { get; set; }

    /// <summary>Entries of a page where a call can page, however many were asked for; null: as many as were asked for.
    /// A caller has to follow the token even when it asked for no pages.</summary>
    public int? PageSize { get; set; }

    /// <summary>Direct Connect gives a token with the last page too: the page after it is empty.</summary>
    /// <remarks>aws-cli, examples/directconnect/describe-direct-connect-gateway-attachments.rst.</remarks>
    public bool TokenOnLastPage { get; set; }

    /// <summary>As a text chooses.</summary>
    internal static AwsVariants By(Func<string, int, int> choose) => new()
    {
        EmptyListsAreAbsent = choose("empty-lists", 2) == 1,
        PageSize = choose("aws-page", 2) == 1 ? 5 : null,
        TokenOnLastPage = choose("last-token", 2) == 1,
    };
}
