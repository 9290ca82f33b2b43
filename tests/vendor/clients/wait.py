"""Waiting for a state by asking again."""
import time


def until(look, holds, what, seconds=60, pause=0.15):
    """Asks until the answer satisfies; a short real time is a long one in the scaled world."""
    end = time.monotonic() + seconds
    while True:
        seen = look()
        if holds(seen):
            return seen
        if time.monotonic() > end:
            raise AssertionError(f"{what}: still {str(seen)[:600]}")
        time.sleep(pause)
