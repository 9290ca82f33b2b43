"""Suite 1: the guide by hand with foreign clients; then Sealane understands, judges, mends and removes what they built."""
import sys

from by_hand import ByHand
from clients import count
from clients.awscli import AwsCli
from clients.megaport import Megaport
from clients.node import Node
from clients.sandbox import Sandbox, spec_with_own_keys


def main():
    with Sandbox(spec_with_own_keys) as sandbox, Node(sandbox) as js:
        hand = ByHand(sandbox, AwsCli(sandbox), js, Megaport(sandbox))
        hand.build()
        print(hand.ids)


main()
sys.exit(count.finish("guide by hand"))
