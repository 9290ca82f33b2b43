using System.Text.RegularExpressions;

namespace Sealane.Tests.Contracts;

/// <summary>
/// Lines <c># fragment:</c> in the head of a contract are a few words of the source it names, as somebody read them.
/// What they name, the contract's answer has.
/// </summary>
public sealed partial class FragmentTests
{
    /// <summary>As a contract file, then every line of its fragment.</summary>
    public static TheoryData<string, string> Fragments
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var file in ContractFile.All)
            {
                foreach (Match line in Fragment().Matches(Text(file.Id)))
                {
                    all.Add(file.Id, line.Groups[1].Value);
                }
            }
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Fragments))]
    public void What_the_source_names_is_in_the_contract(string id, string fragment)
    {
        var text = Text(id);
        var answer = text[text.IndexOf("\nHTTP/1.1 ", StringComparison.Ordinal)..];
        var has = Words().Matches(answer).Select(word => Plain(word.Value)).ToHashSet(StringComparer.Ordinal);
        var named = Members().Matches(fragment)
            .Select(member => member.Groups.Values.Skip(1).First(group => group.Success).Value).ToList();
        Assert.NotEmpty(named);
        Assert.Empty(named.Select(Plain).Except(has));
    }

    [Fact]
    public void A_fragment_is_short_and_belongs_to_a_source()
    {
        Assert.All(ContractFile.All, file =>
        {
            var lines = Fragment().Count(Text(file.Id));
            Assert.InRange(lines, 0, 3);
            Assert.True(lines == 0 || file.Exchange.Status != "inferred", file.Id);
        });
    }

    [Fact]
    public void What_has_no_source_has_a_reason_and_what_has_one_a_date()
    {
        var inferred = ContractFile.All.Where(file => file.Exchange.Status == "inferred").Select(file => file.Id);
        Assert.Equal(inferred.Order(), InferredReasons.All.Select(reason => reason.Contract).Order());
        Assert.All(ContractFile.All.Where(file => file.Exchange.Status != "inferred"),
            file => Assert.Matches("^# .*\\bread: 20[0-9]{2}-[0-9]{2}", Text(file.Id)));
    }

    private static string Text(string id) =>
        File.ReadAllText(Repository.PathOf(["tests", "contracts", .. $"{id}.http".Split('/')]));

    /// <summary>The EC2 API says <c>vpcSet</c> where its clients say <c>Vpcs</c>; everything else differs in the first
    /// letter at most.</summary>
    private static string Plain(string member)
    {
        var small = member.ToUpperInvariant();
        foreach (var (ending, instead) in new[] { ("IESSET", "Y"), ("SET", ""), ("IES", "Y"), ("ES", ""), ("S", "") })
        {
            if (small.EndsWith(ending, StringComparison.Ordinal))
            {
                return (small[..^ending.Length] + instead).TrimEnd('E');
            }
        }
        return small.TrimEnd('E');
    }

    [GeneratedRegex("^# fragment: (.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Fragment();

    [GeneratedRegex("[A-Za-z][A-Za-z0-9_-]*")]
    private static partial Regex Words();

    [GeneratedRegex("\"([A-Za-z][A-Za-z0-9_-]*)\" *:|json:\"([A-Za-z]+)\"|<([a-zA-Z]+)>")]
    private static partial Regex Members();
}
