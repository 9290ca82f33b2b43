using Sealane.Core.Checks.Ahead;

namespace Sealane.Core.Checks;

/// <summary>Every check, by hand and in reading order.</summary>
public static class AllChecks
{
    public static IReadOnlyList<DesignCheck> Design { get; } =
    [
        SpecShapeChecks.SilencedCheckExists,
        SpecShapeChecks.EncryptedPathIsNotSilenced,
        SpecShapeChecks.SilenceHasAnEffect,
        SpecShapeChecks.NamesAreDistinct,
        SpecShapeChecks.EndpointsAreEncrypted,
        SpecShapeChecks.KeysAreDistinct,
        SpecShapeChecks.ListsHaveNoRepeats,
        SpecShapeChecks.TagsFitEverywhere,
        SpecShapeChecks.UsedObjectsKeepTheirNames,
        UsedObjects.Named,

        NetworkOverlapChecks.VpcAndVnetAreApart,
        NetworkOverlapChecks.TransitGatewayCidrIsApart,
        NetworkOverlapChecks.TransportIsApart,
        TransitGatewayCidrChecks.Size,
        TransitGatewayCidrChecks.NotReserved,
        TransitGatewayCidrChecks.Private,
        TunnelAddressChecks.Size,
        TunnelAddressChecks.InAzureWindow,
        TunnelAddressChecks.NotReservedByAws,
        TunnelAddressChecks.Distinct,
        TransportAddressChecks.AzureNetworks,
        TransportAddressChecks.AwsAddresses,
        GatewaySubnetChecks.InsideVnet,
        GatewaySubnetChecks.Size,
        GatewaySubnetChecks.LeavesRoom,
        GatewaySubnetChecks.OutsideTransitGatewayCidr,
        GatewaySubnetChecks.PrivateAddress,
        NetworkOverlapChecks.VpcPrefixSize,
        NetworkOverlapChecks.PrefixesAreUsable,
        NetworkOverlapChecks.PrefixesOfOneSideAreApart,
        TransportAddressChecks.PrivateOrLinkLocal,
        AsnChecks.AmazonRange,
        AsnChecks.AmazonSidesDiffer,
        AsnChecks.NotReserved,
        AsnChecks.PeersDiffer,
        AsnChecks.VpnGatewayAsn,
        AsnChecks.McrAsnIsOurs,

        EncryptedPathChecks.NoVpcPrefixIsAllowed,
        EncryptedPathChecks.OnlyTransitGatewayCidrIsAllowed,
        EncryptedPathChecks.TransitGatewayCidrIsAllowed,
        EncryptedPathChecks.TransitGatewayIsIsolated,
        EncryptedPathChecks.IsolationMayFallBack,
        EncryptedPathChecks.SharedRoutersCarryOthers,
        RoutedChecks.ThreeMistakesApart,
        CryptoChecks.EncryptionIsSound,
        CryptoChecks.IntegrityIsCommon,
        CryptoChecks.GroupIsCommon,
        CryptoChecks.GroupIsAdvisable,

        GatewaySkuChecks.VpnSkuTakesPrivateAddress,
        GatewaySkuChecks.GenerationFitsSku,
        GatewaySkuChecks.ExpressRouteSkuCarriesIpsec,
        GatewaySkuChecks.ExpressRouteSkuIsCurrent,
        GatewaySkuChecks.PublicIpHasZones,
        GatewaySkuChecks.OneCustomBgpAddress,
        BandwidthChecks.CircuitSize,
        BandwidthChecks.CircuitTier,
        BandwidthChecks.LocalCircuitIsLarge,
        BandwidthChecks.HostedConnectionSize,
        BandwidthChecks.RateFitsCircuit,
        BandwidthChecks.CircuitIsUsed,
        BandwidthChecks.McrSpeed,
        BandwidthChecks.McrCarriesRate,
        BandwidthChecks.GatewayIsNoBottleneck,
        BandwidthChecks.PeeringLocationIsNamed,
        TunnelLimitChecks.VifMtu,
        TunnelLimitChecks.JumboIsUseless,
        TunnelLimitChecks.Lifetimes,
        TunnelLimitChecks.LifetimeOrder,
        TunnelLimitChecks.DeadPeerDetection,
        TunnelLimitChecks.TcpSegments,
        PlaceChecks.AwsRegionExists,
        PlaceChecks.AzureRegionExists,
        PlaceChecks.PeeringLocationExists,
        PlaceChecks.SiteIsKnown,

        OperationChecks.SingleCircuitPath,
        OperationChecks.SingleRouter,
        OperationChecks.ContractTerm,
        OperationChecks.Billed,
        OperationChecks.Permanent,
        OperationChecks.Staging,
        OperationChecks.ManyZones,
        OperationChecks.UnlimitedStays,
        OperationChecks.RoutersApart,
        OperationChecks.CircuitsApart,
        PartChecks.KeysAreDistinct,
        PartChecks.PartsExist,
        PartChecks.OneAsnOnACircuit,
        PartChecks.PathsAreUsedOnce,
        PartChecks.RoutersLeadToBoth,
        RoutedChecks.CarriesAllInAFailure,
        PartChecks.NetworksStandOnce,
        AccountChecks.OthersAreReached,
    ];

    public static IReadOnlyList<string> Ids { get; } =
        [.. Design.Select(check => check.Id), .. AllAheadChecks.List.Select(check => check.Id)];

    public static Check? Find(string id) =>
        (Check?)Design.FirstOrDefault(check => string.Equals(check.Id, id, StringComparison.OrdinalIgnoreCase))
        ?? AllAheadChecks.Find(id);
}
