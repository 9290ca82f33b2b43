"""Counts what each client did, and keeps what failed."""
import collections
import sys

calls = collections.defaultdict(collections.Counter)
failures = []
checks = 0


def called(client, operation):
    calls[client][operation] += 1


def check(holds, what):
    """One expectation. A failed one is kept, so that a run shows them all."""
    global checks
    checks += 1
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


def finish(name):
    """Prints the tally; the exit code of the suite."""
    for client in sorted(calls):
        operations = calls[client]
        print(f"{name}: {client}: {sum(operations.values())} calls of {len(operations)} operations")
    print(f"{name}: {checks} expectations, {len(failures)} not met")
    for failure in failures:
        print(f"{name}: NOT MET: {failure}")
    return 1 if failures else 0
