"""Reads Sealane's `--wire-log`: one exchange after another, secrets masked."""
import dataclasses
import re

SECRET = "{{secret}}"


@dataclasses.dataclass
class Exchange:
    cloud: str
    operation: str
    method: str
    target: str
    request: str
    status: int
    headers: dict
    reply: str


def read(path):
    text = open(path, encoding="utf-8").read()
    for part in re.split(r"^# (?=\d+ (?:aws|azure|megaport) )", text, flags=re.M)[1:]:
        title, rest = part.split("\n", 1)
        found = re.match(r"\d+ (\w+) (.*?)\s+status: ", title)
        halves = re.split(r"\n\nHTTP/1\.1 ", "\n" + rest, maxsplit=1)
        if len(halves) < 2:
            continue  # The reply was lost: there is nothing to judge but the request, which its repetition holds too.
        request_head, _, request_body = halves[0].lstrip("\n").partition("\n\n")
        reply_head, _, reply_body = halves[1].partition("\n\n")
        method, target, _ = request_head.split("\n", 1)[0].split(" ", 2)
        lines = reply_head.split("\n")
        headers = {line.split(":", 1)[0].lower(): line.split(":", 1)[1].strip() for line in lines[1:] if ":" in line}
        yield Exchange(found.group(1), found.group(2), method, target, request_body.strip("\n"), int(lines[0].split(" ")[0]), headers,
                       reply_body.strip("\n"))
