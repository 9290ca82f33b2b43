"""
Suite 2: the vendors' models judge every exchange of Sealane with the sandbox in a full check, plan, apply, status, verify,
trace, in-place change and destroy, over the wire log.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from clients import count
from clients.sandbox import EXECUTABLE, KEYS, ROOT
from models import wirelog
from models.aws_models import AwsModels

NODE = pathlib.Path(__file__).resolve().parent / "node"


def newer_shapes():
    """What the JavaScript clients' own schemas know of each shape."""
    return json.loads(subprocess.run(["node", NODE / "schemas.mjs"], capture_output=True, text=True, check=True).stdout)


def record(directory):
    """A link's whole life on the embedded sandbox; the wire log of each command."""
    env = {**os.environ, **KEYS, "SEALANE_LINK_KEY": "vendor suite"}
    spec = (ROOT / "examples/sydney.yaml").read_text()
    changed = spec.replace("generation: 1", "generation: 2") \
        .replace("dpdTimeoutSeconds: 30", "dpdTimeoutSeconds: 40").replace("isolation: auto", "isolation: propagated")
    first, second = f"{directory}/first.yaml", f"{directory}/second.yaml"
    pathlib.Path(first).write_text(spec)
    pathlib.Path(second).write_text(changed)
    logs = []
    for number, (expect, command, file, *rest) in enumerate([
            ((0,), "plan", first), ((0,), "apply", first, "--yes"), ((0,), "status", first), ((0, 1), "verify", first),
            ((0,), "trace", first, "10.1.128.10", "10.2.128.10"), ((0,), "plan", second),
            ((0, 3), "apply", second, "--yes", "--keys-at-once", "--replace", "megaport/azure-vxc",
             "--replace", "aws/transit-vif"),
            ((0, 1), "verify", second), ((0,), "destroy", second, "--yes")]):
        log = f"{directory}/{number}.log"
        done = subprocess.run(
            ["dotnet", EXECUTABLE, command, file, *rest, f"--sandbox={directory}/world", "--wire-log", log],
            env=env, capture_output=True, text=True, timeout=120)
        count.called("sealane", command)
        count.check(done.returncode in expect, f"sealane {command} ended with {done.returncode}: {done.stderr[-800:]}")
        if pathlib.Path(log).exists():
            logs.append(log)
    return logs


def judge_arm(exchanges):
    """@azure/arm-network's own mappers, in node."""
    lines = [json.dumps({
        "operation": e.operation, "method": e.method, "path": e.target.split("?")[0], "location": e.headers.get("location"),
        "request": e.request, "status": e.status, "reply": e.reply})
        for e in exchanges if e.cloud == "azure" and e.target.startswith("/subscriptions/")]
    done = subprocess.run(["node", NODE / "arm-models.mjs"], input="\n".join(lines), capture_output=True, text=True, timeout=120)
    if done.returncode:
        raise SystemExit(done.stderr)
    judged = json.loads(done.stdout)
    count.exchanges("arm-network models", judged["operations"])
    count.check(len(judged["operations"]) > 25, f"a full run uses more than 25 operations of ARM, saw {len(judged['operations'])}")
    for violation, times in sorted(judged["violations"].items()):
        count.check(False, f"azure {violation} ({times} times)")


def members(value, path, found):
    """Every member of a reply, lists without their numbers, map keys that are data as they are."""
    if isinstance(value, dict):
        for key, item in value.items():
            found.add(f"{path}.{key}" if path else key)
            members(item, f"{path}.{key}" if path else key, found)
    elif isinstance(value, list):
        for item in value:
            members(item, f"{path}[]", found)


def elements(element, path, found):
    for child in element:
        name = f"{path}.{AwsModels.local(child)}".lstrip(".").replace(".item", "[]")
        found.add(name)
        elements(child, name, found)


def replies(exchanges):
    """Per cloud: one line for every member that some reply of an operation has."""
    found = {}
    for e in exchanges:
        if e.status >= 300 or not e.reply or (e.cloud == "azure" and not e.target.startswith("/subscriptions/")):
            continue
        # The names of this link's objects are no part of an operation's name.
        operation = re.sub(r"/(sydney-[a-z0-9-]+|rg-sydney|vnet-app|\{\{secret\}\})", "", e.operation)
        seen = found.setdefault(e.cloud, {}).setdefault(operation, set())
        if e.reply.startswith("<"):
            elements(ElementTree.fromstring(e.reply), "", seen)
        else:
            members(json.loads(e.reply), "", seen)
    return {cloud: "".join(f"{operation} {member}\n" for operation in sorted(operations) for member in sorted(operations[operation]))
            for cloud, operations in found.items()}


def judge_members(exchanges):
    """A reply that loses a member fails; one that gains some is told. SEALANE_UPDATE=1 writes the files anew: read the diff."""
    for cloud, text in replies(exchanges).items():
        path = pathlib.Path(__file__).resolve().parent / f"replies/{cloud}.txt"
        if os.environ.get("SEALANE_UPDATE") == "1":
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        golden, seen = set(path.read_text().splitlines()), set(text.splitlines())
        count.exchanges("members of replies, as recorded", {line: 1 for line in golden & seen})
        for line in sorted(golden - seen):
            count.check(False, f"{cloud} reply lost {line}")
        for line in sorted(seen - golden):
            print(f"models: {cloud} reply gained {line}")
        count.check(len(golden) > 50, f"{cloud}: {len(golden)} members of replies are known")
        print(f"models: {cloud}: {len(seen)} members of replies as recorded")


def main():
    with tempfile.TemporaryDirectory(prefix="sealane-models-") as directory:
        logs = sys.argv[1:] or record(directory)
        exchanges = [exchange for log in logs for exchange in wirelog.read(log)]
    aws = AwsModels(newer_shapes())
    for exchange in exchanges:
        if exchange.cloud == "aws":
            aws.judge(exchange)
    count.exchanges("botocore models", aws.seen)
    count.check(len(aws.seen) > 30, f"a full run uses more than 30 operations of AWS, saw {len(aws.seen)}")
    for name, where, part in sorted(aws.newer):
        print(f"models: newer than Debian's model, known to the JavaScript client: {name} {where}: {part}")
    for violation, times in sorted(aws.violations.items()):
        count.check(False, f"{violation} ({times} times)")
    judge_arm(exchanges)
    judge_members(exchanges)


main()
sys.exit(count.finish("models"))
