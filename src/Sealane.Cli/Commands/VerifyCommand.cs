using System.CommandLine;
using System.Text.Json.Nodes;
using Sealane.Cli.Evidence;
using Sealane.Cli.Output;
using Sealane.Cli.Served;

namespace Sealane.Cli.Commands;

/// <summary><c>sealane verify FILE</c>: is it up, is it encrypted, and how many mistakes would open it.</summary>
internal static class VerifyCommand
{
    public static Command Create()
    {
        var common = new CommonOptions("text", "json", "markdown");
        common.File.Arity = ArgumentArity.ZeroOrOne;
        var strict = new Option<bool>("--strict")
        {
            Description = "Exit 1 also where the link is encrypted with less than was built: degraded, or not as "
                + "designed",
        };
        var wait = new Option<bool>("--wait")
        {
            Description = "While a table is within its lag, as Microsoft's edge's is up to 25 minutes after a first "
                + "connection, ask again every minute",
        };
        var evidence = Text("--evidence", "DIR", "Write what the verdict is made of into a new directory: every reply "
            + "with secrets masked, what was read and what not, a manifest");
        var sign = Text("--sign", "KEY", "With --evidence: sign the manifest with this private key (PEM, ECDSA or "
            + "RSA)");
        var redact = new Option<bool>("--redact")
        {
            Description = "With --evidence: other teams' names and tags replaced",
        };
        var from = Text("--from", "DIR", "Instead of FILE: work the verdict of a bundle out again, offline, and say "
            + "whether anything in it was altered");
        var digest = Text("--digest", "SHA256", "With --from: the manifest's digest as it was printed then");
        var signer = Text("--signer", "PEM", "With --from: the signer's public key or certificate");
        var command = new Command("verify",
            "Prove from what the clouds tell that the link is up and encrypted, now and in every single failure");
        common.AddTo(command);
        command.Options.Add(common.Server);
        foreach (var option in new Option[] { strict, wait, evidence, sign, redact, from, digest, signer })
        {
            command.Options.Add(option);
        }
        command.SetAction((parsed, ct) =>
        {
            var wishes = parsed.GetValue(evidence) is { } directory
                ? new BundleWishes(directory, parsed.GetValue(sign), parsed.GetValue(redact)) : null;
            if (wishes is null && (parsed.GetValue(sign) is not null || parsed.GetValue(redact)))
            {
                throw new UsageError("error: --sign and --redact are about a bundle\n  fix: add --evidence DIR");
            }
            var file = parsed.GetValue(common.File);
            if (parsed.GetValue(from) is { } kept)
            {
                return file is null
                    ? Again(kept, parsed.GetValue(digest), parsed.GetValue(signer),
                        parsed.GetRequiredValue(common.Format),
                        parsed.GetValue(strict), ct)
                    : throw new UsageError("error: a bundle holds its own spec\n  fix: leave FILE out, or --from");
            }
            return file is null
                ? throw new UsageError("error: verify needs a FILE, or --from DIR\nSee: sealane verify --help")
                : common.Read(parsed) is { Server: not null } served ? wishes is null ? ServedVerbs.Verify(served, ct)
                    : ServedVerbs.Evidence(served, wishes, ct)
                : Run(common.Read(parsed) with { KeepReplies = wishes is not null }, wishes, parsed.GetValue(strict),
                    parsed.GetValue(wait), ct);
        });
        return command;
    }

    private static async Task<int> Run(
        LinkOptions options, BundleWishes? wishes, bool strict, bool wait, CancellationToken ct)
    {
        if (wishes is not null)
        {
            BundleFiles.Require(wishes.Directory);
        }
        using var link = LinkSession.Open(options);
        var verified = await (wait ? Verifying.WhenReadable(link, ct) : Verifying.Once(link, ct))
            .ConfigureAwait(false);
        var bundle = wishes is null ? []
            : await Bundle.Write(link, verified, wishes, ct).ConfigureAwait(false);
        Show(verified, options.Format, "evidence", bundle, Runs.Calls(link));
        return Code(verified, strict);
    }

    /// <summary>Offline, from a bundle.</summary>
    private static async Task<int> Again(
        string directory, string? digest, string? signer, string format, bool strict, CancellationToken ct)
    {
        var check = BundleCheck.Of(directory, digest, signer);
        if (check.Trouble.Count > 0)
        {
            foreach (var one in check.Trouble)
            {
                Console.Error.Line($"error: {one}");
            }
            Console.Error.Line($"  fix: nothing is concluded from a bundle that is not as it was written; ask for it "
                + "again");
            return ExitCode.No;
        }
        var content = BundleFiles.Read(directory);
        var verified = await KeptLink.Judge(content, ct).ConfigureAwait(false);
        var then = (string?)BundleFiles.Verdict(directory)["text"];
        var same = then == verified.Verification.Judgement.Text;
        Show(verified, format, "bundle",
        [
            $"Worked out again from {check.Files} files, read at {content.At:yyyy-MM-dd HH:mm:ss} UTC by Sealane "
                + $"{content.Version}: {verified.Verification.Judgement.Text}"
                + (same ? ", as then." : $"; then it was {then}, by another version or other rules."),
            $"Nothing differs from the manifest. Manifest SHA-256: {check.Digest}"
                + (digest is null ? "; compare it with the one that was printed then" : ", as given")
                + (signer is not null ? "; signed by the given key." : check.Signed
                    ? "; it is signed: --signer PEM checks by whom." : "."),
        ]);
        return same ? Code(verified, strict) : ExitCode.No;
    }

    private static void Show(
        Verified verified, string format, string member, IReadOnlyList<string> more, JsonObject? calls = null)
    {
        switch (format)
        {
            case "json":
                var json = VerifyJson.Of(verified.Verification, verified.Readings);
                if (calls is not null)
                {
                    json["calls"] = calls;
                }
                if (more.Count > 0)
                {
                    json[member] = new JsonArray([.. more.Select(line => (JsonNode)line)]);
                }
                Console.WriteLine(Json.Show(json));
                break;
            case "markdown":
                VerifyMarkdown.Write(Console.Out, verified);
                foreach (var line in more)
                {
                    Console.WriteLine();
                    Console.WriteLine(PlainOutput.Code(line));
                }
                break;
            default:
                VerifyReport.Write(Console.Out, verified.Verification, verified.Unread, Ink.Output);
                foreach (var line in more)
                {
                    Console.Out.Line(line);
                }
                break;
        }
    }

    /// <summary>0 encrypted (degraded too, but for <c>--strict</c>) or accepted, 3 where nothing could be judged, else
    /// 1.</summary>
    private static int Code(Verified verified, bool strict) =>
        verified.Verification.Judgement.NothingJudged ? ExitCode.Cloud
        : verified.Verification.Judgement.IsGood(strict) ? ExitCode.Done : ExitCode.No;

    private static Option<string?> Text(string name, string help, string description) =>
        new(name) { HelpName = help, Description = description };
}
