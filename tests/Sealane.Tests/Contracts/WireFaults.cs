using Sealane.Tests.Cli;
using Sealane.Tests.EndToEnd;
using Sealane.Tests.Evidence;
using Sealane.Tests.Sandbox.Aws;
using Sealane.Tests.Sandbox.Azure;
using Sealane.Tests.Sandbox.Megaport;
using Sealane.Tests.Sandbox.World;

namespace Sealane.Tests.Contracts;

/// <summary>A fault that a client which nobody here wrote met, or a public transcript showed, and the tests that failed
/// before it was mended.</summary>
internal sealed record WireFault(string Id, string What, params (Type Class, string Test)[] Tests);

internal static class WireFaults
{
    public static IReadOnlyList<WireFault> All { get; } =
    [
        new("W1", "a replay died on the recording of an apply",
            (typeof(ReplayOfWritesTests),
                nameof(ReplayOfWritesTests.Every_request_of_a_whole_life_finds_its_answer_in_the_recording_of_it))),
        new("W2", "ids that were no UUIDs", (typeof(UuidTests),
            nameof(UuidTests.Every_identifier_in_a_whole_life_has_a_version_and_a_variant))),
        new("W3", "BFD of an interface where only a session has one",
            (typeof(McrAddOnTests),
                nameof(McrAddOnTests.Bfd_of_an_interface_is_discarded_and_that_of_a_session_needs_none)),
            (typeof(Clouds.Megaport.CarriedBackTests), nameof(Clouds.Megaport.CarriedBackTests
                .Every_edit_switches_bfd_on_whether_or_not_the_interface_shows_one))),
        new("W4", "tunnel options in another order than asked for", (typeof(VpnTests),
            nameof(VpnTests.Options_keep_the_order_of_the_request_and_the_other_lists_have_their_own))),
        new("W5", "what an answer left out was taken for gone", (typeof(AbsentSaysNothingTests),
            nameof(AbsentSaysNothingTests.Nothing_is_replaced_for_what_an_answer_leaves_out))),
        new("W6", "reads that every tool makes were not served",
            (typeof(Sandbox.Aws.FirstReadsTests),
                nameof(Sandbox.Aws.FirstReadsTests.Regions_and_zones_have_names_ids_and_endpoints)),
            (typeof(Sandbox.Aws.FirstReadsTests),
                nameof(Sandbox.Aws.FirstReadsTests.Rules_that_were_made_can_be_read_by_id_and_group)),
            (typeof(Sandbox.Megaport.FirstReadsTests),
                nameof(Sandbox.Megaport.FirstReadsTests.Network_regions_name_every_country_that_has_locations)),
            (typeof(Sandbox.Megaport.FirstReadsTests),
                nameof(Sandbox.Megaport.FirstReadsTests.A_service_key_is_made_listed_read_changed_and_ends))),
        new("W7", "more than 100 prefixes left a transit VIF up", (typeof(SessionTruthTests),
            nameof(SessionTruthTests.More_than_a_hundred_prefixes_take_the_session_of_a_transit_vif_down))),
        new("W8", "the negotiated suite was told without the far end", (typeof(SessionTruthTests),
            nameof(SessionTruthTests.The_suite_that_aws_tells_is_the_one_that_azure_proposes))),
        new("W9", "members named type were lost on the way back to Azure", (typeof(Clouds.Azure.CarriedBackTests),
            nameof(Clouds.Azure.CarriedBackTests
                .A_kind_and_an_address_that_only_share_their_name_with_read_only_members_go_back))),
        new("W10", "unknown members of a VXC were erased by an edit", (typeof(Clouds.Megaport.CarriedBackTests),
            nameof(Clouds.Megaport.CarriedBackTests.What_is_not_known_of_an_interface_goes_back_with_every_edit))),
        new("W11", "add-ons dropped, answers of peers that are not there, lists bared that no client reads so",
            (typeof(McrAddOnTests), nameof(McrAddOnTests.An_add_on_of_the_order_is_listed_with_the_router)),
            (typeof(LookingGlassTests),
                nameof(LookingGlassTests.An_address_answers_when_there_is_a_route_to_it_and_somebody_at_its_next_hop)),
            (typeof(WireVariantTests), nameof(WireVariantTests.Single_elements_can_be_bare))),
        new("W12", "IAM answered as EC2; the last BGP peer deleted; another code for a missing route",
            (typeof(IamTests), nameof(IamTests.Iam_answers_in_its_own_envelope)),
            (typeof(DirectConnectTests), nameof(DirectConnectTests.A_second_peer_is_of_the_other_address_family)),
            (typeof(VpcTests), nameof(VpcTests.Routes_are_replaced_and_local_ones_stay))),
        new("W13", "destroy found the order by being refused",
            (typeof(FewCallsTests), nameof(FewCallsTests.Nothing_is_refused_in_a_life_without_misfortune))),
        new("W14", "an apply with nothing to do read everything three times", (typeof(FewCallsTests),
            nameof(FewCallsTests.An_apply_with_nothing_to_do_asks_for_each_thing_once))),
        new("W15", "any name was taken once a certificate's chain fitted",
            (typeof(ServerTrustTests), nameof(ServerTrustTests.A_certificate_for_another_name_is_refused))),
        new("W16", "served clouds announced themselves before they could be told to stop; an old awscli has to be "
            + "told where they are",
            (typeof(StopTests), nameof(StopTests.What_serves_ends_in_order_when_it_is_told_to_at_once)),
            (typeof(StopTests), nameof(StopTests.Old_clients_are_told_how_to_find_what_is_served))),
        new("W17", "a circuit that is connected is refused at once, with a code that no page gives: marked so",
            (typeof(DeletionTests), nameof(DeletionTests.What_is_in_use_stays))),
        new("B1", "rows that the gateways of a VNet tell each other were taken for routes of the circuit",
            (typeof(VerdictTests),
                nameof(VerdictTests.Routes_that_the_gateways_of_the_vnet_tell_each_other_are_healthy))),
        new("B2", "a gateway's hidden interfaces kept the subnet from being deleted", (typeof(RepairTests),
            nameof(RepairTests.The_gateway_subnet_goes_although_hidden_interfaces_stand_in_it))),
        new("B3", "rows of peered spokes were taken for routes of the MCR", (typeof(VerdictTests),
            nameof(VerdictTests.A_spoke_that_uses_the_gateways_is_healthy))),
        new("B4", "a network without its length was overlooked", (typeof(VerdictTests),
            nameof(VerdictTests.A_leak_at_the_edge_is_seen_however_it_is_written))),
        new("B5", "an answer of the looking glass without rows was taken for none",
            (typeof(Clouds.Megaport.MegaportClientTests),
                nameof(Clouds.Megaport.MegaportClientTests.Only_a_list_is_an_answer_of_the_looking_glass))),
        new("B6", "nobody was told to wait while Microsoft's edge shows no table yet",
            (typeof(VerifyTests), nameof(VerifyTests
                .A_table_that_is_not_shown_yet_is_unproven_until_it_can_be_asked_and_apply_says_so)),
            (typeof(VerdictTests),
                nameof(VerdictTests.An_edge_that_shows_nothing_yet_is_unproven_and_says_when_to_ask_again))),
        new("B7", "refusals without advice: no address left in the subscription, no contract in a location's market",
            (typeof(EndToEnd.RefusalTests),
                nameof(EndToEnd.RefusalTests.A_subscription_without_an_address_left_is_a_quota_and_says_whom_to_ask)),
            (typeof(AheadTests), nameof(AheadTests.A_state_of_the_accounts))),
    ];
}
