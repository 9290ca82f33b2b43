"""Suite 4: curl with its own AWS SigV4 signer and with OAuth for Megaport. Another author's signature, byte for byte."""
import json
import subprocess
import sys

from clients import count
from clients.count import called, check, equal
from clients.sandbox import Sandbox


def curl(*arguments):
    """Status and body of one call."""
    done = subprocess.run(["curl", "--silent", "--show-error", "--max-time", "20", "--write-out", "\n%{http_code}", *arguments],
                          capture_output=True, text=True, timeout=30, check=True)
    body, _, status = done.stdout.rpartition("\n")
    return int(status), body


def ec2(env, action, *parameters, secret=None):
    called("curl", f"ec2:{action}")
    return curl("--aws-sigv4", f"aws:amz:{env['AWS_REGION']}:ec2",
                "--user", f"{env['AWS_ACCESS_KEY_ID']}:{secret or env['AWS_SECRET_ACCESS_KEY']}",
                *sum((["--data-urlencode", part] for part in (f"Action={action}", "Version=2016-11-15", *parameters)), []),
                env["AWS_ENDPOINT_URL"] + "/")


def aws(env):
    status, body = ec2(env, "DescribeVpcs", "VpcId.1=vpc-0a1b2c3d4e5f60718")
    equal(status, 200, "DescribeVpcs signed by curl")
    check("<vpcId>vpc-0a1b2c3d4e5f60718</vpcId>" in body, "the VPC of the spec is in the reply")
    status, body = ec2(env, "CreateTransitGateway", "Options.AmazonSideAsn=64600", "DryRun=true")
    equal(status, 412, "a dry run")
    check("<Code>DryRunOperation</Code>" in body, "a dry run says so")
    status, body = ec2(env, "DescribeVpcs", secret="wrong")
    equal(status, 403, "a wrong secret")
    check("<Code>SignatureDoesNotMatch</Code>" in body, "a wrong secret is a signature that does not match")


def direct_connect(env):
    called("curl", "directconnect:DescribeDirectConnectGateways")
    status, body = curl("--aws-sigv4", f"aws:amz:{env['AWS_REGION']}:directconnect",
                        "--user", f"{env['AWS_ACCESS_KEY_ID']}:{env['AWS_SECRET_ACCESS_KEY']}",
                        "--header", "Content-Type: application/x-amz-json-1.1",
                        "--header", "X-Amz-Target: OvertureService.DescribeDirectConnectGateways",
                        "--data", "{}", env["AWS_ENDPOINT_URL"] + "/")
    equal((status, json.loads(body)), (200, {"directConnectGateways": []}), "DescribeDirectConnectGateways signed by curl")


def megaport(env):
    called("curl", "megaport:token")
    status, body = curl("--user", f"{env['MEGAPORT_ACCESS_KEY']}:{env['MEGAPORT_SECRET_KEY']}",
                        "--data", "grant_type=client_credentials", env["SEALANE_MEGAPORT_TOKEN_ENDPOINT"])
    equal(status, 200, "a token for curl")
    token = json.loads(body)["access_token"]
    called("curl", "megaport:GET v3/locations")
    status, body = curl("--header", f"Authorization: Bearer {token}", env["SEALANE_MEGAPORT_ENDPOINT"] + "/v3/locations")
    equal(status, 200, "locations")
    check(any(place["name"] == "Equinix SY1" for place in json.loads(body)["data"]), "Equinix SY1 is in the catalogue")
    called("curl", "megaport:GET v2/products")
    equal(curl(env["SEALANE_MEGAPORT_ENDPOINT"] + "/v2/products")[0], 401, "no token, no products")


def main():
    with Sandbox() as sandbox:
        for part in (aws, direct_connect, megaport):
            count.attempt(part, sandbox.env)


count.attempt(main)
sys.exit(count.finish("curl"))
