"""Reading a court's calendar file (RFC 5545) as hearings: strict about days and zones, deaf to everything else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_

_NUMBER = re.compile(
    r"[（(〔]\s*(?:19|20)\d{2}\s*[)）〕][^\s，,。；;：:（()）]{2,30}?号(?:之[一二三四五六七八九十]+)?"
)
_VALUE = re.compile(r'^(?P<name>[A-Za-z-]+)(?P<params>(?:;[A-Za-z-]+=(?:"[^"]*"|[^;:"]*))*):(?P<value>.*)$')
_CHINA_ZONES = frozenset(
    (
        "Asia/Shanghai",
        "Asia/Chongqing",
        "Asia/Harbin",
        "PRC",
        "China Standard Time",
        "中国标准时间",
        "GMT+8",
        "UTC+8",
    )
)
_MESSAGES = {
    "no_calendar": N_("This is no calendar file."),
    "no_end": N_("The file breaks off in the middle of an entry."),
    "no_start": N_("Entry {number}: there is no day."),
    "day": N_("Entry {number}: {value} is no day."),
    "zone": N_("Entry {number}: nobody knows the time zone {value}."),
    "repeats": N_("Entry {number} repeats; hearings do not."),
    "uid": N_("Entry {number} has no uid: a second import could not know it again."),
}


@dataclass(frozen=True, slots=True)
class CourtEntry:
    """One hearing of a court's calendar. ``numbers``: court case numbers it names; ``case_id`` once matched."""

    uid: str
    day: date
    time: str
    summary: str
    place: str = ""
    numbers: tuple[str, ...] = ()
    cancelled: bool = False
    case_id: int | None = None


def parse_ics(text: str) -> tuple[list[CourtEntry], list[Problem]]:
    """Return the entries of a calendar file and everything wrong with it.

    Times in a zone or in UTC are taken to China; times without a zone are China's, as Chinese courts write them.
    """
    lines = list(_unfolded(text))
    if not lines or lines[0].strip().upper() != "BEGIN:VCALENDAR":
        return [], [_problem("no_calendar")]
    entries: list[CourtEntry] = []
    problems: list[Problem] = []
    fields: dict[str, tuple[dict[str, str], str]] | None = None
    depth = 0
    for line in lines:
        mark = line.strip().upper()
        if mark == "BEGIN:VEVENT":
            fields, depth = {}, 0
        elif fields is not None and mark.startswith("BEGIN:"):
            depth += 1  # an alarm inside: its fields are not the hearing's
        elif fields is not None and mark == "END:VEVENT":
            found = _entry(fields, len(entries) + len(problems) + 1)
            if isinstance(found, CourtEntry):
                entries.append(found)
            else:
                problems.append(found)
            fields = None
        elif fields is not None and mark.startswith("END:"):
            depth -= 1
        elif fields is not None and not depth and (match := _VALUE.match(line)):
            params = dict(_params(match["params"]))
            fields.setdefault(match["name"].upper(), (params, match["value"]))
    if fields is not None or lines[-1].strip().upper() != "END:VCALENDAR":
        problems.append(_problem("no_end"))
    return entries, problems


def _entry(fields: dict[str, tuple[dict[str, str], str]], number: int) -> CourtEntry | Problem:
    uid = fields.get("UID", ({}, ""))[1].strip()
    if not uid:
        return _problem("uid", number=number)
    if "RRULE" in fields:
        return _problem("repeats", number=number)
    if "DTSTART" not in fields:
        return _problem("no_start", number=number)
    params, value = fields["DTSTART"]
    moment = _moment(params, value.strip(), number)
    if isinstance(moment, Problem):
        return moment
    day, clock = moment
    summary = _plain(fields.get("SUMMARY", ({}, ""))[1]) or "开庭"
    words = " ".join(_plain(fields.get(name, ({}, ""))[1]) for name in ("SUMMARY", "DESCRIPTION", "COMMENT"))
    numbers = tuple(dict.fromkeys(match[0] for match in _NUMBER.finditer(words)))
    cancelled = fields.get("STATUS", ({}, ""))[1].strip().upper() == "CANCELLED"
    return CourtEntry(uid, day, clock, summary, _plain(fields.get("LOCATION", ({}, ""))[1]), numbers, cancelled)


def _moment(params: dict[str, str], value: str, number: int) -> tuple[date, str] | Problem:
    try:
        if params.get("VALUE", "").upper() == "DATE" or re.fullmatch(r"\d{8}", value):
            return datetime.strptime(value, "%Y%m%d").replace(tzinfo=UTC).date(), ""
        if value.endswith("Z"):
            moment = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC).astimezone(CHINA)
            return moment.date(), moment.strftime("%H:%M")
        naive = datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - the zone stands beside it
    except ValueError:
        return _problem("day", number=number, value=value or "-")
    zone = params.get("TZID", "").strip('"')
    if zone and zone.rpartition("/")[2] not in ("Shanghai",) and zone not in _CHINA_ZONES:
        try:
            naive = naive.replace(tzinfo=ZoneInfo(zone)).astimezone(CHINA)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return _problem("zone", number=number, value=zone)
    return naive.date(), naive.strftime("%H:%M")


def _unfolded(text: str) -> Iterator[str]:
    current: str | None = None
    for line in re.split(r"\r\n|\n|\r", text.lstrip("\ufeff")):
        if line[:1] in (" ", "\t") and current is not None:
            current += line[1:]
            continue
        if current:
            yield current
        current = line
    if current:
        yield current


def _params(text: str) -> Iterator[tuple[str, str]]:
    for part in filter(None, text.split(";")):
        name, _mark, value = part.partition("=")
        yield name.upper(), value


def _plain(text: str) -> str:
    out = re.sub(r"\\([nN,;\\])", lambda match: " " if match[1] in "nN" else match[1], text)
    return " ".join(out.split())


def _problem(code: str, **params: object) -> Problem:
    return Problem(f"deadlines.ics.{code}", _MESSAGES[code], params=params)
