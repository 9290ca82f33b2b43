using System.Text.Json.Serialization;

namespace Sealane.Core.Routing;

/// <summary>
/// What no vendor documents, and the reading under which more leaks. The network is solved under the usual reading;
/// where
/// one of these came into play it is solved a second time with all of them turned, and a leak found there counts as
/// one.
/// docs/proof.md names them.
/// </summary>
[JsonConverter(typeof(CamelText<Undocumented>))]
[Flags]
public enum Undocumented
{
    None = 0,

    /// <summary>An MCR announces a static route even to the peer that is its own next hop.</summary>
    StaticToItsNextHop = 1,

    /// <summary>A permitting list entry without ge and le lets longer prefixes through; a denying one only its
    /// own.</summary>
    LooseListEntries = 2,

    /// <summary>A session of type private cloud passes routes on as one of type non-cloud would.</summary>
    PrivateCloudAsNonCloud = 4,

    /// <summary>permitExportTo passes routes on even where the peer types would not.</summary>
    PermitBeatsPeerType = 8,
    All = 15,
}
