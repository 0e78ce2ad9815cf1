"""A paper that came in, as noted in a JSON file: what happened when, and what the paper itself says."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from lawdesk.kernel.errors import Problem, Refused, UserError
from lawdesk.kernel.files import file_failure
from lawdesk.kernel.i18n import N_
from lawdesk.outside.files import SYNTAX, parse_json

MAX_BYTES = 1_000_000
_NO_PAPER = N_("This file is no note of a paper that came in.")
_KNOWN = frozenset(
    str.split("""
    case what happened_on court case_number issuer document service hearing preservation performance instalments
    custody in_custody foreign fee text_says result note
""")
)


@dataclass(frozen=True)
class Instalment:
    """A payment agreed or ordered: the day and the amount in yuan as it is written, "" where none is."""

    due_on: date
    yuan: str


@dataclass(frozen=True)
class Paper:
    """One paper. ``within`` are lengths the paper prints (``appeal_within_days``: 15), ``until`` days it prints
    (``appeal_until``); what begins with neither is kept as words only.
    """

    case: str
    what: str
    happened_on: date
    court: str = ""
    case_number: str = ""
    published_on: date | None = None
    hearing_on: date | None = None
    hearing_at: str = ""
    hearing_place: str = ""
    measure: str = ""
    measure_from: date | None = None
    measure_years: int | None = None
    performance_on: date | None = None
    instalments: tuple[Instalment, ...] = ()
    custody: tuple[tuple[str, date], ...] = ()
    in_custody: bool = False
    foreign: bool = False
    within: dict[str, int] = field(default_factory=dict, hash=False)
    until: dict[str, date] = field(default_factory=dict, hash=False)
    note: str = ""


def read_paper(path: Path) -> tuple[Paper, list[Problem]]:
    """Read a paper; return it with warnings about fields nobody asked for.

    Raises UserError for a file that is no such note, Refused with every field that cannot be read.
    """
    reader = _Reader()
    paper = reader.paper(_load(path))
    if errors := [problem for problem in reader.problems if problem.severity == "error"]:
        raise Refused(errors)
    return paper, reader.problems


def _load(path: Path) -> dict[str, Any]:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise file_failure(error, path) from error
    if len(content) > MAX_BYTES:
        raise UserError("paper.too_large", _NO_PAPER, N_("It is larger than any such note."))
    try:
        data = parse_json(content.decode("utf-8-sig"), path.name)
    except (UnicodeDecodeError, UserError) as error:
        if isinstance(error, UserError) and error.code != SYNTAX:
            raise
        why = N_("It is no proper JSON in UTF-8.")
        raise UserError("paper.format", _NO_PAPER, why, N_("Compare it with the samples.")) from error
    if not isinstance(data, dict):
        raise UserError("paper.format", _NO_PAPER, N_("It does not hold one event with named fields."))
    return data


class _Reader:
    """Takes the data apart and gathers what is wrong with single fields."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []

    def paper(self, data: dict[str, Any]) -> Paper:
        for name in sorted(data.keys() - _KNOWN):
            self._say(N_("This field is not known and was not read."), name, warning=True)
        says = self._table(data, "text_says")
        document, hearing = self._table(data, "document"), self._table(data, "hearing")
        preservation, performance = self._table(data, "preservation"), self._table(data, "performance")
        what, happened = self._text(data, "what"), self._day(data, "happened_on")
        if not what:
            self._say(N_("What happened? Say it in a few words."), "what")
        if happened is None and "happened_on" not in {problem.field for problem in self.problems}:
            self._say(N_("The day is missing."), "happened_on")
        return Paper(
            case=self._text(data, "case"),
            what=what,
            happened_on=happened or date.min,
            court=self._text(data, "court"),
            case_number=self._text(data, "case_number"),
            published_on=self._day(document, "published_on", "document."),
            hearing_on=self._day(hearing, "date", "hearing."),
            hearing_at=self._clock(hearing),
            hearing_place=self._text(hearing, "place", "hearing."),
            measure=self._text(preservation, "measure", "preservation."),
            measure_from=self._day(preservation, "from", "preservation."),
            measure_years=self._count(preservation, "years", "preservation."),
            performance_on=self._day(performance, "due_on", "performance."),
            instalments=self._instalments(data),
            custody=self._custody(data),
            in_custody=self._yes(data, "in_custody"),
            foreign=self._yes(data, "foreign"),
            within=self._lengths(says),
            until={name: day for name in says if _is_until(name) and (day := self._day(says, name, "text_says."))},
            note=self._text(data, "note"),
        )

    def _lengths(self, says: dict[str, Any]) -> dict[str, int]:
        found = {name: self._count(says, name, "text_says.") for name in says if _is_within(name)}
        return {name: days for name, days in found.items() if days is not None}

    def _instalments(self, data: dict[str, Any]) -> tuple[Instalment, ...]:
        found = []
        for at, row in enumerate(self._rows(data, "instalments")):
            due = self._day(row, "due_on", f"instalments[{at}].")
            if due is not None:
                found.append(Instalment(due, str(row.get("yuan") or "")))
        return tuple(sorted(found, key=lambda one: one.due_on))

    def _custody(self, data: dict[str, Any]) -> tuple[tuple[str, date], ...]:
        found = []
        for at, row in enumerate(self._rows(data, "custody")):
            where = f"custody[{at}]."
            measure, since = self._text(row, "measure", where), self._day(row, "from", where)
            if measure and since is not None:
                found.append((measure, since))
        return tuple(found)

    def _rows(self, data: dict[str, Any], name: str) -> list[dict[str, Any]]:
        rows = data.get(name) or []
        if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
            return rows
        self._say(N_("A list of named fields is needed here."), name)
        return []

    def _table(self, data: dict[str, Any], name: str) -> dict[str, Any]:
        table = data.get(name) or {}
        if isinstance(table, dict):
            return table
        self._say(N_("Named fields are needed here."), name)
        return {}

    def _text(self, data: dict[str, Any], name: str, where: str = "") -> str:
        value = data.get(name)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        self._say(N_("Text is needed here."), where + name)
        return ""

    def _day(self, data: dict[str, Any], name: str, where: str = "") -> date | None:
        value = data.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(str(value).strip())
        except ValueError:
            self._say(N_("This is not a day; write it as 2025-11-05."), where + name)
            return None

    def _count(self, data: dict[str, Any], name: str, where: str) -> int | None:
        value = data.get(name)
        if value is None:
            return None
        if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= 3650:
            return value
        self._say(N_("A whole number is needed here."), where + name)
        return None

    def _yes(self, data: dict[str, Any], name: str) -> bool:
        value = data.get(name, False)
        if not isinstance(value, bool):
            self._say(N_("true or false is needed here."), name)
        return value is True

    def _clock(self, hearing: dict[str, Any]) -> str:
        text = self._text(hearing, "time", "hearing.")
        if text and not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", text):
            self._say(N_("Write the time as 9:30."), "hearing.time")
            return ""
        return text.zfill(5) if text else ""

    def _say(self, message: str, name: str, *, warning: bool = False) -> None:
        self.problems.append(Problem("paper.field", message, name, "warning" if warning else "error"))


def _is_within(name: str) -> bool:
    return name.endswith(("_within_days", "_after_days", "_before_days"))


def _is_until(name: str) -> bool:
    return name.endswith("_until")
