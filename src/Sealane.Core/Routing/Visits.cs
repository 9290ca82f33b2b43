namespace Sealane.Core.Routing;

/// <summary>
/// Which boxes a packet has been to. Every loop passes a VNet, an MCR or a transit gateway, and these forward a packet
/// alike whenever they meet it. So each is asked once a packet: met again on the same branch it is a loop, on another
/// the answer is known. Many equal branches would otherwise multiply.
/// </summary>
internal sealed class Visits
{
    private readonly record struct Visit(string Box, string Table, Packet Packet, Outcome? Outcome);

    private readonly List<Visit> _all = [];

    public void Clear() => _all.Clear();

    /// <returns>False where it has been there: with what came of it, or null while it is still on its way.</returns>
    public bool Begin(string box, string table, Packet packet, out Outcome? outcome)
    {
        var index = IndexOf(box, table, packet);
        outcome = index >= 0 ? _all[index].Outcome : null;
        if (index < 0)
        {
            _all.Add(new(box, table, packet, null));
        }
        return index < 0;
    }

    public void End(string box, string table, Packet packet, Outcome outcome) =>
        _all[IndexOf(box, table, packet)] = new(box, table, packet, outcome);

    private int IndexOf(string box, string table, Packet packet)
    {
        for (var i = _all.Count - 1; i >= 0; i--)
        {
            if (_all[i].Box == box && _all[i].Table == table && _all[i].Packet == packet)
            {
                return i;
            }
        }
        return -1;
    }
}
