"""
Suite 2: the vendors' models judge every exchange of Sealane with the sandbox in a full check, plan, apply, status, verify,
trace, in-place change and destroy, over the wire log.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

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
            ((0,), "trace", first, "10.1.128.10", "10.2.128.10"), ((0,), "plan", second), ((0, 3), "apply", second, "--yes"),
            ((0, 1), "verify", second), ((0,), "destroy", second, "--yes")]):
        log = f"{directory}/{number}.log"
        done = subprocess.run(
            ["dotnet", EXECUTABLE, command, file, *rest, f"--sandbox={directory}/world", "--wire-log", log],
            env=env, capture_output=True, text=True, timeout=120)
        count.check(done.returncode in expect, f"sealane {command} ended with {done.returncode}: {done.stderr[-800:]}")
        if pathlib.Path(log).exists():
            logs.append(log)
    return logs


def main():
    with tempfile.TemporaryDirectory(prefix="sealane-models-") as directory:
        logs = sys.argv[1:] or record(directory)
        exchanges = [exchange for log in logs for exchange in wirelog.read(log)]
    aws = AwsModels(newer_shapes())
    for exchange in exchanges:
        if exchange.cloud == "aws":
            aws.judge(exchange)
    print(f"models: botocore judged {sum(aws.seen.values())} exchanges of {len(aws.seen)} operations")
    count.check(len(aws.seen) > 30, f"a full run uses more than 30 operations of AWS, saw {len(aws.seen)}")
    for name, where, part in sorted(aws.newer):
        print(f"models: newer than Debian's model, known to the JavaScript client: {name} {where}: {part}")
    for violation, times in sorted(aws.violations.items()):
        count.check(False, f"{violation} ({times} times)")


main()
sys.exit(count.finish("models"))
