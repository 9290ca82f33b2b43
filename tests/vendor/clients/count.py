"""Counts what each client did and how often its answers were judged, and keeps what failed."""
import collections
import json
import os
import sys

calls = collections.defaultdict(collections.Counter)
judged = collections.Counter()
failures = []
notes = []
# Whose answer an expectation is about: the client that was called last.
last = "sealane"


def called(client, operation):
    global last
    last = client
    calls[client][operation] += 1


def about(client):
    """The next expectations are about this one, which was not called."""
    global last
    last = client


def exchanges(judge, operations):
    """Exchanges that a model judged whole: each is one expectation that held; what it found is told by `check`."""
    global last
    last = judge
    calls[judge].update(operations)
    judged[judge] += sum(operations.values())


def check(holds, what):
    """One expectation. A failed one is kept, so that a run shows them all."""
    judged[last] += 1
    if not holds:
        failures.append(what)
        print(f"  FAILED: {what}", file=sys.stderr, flush=True)
    return holds


def equal(seen, wanted, what):
    return check(seen == wanted, f"{what}: expected {wanted!r}, saw {seen!r}")


def attempt(part, *arguments):
    """Runs a part. An exception in it (a member that is not there, a call refused) fails the part and not the rest."""
    try:
        return part(*arguments)
    except Exception as error:  # Whatever a vendor's client throws is a finding.
        where = error.__traceback__
        while where.tb_next:
            where = where.tb_next
        check(False, f"{part.__name__}: {type(error).__name__} {error} (line {where.tb_lineno} of {where.tb_frame.f_code.co_name})")
        return None


def line(client, operations, assertions):
    return f"{client}: {sum(operations.values())} calls, {len(operations)} operations, {assertions} assertions"


def finish(name):
    """Prints the tally, and adds it to that of the suite (SEALANE_TALLY); the exit code of the part."""
    for client in sorted(calls.keys() | judged.keys()):
        print(f"{name}: {line(client, calls[client], judged[client])}")
    for note in notes:
        print(f"{name}: {note}")
    for failure in failures:
        print(f"{name}: NOT MET: {failure}")
    if tally := os.environ.get("SEALANE_TALLY"):
        with open(tally, "a", encoding="utf-8") as file:
            file.write(json.dumps({client: [calls[client], judged[client]] for client in calls.keys() | judged.keys()}) + "\n")
    return 1 if failures else 0


def total(path):
    """One line a client, over all parts of a suite."""
    made, held = collections.defaultdict(collections.Counter), collections.Counter()
    for part in map(json.loads, open(path, encoding="utf-8")):
        for client, (operations, assertions) in part.items():
            made[client].update(operations)
            held[client] += assertions
    for client in sorted(made.keys() | held.keys()):
        print(line(client, made[client], held[client]))


if __name__ == "__main__":
    total(sys.argv[1])
