#!/usr/bin/env python3
"""Ask the advisory database of OSV (osv.dev) about every pinned package.

    python dev.py audit [--ships] [--record]

``--ships`` asks only about what ships; ``--record`` writes the answer with its day into docs/trust.md. Sent are
names and versions of public packages, nothing else. The standard library is enough for it, so that what checks the
dependencies brings none of its own. ``LAWDESK_OSV`` names another server that speaks the same (a mirror).

Exit codes: 0 no advisory is known, 1 there are some (each is named), 2 wrong usage, 5 nobody could be asked or the
answer was no answer: that says nothing about the packages.
"""

from __future__ import annotations

import http.client
import json
import os
import re
import sys
import urllib.request
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

ROOT = Path(__file__).resolve().parent.parent
LOCKS = {"ships": ROOT / "requirements" / "lock.txt", "development": ROOT / "requirements" / "dev.txt"}
TRUST = ROOT / "docs" / "trust.md"
SERVER = "https://api.osv.dev"
BEGIN, END = "<!-- audit: begin -->", "<!-- audit: end -->"
IN_ONE, PATIENCE_S, MOST_BYTES, MOST_PAGES = 200, 30, 20_000_000, 50
NOBODY = 5
_PIN = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.M)

Pin = tuple[str, str]
"""A package and its version."""


class NoAnswerError(Exception):
    """Nobody could be asked, or what came back is no answer."""


@dataclass(frozen=True)
class Advisory:
    """One known weakness of a pinned package; ``fixed`` are the versions without it, as it names them."""

    name: str
    version: str
    number: str
    aliases: tuple[str, ...]
    summary: str
    fixed: tuple[str, ...]

    def words(self) -> str:
        """Return it on one line."""
        known = ", ".join((self.number, *self.aliases))
        mended = f"; fixed in {', '.join(self.fixed)}" if self.fixed else "; no fixed version is named"
        return f"{self.name} {self.version}: {known}: {self.summary or 'no summary'}{mended}"


def pins(text: str) -> list[Pin]:
    """Return the pinned packages of a lock file; one pinned twice (for other systems) with each version."""
    return sorted({(name.lower(), version) for name, version in _PIN.findall(text)})


def ask(server: str, wanted: Iterable[Pin]) -> list[Advisory]:
    """Return what the database knows about these packages, withdrawn advisories left out. Raises NoAnswerError."""
    packages, found = sorted(set(wanted)), []
    for start in range(0, len(packages), IN_ONE):
        some = packages[start : start + IN_ONE]
        for pin, numbers in zip(some, _numbers(server, some), strict=True):
            found += [one for number in numbers if (one := _advisory(server, pin, number)) is not None]
    return found


def _numbers(server: str, some: list[Pin]) -> list[list[str]]:
    """Return the numbers of the advisories about each package, in their order."""
    queries = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in some]
    numbers: list[list[str]] = [[] for _pin in some]
    waiting = list(enumerate(queries))
    for _page in range(MOST_PAGES):
        results = _call(server, "/v1/querybatch", {"queries": [query for _place, query in waiting]}).get("results")
        if not isinstance(results, list) or len(results) != len(waiting):
            raise NoAnswerError(f"{server} answered something else than was asked")
        more = []
        for (place, query), result in zip(waiting, results, strict=True):
            if not isinstance(result, dict):
                raise NoAnswerError(f"{server} answered something else than was asked")
            numbers[place] += [str(one["id"]) for one in result.get("vulns") or ()]
            if token := result.get("next_page_token"):
                more.append((place, {**query, "page_token": token}))
        if not more:
            return numbers
        waiting = more
    raise NoAnswerError(f"{server} never came to an end")


def _advisory(server: str, pin: Pin, number: str) -> Advisory | None:
    told = _call(server, f"/v1/vulns/{quote(number, safe='')}")
    if told.get("id") != number:
        raise NoAnswerError(f"{server} told something else than {number}")
    if told.get("withdrawn"):
        return None
    return Advisory(
        *pin, number, tuple(told.get("aliases") or ()), str(told.get("summary") or ""), _fixed(told, pin)
    )


def _fixed(told: Mapping[str, Any], pin: Pin) -> tuple[str, ...]:
    ranges = [
        one
        for affected in told.get("affected") or ()
        if str((affected.get("package") or {}).get("name", "")).lower() == pin[0]
        for one in affected.get("ranges") or ()
        if one.get("type") != "GIT"
    ]
    versions = [event["fixed"] for one in ranges for event in one.get("events") or () if "fixed" in event]
    return tuple(dict.fromkeys(versions))


def _call(server: str, path: str, body: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Ask the server; return its JSON object."""
    if urlsplit(server).scheme not in ("http", "https"):
        raise NoAnswerError(f"{server} is no address of a server")
    content = json.dumps(body).encode() if body is not None else None
    asked = urllib.request.Request(server.rstrip("/") + path, data=content)
    asked.add_header("Content-Type", "application/json")
    asked.add_header("User-Agent", "lawdesk-audit")
    try:
        with urllib.request.urlopen(asked, timeout=PATIENCE_S) as answer:
            told = json.loads(answer.read(MOST_BYTES))
    except (OSError, ValueError, http.client.HTTPException) as error:  # OSError: no route, no name, no certificate
        reason = getattr(error, "reason", None) or error
        raise NoAnswerError(f"{server} could not be asked: {reason}") from error
    if not isinstance(told, dict):
        raise NoAnswerError(f"{server} answered something else than was asked")
    return told


def report(counts: Mapping[str, int], found: Mapping[str, list[Advisory]], server: str, day: str) -> Iterator[str]:
    """Yield the answer in lines, as it is printed and recorded."""
    asked = ", ".join(f"{count} {what}" for what, count in counts.items())
    known = sum(map(len, found.values()))
    yield f"{day}, asked {urlsplit(server).hostname} about {asked}: {known or 'no'} known advisories."
    for what, advisories in found.items():
        for one in advisories:
            yield f"- {what}: {one.words()}"


def recorded(text: str, lines: Iterable[str]) -> str:
    """Return the page on trust with the answer between its marks. Raises ValueError where there are none."""
    before, begin, rest = text.partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError("docs/trust.md has no place for the audit")
    return f"{before}{BEGIN}\n{chr(10).join(lines)}\n{END}{after}"


def main(arguments: list[str]) -> int:
    """Do what the command line says."""
    if unknown := set(arguments) - {"--ships", "--record"}:
        print(f"audit: no such option: {', '.join(sorted(unknown))}\n\n{__doc__}")
        return 2
    server = os.environ.get("LAWDESK_OSV") or SERVER
    ships = pins(LOCKS["ships"].read_text(encoding="utf-8"))
    wanted = {"packages that ship": ships}
    if "--ships" not in arguments:
        development = set(pins(LOCKS["development"].read_text(encoding="utf-8"))) - set(ships)
        wanted["for development only"] = sorted(development)
    try:
        found = {what: ask(server, packages) for what, packages in wanted.items()}
    except NoAnswerError as error:
        print(
            f"audit: {error}\naudit: nothing is known about the packages now; run it where there is a connection"
        )
        return NOBODY
    counts = {what: len(packages) for what, packages in wanted.items()}
    lines = list(report(counts, found, server, datetime.now(UTC).date().isoformat()))
    print("\n".join(lines))
    if "--record" in arguments:
        if server != SERVER:
            print(f"audit: not recorded: only what {SERVER} itself answered is")
        else:
            TRUST.write_text(recorded(TRUST.read_text(encoding="utf-8"), lines), encoding="utf-8")
    return 1 if any(found.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
