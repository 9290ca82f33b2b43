namespace Sealane.Sandbox.Megaport;

/// <summary>
/// Ways in which the real API was seen to differ from its own documentation, or from one day to the next, each by
/// public
/// issues of the Megaport Terraform provider and SDK. All off: the ordinary behaviour.
/// </summary>
public sealed class MegaportVariants
{
    /// <summary>A list of one element is written as the bare element.</summary>
    public bool SingleElementsAreBare { get; set; }

    /// <summary>BGP passwords and shared keys do not come back on read.</summary>
    public bool PasswordsAreHidden { get; set; }

    /// <summary>A product that does not exist is a 404 and not a 400.</summary>
    public bool NotFoundIs404 { get; set; }

    /// <summary><c>data</c> of an error is a list of objects.</summary>
    public bool ErrorDataIsList { get; set; }

    /// <summary>The account wants every change approved: 202, nothing is changed.</summary>
    public bool ApprovalRequired { get; set; }

    /// <summary>A new product appears in the list, and by its uid, only after so many seconds.</summary>
    public double ListLagSeconds { get; set; }

    /// <summary>A VXC ends on another port of the same location and zone than the one ordered.</summary>
    public bool PartnerPortIsSwapped { get; set; }

    /// <summary>The first CANCEL_NOW of every product fails with the transient rollback-only error.</summary>
    public bool FirstCancelRollsBack { get; set; }

    /// <summary>Validation finds no capacity.</summary>
    public bool NoCapacityOnValidate { get; set; }

    /// <summary>Validation finds capacity and the order does not.</summary>
    public bool NoCapacityOnBuy { get; set; }

    /// <summary>
    /// Countries, by name, in whose market the account does not buy, although their locations are in the catalogue
    /// (github.com/erjosito/net-lab-builder, labs/vwan-dual-er-symmetric/deploy-log.md).
    /// </summary>
    public List<string> MissingMarkets { get; set; } = [];

    /// <summary>The key's role reads: a validation is refused too, which is unconfirmed.</summary>
    public bool KeyOnlyReads { get; set; }

    /// <summary>New orders stay DEPLOYABLE.</summary>
    public bool OrdersGetStuck { get; set; }

    /// <summary><c>Retry-After</c> of a 429 is a date.</summary>
    public bool RetryAfterIsDate { get; set; }

    /// <summary>Rows of the looking glass come without their AS path, which the vendor's own client allows
    /// for.</summary>
    public bool NoAsPaths { get; set; }

    /// <summary>Members without a value are left out instead of written as null.</summary>
    public bool EmptyMembersAreAbsent { get; set; }

    /// <summary>Members that a session or interface does not have are written as null instead of left out.</summary>
    public bool AbsentMembersAreNull { get; set; }

    /// <summary>Partner ports have the spellings of an older answer: <c>vxcpermitted</c>, <c>lag_id</c>.</summary>
    public bool PartnerPortsAreOld { get; set; }

    /// <summary>The looking glass answers with an empty 200 where it should name the operation.</summary>
    public bool LookingGlassIsSilent { get; set; }

    /// <summary>As a text chooses, of the forms in which a link lives on.</summary>
    internal void Choose(Func<string, int, int> choose)
    {
        SingleElementsAreBare = choose("bare", 2) == 1;
        NotFoundIs404 = choose("404", 2) == 1;
        ErrorDataIsList = choose("errors", 2) == 1;
        RetryAfterIsDate = choose("retry", 2) == 1;
        EmptyMembersAreAbsent = choose("mp-absent", 2) == 1;
        AbsentMembersAreNull = choose("mp-null", 2) == 1;
        PartnerPortsAreOld = choose("old-ports", 2) == 1;
    }

    /// <summary>Products whose first cancel has already failed, for <see cref="FirstCancelRollsBack"/>.</summary>
    public List<string> RolledBack { get; set; } = [];
}
