"""Whether somebody can be in two courts: hearings that overlap, and the way between two places."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

HEARING = timedelta(hours=2, minutes=30)
"""How long a hearing is reckoned to last where nothing else is known."""
SAME_CITY, OTHER_CITY = timedelta(hours=1, minutes=30), timedelta(hours=5)
_CITY = re.compile(r"^(?:.{2,8}?(?:省|自治区))?(.{1,8}?(?:市|州|盟|地区))")
_MUNICIPAL = ("北京", "上海", "天津", "重庆")


@dataclass(frozen=True, slots=True)
class Appointment:
    """A hearing: day, clock time ("" where not known), court."""

    day: date
    at: str
    court: str = ""
    title: str = ""
    deadline_id: int | None = None


@dataclass(frozen=True, slots=True)
class Clash:
    """Another hearing that leaves too little time. ``overlap``: both at once, else the way takes ``needed``."""

    other: Appointment
    overlap: bool
    needed: timedelta
    free: timedelta


def find_clashes(planned: Appointment, others: Sequence[Appointment]) -> list[Clash]:
    """Return the hearings among ``others`` that cannot be attended as well as ``planned``, the nearest first.

    Without a clock time two hearings of one day clash where the courts are not the same.
    """
    found = []
    for other in others:
        needed = travel_time(planned.court, other.court)
        if not planned.at or not other.at:
            if planned.day == other.day and needed:
                found.append(Clash(other, False, needed, timedelta()))
            continue
        begin, end = _span(planned)
        first, last = _span(other)
        free = max(first - end, begin - last)
        if free < timedelta():
            found.append(Clash(other, True, needed, free))
        elif free < needed:
            found.append(Clash(other, False, needed, free))
    return sorted(found, key=lambda clash: clash.free)


def travel_time(court: str, other: str) -> timedelta:
    """Return how long the way between two courts is reckoned to take; nothing for the same one.

    A rule of thumb without maps: an hour and a half inside a city, five hours to another one.
    """
    if not court or not other or court == other:
        return timedelta()
    city, another = _city(court), _city(other)
    return SAME_CITY if city and city == another else OTHER_CITY


def _city(court: str) -> str:
    for name in _MUNICIPAL:
        if court.startswith(name):
            return name
    match = _CITY.match(court)
    return match[1] if match else ""


def _span(hearing: Appointment) -> tuple[datetime, datetime]:
    hours, minutes = (int(part) for part in hearing.at.split(":"))
    begin = datetime.combine(hearing.day, time()) + timedelta(hours=hours, minutes=minutes)
    return begin, begin + HEARING
