"""
Terraform with its AWS provider builds, changes, imports and destroys the AWS half of the guide against the served sandbox;
after each the plan is empty, and nothing that it asks for is refused. Run by tests/suites/terraform.
"""
import collections
import json
import os
import pathlib
import shutil
import subprocess
import sys
import time

from clients import count
from clients.count import check, equal
from clients.megaport import Megaport
from clients.sandbox import KEYS, Sandbox
from clients.tap import Tap
from clients.wait import until

CONFIGURATION = pathlib.Path(__file__).resolve().parent / "terraform/main.tf"
LINK, VPC = "sydney", "vpc-0a1b2c3d4e5f60718"
NOTHING = 0
CHANGES = 2


class Terraform:
    """One working directory; each state in a file of its own, so that one `init` is enough."""

    def __init__(self, sandbox, endpoint, plugins, given):
        self.directory = pathlib.Path(sandbox.directory) / "terraform"
        self.directory.mkdir()
        shutil.copy(CONFIGURATION, self.directory)
        (self.directory / "cli.tfrc").write_text(
            f'provider_installation {{\n  filesystem_mirror {{\n    path = "{plugins}"\n  }}\n}}\n')
        (self.directory / "terraform.tfvars.json").write_text(json.dumps(given))
        self.state = "built.tfstate"
        # Whatever would leave loopback ends at a port where nobody listens.
        self.env = {
            **sandbox.env, "TF_CLI_CONFIG_FILE": str(self.directory / "cli.tfrc"), "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1",
            "TF_INPUT": "0", "AWS_EC2_METADATA_DISABLED": "true", "HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9",
            "NO_PROXY": "127.0.0.1,localhost", "AWS_ENDPOINT_URL": endpoint}
        self("init")

    def __call__(self, command, *arguments, expect=(0,)):
        start = time.monotonic()
        done = subprocess.run(["terraform", command, *arguments], env=self.env, cwd=self.directory,
                              capture_output=True, text=True, timeout=600)
        print(f"terraform: {command} took {time.monotonic() - start:.0f} s", flush=True)
        if done.returncode not in expect:
            raise AssertionError(f"terraform {command} ended with {done.returncode}: {done.stderr[-3000:]}{done.stdout[-1500:]}")
        return done

    def given(self, changed):
        return [f"-state={self.state}", "-no-color",
                *(f"-var={name}={json.dumps(value) if isinstance(value, list) else value}" for name, value in changed.items())]

    def apply(self, changed, what):
        """Applies; then nothing is left to do. What was done, by action, and to which kinds."""
        lines = self("apply", "-json", "-auto-approve", *self.given(changed)).stdout.splitlines()
        done = collections.defaultdict(list)
        for event in map(json.loads, lines):
            if event["type"] == "planned_change":
                done[event["change"]["action"]].append(event["change"]["resource"]["resource_type"])
        again = self("plan", "-detailed-exitcode", *self.given(changed), expect=(NOTHING, CHANGES))
        check(again.returncode == NOTHING, f"{what}: an empty plan; it says {again.stdout[-2500:]}")
        return done

    def destroy(self, changed):
        self("destroy", "-auto-approve", *self.given(changed))

    def resources(self):
        """Address and attributes of everything that it manages."""
        state = json.loads((self.directory / self.state).read_text())
        for one in state["resources"]:
            if one["mode"] == "managed":
                for each in one["instances"]:
                    key = each.get("index_key")
                    yield one["type"], f"{one['type']}.{one['name']}" + ("" if key is None else f"[{json.dumps(key)}]"), each["attributes"]


def connection_from_megaport(sandbox):
    """Steps 5 and 6 of the guide: the router and the VXC that brings the hosted connection, ordered at Megaport."""
    megaport = Megaport(sandbox)
    mcr = megaport.order({"productType": "MCR2", "productName": f"{LINK}-mcr", "locationId": 2, "portSpeed": 1000, "term": 1,
                          "costCentre": "", "config": {"mcrAsn": 133937, "diversityZone": "red"}})
    megaport.until_live(mcr)
    ports = megaport("GET", "/v2/dropdowns/partner/megaports", connectType="AWSHC", vxcPermitted="true")
    near = [p for p in ports if p["title"].endswith("(ap-southeast-2)") and p["locationId"] == 2 and p["diversityZone"] == "red"]
    vxc = megaport.order({"productUid": mcr, "associatedVxcs": [{
        "productName": f"{LINK}-aws", "rateLimit": 50, "term": 1, "shutdown": False, "costCentre": "",
        "aEnd": {"vlan": 0, "partnerConfig": {"connectType": "VROUTER", "interfaces": [{
            "ipAddresses": ["192.168.100.1/30"], "bgpConnections": [{
                "peerAsn": 64550, "localIpAddress": "192.168.100.1", "peerIpAddress": "192.168.100.2", "password": KEYS["SEALANE_AWS_BGP"],
                "shutdown": False, "bfdEnabled": True, "peerType": "PRIV_CLOUD", "exportPolicy": "permit"}]}]}},
        "bEnd": {"productUid": near[0]["productUid"], "partnerConfig": {
            "connectType": "AWSHC", "type": "private", "ownerAccount": "111122223333", "name": f"{LINK}-aws"}}}]})
    megaport.until_live(vxc)

    def connection():
        ends = megaport.product(vxc)["resources"]["csp_connection"]
        return next((end.get("connectionId") for end in ends if end["connectType"] == "AWSHC"), None)
    return until(connection, bool, "the id of the hosted connection"), megaport.product(vxc)["bEnd"]["vlan"]


def import_id(kind, has):
    """What a user types to import it, by the provider's documentation of the kind."""
    table = has.get("transit_gateway_route_table_id")
    return {
        "aws_dx_gateway_association": lambda: f"{has['dx_gateway_id']}/{has['associated_gateway_id']}",
        "aws_ec2_transit_gateway_route_table_association": lambda: f"{table}_{has['transit_gateway_attachment_id']}",
        "aws_ec2_transit_gateway_route_table_propagation": lambda: f"{table}_{has['transit_gateway_attachment_id']}",
        "aws_ec2_transit_gateway_route": lambda: f"{table}_{has['destination_cidr_block']}",
        "aws_route": lambda: f"{has['route_table_id']}_{has['destination_cidr_block']}",
    }.get(kind, lambda: has["id"])()


# In place, all of it: nothing of a link may be replaced for these.
CHANGED = {"mtu": 8500, "allowed": ["10.254.1.0/24", "10.1.0.0/16"], "dpd": 60, "ecmp": "disable", "note": "changed",
           "sticky": "enable", "port": 8443, "remote": "10.2.0.0/15"}
# But for the routes of the VPC, which lead to another network: those the provider makes anew.
ANEW = {"aws_route"}
IN_PLACE = {"aws_dx_transit_virtual_interface", "aws_dx_gateway_association", "aws_vpn_connection", "aws_ec2_transit_gateway",
            "aws_ec2_transit_gateway_vpc_attachment", "aws_vpc_security_group_ingress_rule"}


def main(plugins):
    with Sandbox() as sandbox, Tap("terraform", sandbox.places["aws"]) as tap:
        connection, vlan = connection_from_megaport(sandbox)
        count.about("terraform")
        terraform = Terraform(sandbox, tap.url, plugins, {
            "link": LINK, "vpc": VPC, "connection": connection, "vlan": vlan, "bgp_key": KEYS["SEALANE_AWS_BGP"],
            "psk": [KEYS["SEALANE_PSK_1"], KEYS["SEALANE_PSK_2"]]})

        done = terraform.apply({}, "after the build")
        built = list(terraform.resources())
        equal({action: len(kinds) for action, kinds in done.items() if action != "read"}, {"create": len(built)}, "the build")
        made = {kind: has for kind, _, has in built}
        equal(made["aws_dx_gateway"]["owner_account_id"], "111122223333", "the account that Terraform sees")
        for tunnel in ("tunnel1_address", "tunnel2_address"):
            check(made["aws_vpn_connection"][tunnel].startswith("10.254.1."), f"{tunnel} in the gateway's CIDR block")

        done = terraform.apply(CHANGED, "after the changes")
        equal({action: set(kinds) for action, kinds in done.items() if action != "read"}, {"update": IN_PLACE, "replace": ANEW}, "the changes")

        mine = [(address, import_id(kind, has)) for kind, address, has in terraform.resources() if kind != "aws_dx_connection_confirmation"]
        (terraform.directory / "imports.tf").write_text("".join(f'import {{\n  to = {address}\n  id = "{id}"\n}}\n' for address, id in mine))
        terraform.state = "imported.tfstate"
        imported = {**CHANGED, "accept": "false"}
        done = terraform.apply(imported, "after the import")
        equal({action: len(kinds) for action, kinds in done.items() if action != "read"}, {"import": len(mine)},
              "the import takes everything over and changes nothing")
        (terraform.directory / "imports.tf").unlink()

        terraform.destroy(imported)
        equal(list(terraform.resources()), [], "nothing is left in the state")
        # The provider asks for what it deleted until it is said to be gone; nothing else is refused.
        equal([refusal for refusal in tap.refused if not refusal.endswith(".NotFound")], [], "refused calls")
        check(sum(count.calls["terraform"].values()) > 300, "the provider's calls were heard")
        left = [row["id"] for row in sandbox.sealane_json("status")["objects"] if row["cloudId"] and row["id"].startswith("aws/")]
        equal(left, ["aws/vpc"], "what Sealane sees of AWS after the destroy")
        count.notes.append(f"{len(built)} resources built, {len(mine)} imported")


count.attempt(main, sys.argv[1])
sys.exit(count.finish("terraform"))
