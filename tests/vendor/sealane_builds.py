"""Suite 3: the other way round. Sealane builds over real sockets; the foreign clients read every object and probe the edges."""
import sys

from clients import count
from clients.awscli import AwsCli
from clients.count import equal
from clients.megaport import Megaport
from clients.node import Node
from clients.sandbox import Sandbox
from probes import probe_all
from read_back import read_all


def main():
    with Sandbox() as sandbox, Node(sandbox) as js:
        aws, megaport = AwsCli(sandbox), Megaport(sandbox)
        equal(sandbox.sealane_done("apply")["result"], "applied", "Sealane builds against the served sandbox")
        equal(sandbox.sealane_json("verify")["verdict"], "encrypted", "verify")
        ids = read_all(sandbox, aws, js, megaport)
        probe_all(aws, js, megaport, ids)
        equal(sandbox.sealane_done("apply")["writes"], 0, "the probes changed nothing of the link")
        gone = sandbox.sealane_done("destroy")
        equal((gone["result"], gone["stillBilled"]), ("destroyed", []), "destroy")


count.attempt(main)
sys.exit(count.finish("Sealane builds"))
