namespace Sealane.Sandbox.World.Net;

/// <summary>
/// A BGP session or an IPsec tunnel as it really is. Configured alike at both ends it comes up after a while; no longer
/// so,
/// it goes down at once. Its id names what it belongs to: <c>vif/…</c>, <c>msee/…</c>, <c>ipsec/…</c>, <c>bgp/…</c>.
/// </summary>
public sealed class Session : Entity
{
    public const string Up = "up";
    public const string Down = "down";

    /// <summary>Why it is down, for the world's own diagnosis; empty when up or on its way up.</summary>
    public string Reason { get; set; } = "";
}

/// <summary>All sessions of the world, kept in its file so that they survive between commands.</summary>
public sealed class SessionState : ICloudState
{
    private Dictionary<string, Session>? _byId;

    public List<Session> Sessions { get; set; } = [];

    IEnumerable<Entity> ICloudState.Entities => Sessions;

    public bool IsUp(string id) => Find(id) is { State: Session.Up };

    public Session? Find(string id)
    {
        if (_byId?.Count != Sessions.Count)
        {
            _byId = Sessions.ToDictionary(session => session.Id, StringComparer.Ordinal);
        }
        return _byId.GetValueOrDefault(id);
    }

    /// <summary>Brings the session towards what it should be.</summary>
    /// <returns>Whether it changed now, so that routes must be worked out again.</returns>
    public bool Steer(SandboxWorld world, string id, string reasonToBeDown, Duration comingUp)
    {
        var session = Find(id);
        if (session is null)
        {
            session = new() { Id = id, State = Session.Down, CreatedAt = world.Now, ChangedAt = world.Now };
            Sessions.Add(session);
            _byId![id] = session;
        }
        session.Reason = reasonToBeDown;
        if (reasonToBeDown.Length > 0)
        {
            var wasUp = session.State == Session.Up;
            if (wasUp || session.Coming.Count > 0)
            {
                world.Enter(session, Session.Down);
            }
            return wasUp;
        }
        if (session.State == Session.Down && session.Coming.Count == 0)
        {
            world.Then(session, world.Take(comingUp, id), Session.Up);
        }
        return false;
    }

    /// <summary>Forgets sessions whose ends are gone.</summary>
    public void Keep(IReadOnlySet<string> ids)
    {
        if (Sessions.RemoveAll(session => !ids.Contains(session.Id)) > 0)
        {
            _byId = null;
        }
    }

    public void Reached(SandboxWorld world, Entity entity, string state)
    {
        // A session that comes up changes routes only, and those are worked out after every change.
    }

    public void Remove(Entity entity)
    {
        Sessions.Remove((Session)entity);
        _byId = null;
    }
}
