using System.Text.Json;
using System.Text.RegularExpressions;
using Sealane.Cli;

namespace Sealane.Tests.Docs;

/// <summary>docs/aws-policy.json allows what the clients call, and nothing else.</summary>
public sealed class AwsPolicyTests
{
    private static readonly (string Client, string Service)[] Clients =
        [("Ec2Client", "ec2"), ("DirectConnectClient", "directconnect"), ("StsClient", "sts")];

    /// <summary>Tags given with a create are an action of their own.</summary>
    private static readonly string[] Tagging = ["ec2:CreateTags", "directconnect:TagResource"];

    [Fact]
    public void The_policy_has_every_action_that_is_called_and_no_other()
    {
        var written = from client in Clients
                      from file in Directory.GetFiles(Repository.PathOf("src", "Sealane.Clouds", "Aws"),
                          client.Client + "*.cs")
                      from Match name in Regex.Matches(File.ReadAllText(file),
                          "\"((?:Associate|Confirm|Create|Delete|Describe|Disable|Disassociate|Enable|Get|List|Modify|Replace|Search|Update)[A-Z][A-Za-z]+?)(?<!Result)\"")
                      select $"{client.Service}:{name.Groups[1].Value}";
        var stated = AllResources.Catalogue().Resources.SelectMany(resource => resource.Operations)
            .Where(name => name.Contains(':', StringComparison.Ordinal));
        using var policy = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("docs", "aws-policy.json")));
        var allowed = policy.RootElement.GetProperty("Statement")[0].GetProperty("Action").EnumerateArray()
            .Select(action => action.GetString()!);
        Assert.Equal(written.Concat(stated).Concat(Tagging).Distinct().Order(StringComparer.Ordinal), allowed);
    }
}
