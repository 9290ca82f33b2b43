using System.Text.Json.Nodes;
using Sealane.Core.Checks;
using Sealane.Core.Design;
using Sealane.Core.Spec;
using Sealane.Service.Links;
using Sealane.Service.Records;
using Sealane.Service.Security;

namespace Sealane.Service;

/// <summary>The answer is no; why, and the way out.</summary>
internal sealed class Refused(int status, string message) : Exception(message)
{
    public int Status => status;
}

/// <summary>What can be asked of the service, by a program or on a page: the same rules for both, and each deed in the
/// audit log before it is done.</summary>
internal sealed class Fleet(ServeOptions options, Store store, Bell bell, IGrainFactory grains,
    ILogger<Fleet> log)
{
    private const int SpecLengthMax = 1 << 20;
    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public LinkRow Link(string name) => store.Link(name)
        ?? throw new Refused(StatusCodes.Status404NotFound, $"no link of the fleet is named {name}");

    public RunRow Run(long id) => store.Run(id)
        ?? throw new Refused(StatusCodes.Status404NotFound, $"there is no run {id}");

    public async Task<LinkRow> Add(Person who, string file, string text, string? policy)
    {
        file = Path.GetFileName(file) is { Length: > 0 and < 200 } name ? name : "spec.yaml";
        var read = text.Length > SpecLengthMax ? throw Wrong("larger than 1 MiB, which no spec is")
            : SpecReader.Read(file, text);
        var spec = read.Spec ?? throw Wrong(string.Join('\n', read.Problems));
        var design = Designer.Design(spec);
        var report = DesignChecks.Run(design);
        if (report.HasErrors)
        {
            using var errors = new StringWriter(System.Globalization.CultureInfo.InvariantCulture);
            Cli.Output.FindingsText.Write(errors, file, report, Cli.Output.Ink.None);
            throw Wrong(errors.ToString().Trim());
        }
        RequirePolicy(who, store.Link(design.Name), policy);
        if (spec.Endpoints != new EndpointsSpec() && who.Role < Role.Approver)
        {
            throw new Refused(StatusCodes.Status403Forbidden,
                "endpoints say where the service's credentials are sent: an approver adds such a spec");
        }
        var sha = Cli.Evidence.BundleContent.Sha256(System.Text.Encoding.UTF8.GetBytes(text));
        store.Audit(who.Name, "add", design.Name, $"{file}, sha256 {sha}, policy {policy ?? "as it was"}", Now);
        store.AddLink(design.Name, policy, file, text, sha, who.Name, Now);
        await Wake(design.Name).ConfigureAwait(false);
        return Link(design.Name);
    }

    public async Task Remove(Person who, string name)
    {
        Link(name);
        if (store.OpenRuns(name) is [var open, ..])
        {
            throw new Refused(StatusCodes.Status409Conflict, $"run {open.Id} of {name} is {open.State}; stop it first");
        }
        store.Audit(who.Name, "remove", name, "", Now);
        store.RemoveLink(name, Now);
        await Wake(name).ConfigureAwait(false);
    }

    public async Task SetPolicy(Person who, string name, string policy)
    {
        RequirePolicy(who, Link(name), policy);
        store.Audit(who.Name, "policy", name, policy, Now);
        store.SetPolicy(name, policy);
        await Wake(name).ConfigureAwait(false);
    }

    /// <returns>How many looks had been taken before.</returns>
    public async Task<long> Look(Person who, string name)
    {
        var looks = Link(name).Looks;
        store.Audit(who.Name, "look", name, "", Now);
        await Called(name, grain => grain.Look()).ConfigureAwait(false);
        return looks;
    }

    /// <summary>The way of one packet in the network as it was read last; the clouds are not asked.</summary>
    /// <returns>With <c>trace</c> and <c>text</c>.</returns>
    public async Task<JsonObject> Trace(string name, string? source, string? destination, IReadOnlyList<string> without)
    {
        Link(name);
        string? told;
        try
        {
            told = await grains.GetGrain<ILinkGrain>(name).Trace(source ?? "", destination ?? "", without)
                .ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            Log.NotWoken(log, name, error);
            throw new Refused(StatusCodes.Status503ServiceUnavailable, $"whoever keeps {name} does not answer now");
        }
        var read = told is null ? throw new Refused(StatusCodes.Status409Conflict,
            $"not all evidence of {name} was read yet since the service started") : JsonNode.Parse(told)!.AsObject();
        return (string?)read["error"] is { } why ? throw Wrong(why) : read;
    }

    public async Task<RunRow> Ask(Person who, string name, string kind, string? key)
    {
        var link = Link(name);
        if (kind is not ("plan" or "apply" or "destroy") && !LinkRotation.Kinds.Contains(kind)
            && !LinkDrill.IsKind(kind) && !LinkBundle.Kinds.Contains(kind))
        {
            throw Wrong($"'{kind}' cannot be asked for\n  fix: plan, apply, destroy, "
                + $"{string.Join(", ", LinkRotation.Kinds.Concat(LinkBundle.Kinds))}, drill or drill-ELEMENT");
        }
        var changes = Changes(kind);
        if (changes && link.Policy == Policies.Watch)
        {
            throw new Refused(StatusCodes.Status409Conflict,
                $"the policy of {name} is watch: the service changes nothing of it\n  fix: an approver sets another");
        }
        if (changes && store.OpenRuns(name).FirstOrDefault(run => Changes(run.Kind)) is { } open
            && (key is null || store.AskedWith($"{who.Name}/{key}") != open.Id))
        {
            throw new Refused(StatusCodes.Status409Conflict, $"run {open.Id} of {name} is {open.State} already");
        }
        store.Audit(who.Name, "ask", name, kind, Now);
        var run = store.AskRun(name, kind, link.Version, who.Name, key is null ? null : $"{who.Name}/{key}", Now);
        await Wake(name).ConfigureAwait(false);
        return run;
    }

    /// <param name="agreed">What must be agreed to by name, all of it.</param>
    public async Task<RunRow> Approve(Person who, long id, IReadOnlyList<string> agreed)
    {
        var run = Run(id);
        if (run.State != RunStates.Waiting)
        {
            throw new Refused(StatusCodes.Status409Conflict, $"run {id} is {run.State}, and nothing waits in it");
        }
        if (run.AskedBy == who.Name && !options.SingleOperator)
        {
            store.Audit(who.Name, "refused", run.Link, $"run {id}: who asked does not approve", Now);
            throw new Refused(StatusCodes.Status403Forbidden,
                $"{who.Name} asked for run {id}, and somebody else approves it\n"
                + "  fix: a second token with the role approver; or start the service with --single-operator");
        }
        if (run.Consent.Except(agreed).ToList() is { Count: > 0 } missing)
        {
            throw new Refused(StatusCodes.Status409Conflict,
                $"this must be agreed to by name: {string.Join(", ", missing)}");
        }
        store.Audit(who.Name, "approve", run.Link, $"run {id}: {run.Kind} {string.Join(' ', run.Consent)}".TrimEnd(),
            Now);
        store.ApproveRun(id, who.Name, Now);
        await Wake(run.Link).ConfigureAwait(false);
        return Run(id);
    }

    public async Task<RunRow> Stop(Person who, long id)
    {
        var run = Run(id);
        store.Audit(who.Name, "stop", run.Link, $"run {id}: {run.Kind} was {run.State}", Now);
        if (run.State is RunStates.Waiting or RunStates.Approved)
        {
            store.EndRun(null, id, RunStates.Stopped, $"stopped by {who.Name}", null, Now);
        }
        await Called(run.Link, grain => grain.Stop(id)).ConfigureAwait(false);
        bell.Ring();
        return Run(id);
    }

    private static bool Changes(string kind) => kind != "plan" && !LinkBundle.Kinds.Contains(kind);

    /// <summary>The bundle of evidence that a run made.</summary>
    public JsonObject Bundle(long id) => store.Bundle(Run(id).Id) is { } files ? JsonNode.Parse(files)!.AsObject()
        : throw new Refused(StatusCodes.Status404NotFound, $"run {id} has no bundle of evidence, or has it no more");

    private async Task Wake(string name)
    {
        bell.Ring();
        await Called(name, grain => grain.Wake()).ConfigureAwait(false);
    }

    /// <summary>What was asked stands in the records; a silo that is gone just now does not make it undone.</summary>
    private async Task Called(string name, Func<ILinkGrain, Task> call)
    {
        try
        {
            await call(grains.GetGrain<ILinkGrain>(name)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is OrleansException or TimeoutException)
        {
            Log.NotWoken(log, name, error);
        }
    }

    /// <param name="link">Null: it is new.</param>
    private static void RequirePolicy(Person who, LinkRow? link, string? policy)
    {
        if (policy is null || policy == link?.Policy)
        {
            return;
        }
        if (!Policies.All.Contains(policy))
        {
            throw Wrong($"'{policy}' is no policy\n  fix: {string.Join(", ", Policies.All)}");
        }
        if (who.Role < Role.Approver && (policy == Policies.Repair || link?.Policy == Policies.Watch))
        {
            throw new Refused(StatusCodes.Status403Forbidden,
                $"{policy} lets the service change more of a link than before: an approver sets it");
        }
    }

    private static Refused Wrong(string message) => new(StatusCodes.Status400BadRequest, message);
}
