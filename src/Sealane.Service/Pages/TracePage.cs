using Sealane.Service.Records;

namespace Sealane.Service.Pages;

/// <summary>The way of one packet, in the network as it was read last.</summary>
internal static class TracePage
{
    /// <param name="way">Empty: nothing was asked yet.</param>
    public static Html Of(HttpContext context, LinkRow link, string from, string to, string way) =>
        Layout.Page(context, $"Trace over {link.Name}", "", Html.Of($"""
            <h1>Trace over <a href="/links/{link.Name}">{link.Name}</a></h1>
            <form method="get" action="/links/{link.Name}/trace" class="row">
            <label for="from">From</label> <input id="from" name="from" value="{from}" required inputmode="decimal">
            <label for="to">to</label> <input id="to" name="to" value="{to}" required inputmode="decimal">
            <button>Trace</button>
            </form>
            <p>One packet between two addresses, hop by hop, with the rule that decided at each. The clouds are not
            asked: the evidence is {Layout.Age(link.Evidence)}.</p>
            {(way.Length == 0 ? Html.Empty : Html.Of($"""
                <div class="wide" role="region" aria-label="The way" tabindex="0"><pre class="way">{way}</pre></div>
                <p>A packet is not the link: {Layout.Verdict(link.Verdict)}</p>
                """))}
            """));
}
