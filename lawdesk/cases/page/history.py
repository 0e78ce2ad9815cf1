"""The history of a case: what the audit chain kept, said in sentences."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from lawdesk.cases.page.words import proceeding_title
from lawdesk.cases.queries import HistoryRow
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import local_time, short_date
from lawdesk.kernel.i18n import N_, _
from lawdesk.ui import (
    EmptyState,
    Heading,
    IconLabel,
    Label,
    ListModel,
    Row,
    RowList,
    empty_layout,
    line_of,
    sized,
    vbox,
)

SENTENCES = {
    "case.open": N_("Case opened as {number}"),
    "case.import": N_("Case taken over from the ledger"),
    "case.change": N_("Facts of the case changed"),
    "case.stage": N_("Stage: {before} → {after}"),
    "case.close": N_("Case closed"),
    "case.reopen": N_("Case opened again"),
    "case.party": N_("Party added after a conflict check"),
    "case.package": N_("Case file put together"),
    "proceeding.add": N_("Proceeding added: {kind}"),
    "proceeding.change": N_("Proceeding changed"),
    "event.record": N_("Event recorded"),
    "event.change": N_("Event changed"),
    "event.withdraw": N_("Event withdrawn"),
    "conflict.decide": N_("Conflict decided"),
    "time.rate": N_("Rate changed"),
}
"""Sentences for what is known by name; the rest is put together from subject and verb."""

_SUBJECTS = {
    "case": N_("Case"),
    "proceeding": N_("Proceeding"),
    "party": N_("Party"),
    "deadline": N_("Deadline"),
    "event": N_("Event"),
    "document": N_("Document"),
    "time": N_("Time entry"),
    "time_entry": N_("Time entry"),
    "timer": N_("Timer"),
    "enquiry": N_("Enquiry"),
    "conflict": N_("Conflict check"),
}
_VERBS = {
    "add": N_("{thing}: added"),
    "change": N_("{thing}: changed"),
    "remove": N_("{thing}: removed"),
    "delete": N_("{thing}: deleted"),
    "withdraw": N_("{thing}: withdrawn"),
    "restore": N_("{thing}: restored"),
    "complete": N_("{thing}: done"),
    "done": N_("{thing}: done"),
    "reopen": N_("{thing}: open again"),
    "export": N_("{thing}: exported"),
    "start": N_("{thing}: started"),
    "stop": N_("{thing}: stopped"),
    "pause": N_("{thing}: paused"),
    "resume": N_("{thing}: went on"),
    "lock": N_("{thing}: locked"),
    "decide": N_("{thing}: decided"),
    "move": N_("{thing}: another date"),
    "extend": N_("{thing}: extended"),
    "waive": N_("{thing}: let go"),
    "ask": N_("{thing}: a change waits for a second person"),
    "check": N_("{thing}: checked by a second person"),
}
_MARKS = {"case": "folder-open", "proceeding": "gavel", "deadline": "calendar-clock", "event": "stamp",
          "document": "file-text", "time": "timer", "timer": "timer", "party": "users",
          "conflict": "shield-check"}  # fmt: skip


def sentence(row: HistoryRow) -> str:
    """Return what was done, in words; an unknown action is named by its subject."""
    detail = _detail(row)
    known = SENTENCES.get(row.action)
    if known is not None:
        try:
            return _(known).format(**detail)
        except KeyError:
            return _(known).split("{", maxsplit=1)[0].rstrip("：: ")
    subject, _dot, verb = row.action.partition(".")
    thing = _(_SUBJECTS.get(subject) or _SUBJECTS.get(row.subject) or N_("Record"))
    return _(_VERBS.get(verb, N_("{thing}: changed"))).format(thing=thing)


def when(row: HistoryRow, today: date) -> str:
    """Return the moment: today 10:31, yesterday 17:05, 18 Sep."""
    day = row.at.astimezone(CHINA).date()
    days = (today - day).days
    if days == 0:
        return _("today {time}").format(time=local_time(row.at))
    if days == 1:
        return _("yesterday {time}").format(time=local_time(row.at))
    return short_date(day, today)


def _detail(row: HistoryRow) -> dict[str, Any]:
    detail: dict[str, Any] = json.loads(row.detail or "{}")
    if "kind" in detail and row.action.startswith("proceeding"):
        detail["kind"] = proceeding_title(str(detail["kind"]))
    return detail


class HistoryList(QWidget):
    """The whole history, a heading for each day."""

    def __init__(self) -> None:
        super().__init__()
        self._today = date.min
        self._first: dict[int, bool] = {}
        self.model = ListModel(to_row=self._row, parent=self)
        empty = EmptyState("history", lambda: _("Nothing was done yet"))
        vbox(RowList(self.model, name=lambda: _("History"), empty=empty), margins=(3, 0, 3, 0), parent=self)

    def fill(self, rows: Sequence[HistoryRow], today: date) -> None:
        """Show ``rows``, newest first."""
        self._today = today
        days = [row.at.astimezone(CHINA).date() for row in rows]
        self.model.set_items(
            [(place, row, place == 0 or days[place] != days[place - 1]) for place, row in enumerate(rows)]
        )

    def _row(self, item: tuple[int, HistoryRow, bool]) -> Row:
        place, row, first = item
        day = row.at.astimezone(CHINA).date()
        words = _("Today") if day == self._today else short_date(day, self._today)
        return Row(
            key=place,
            title=sentence(row),
            icon=_MARKS.get(row.action.partition(".")[0], "history"),
            segments=(row.actor, local_time(row.at)),
            heading=Heading(words) if first else None,
        )


class HistoryGlance(QWidget):
    """The newest lines, for the right column of the overview."""

    def __init__(self) -> None:
        super().__init__()
        self._lines = vbox(space=1.5, parent=self)

    def fill(self, rows: Sequence[HistoryRow], today: date) -> None:
        """Show ``rows``."""
        empty_layout(self._lines)
        for place, row in enumerate(rows):
            dot = IconLabel(
                "circle-dot" if place == 0 else "circle", tone="accent" if place == 0 else "text3", units=2
            )
            day = sized(Label(when(row, today), step="small", tone="text2"), width=5)
            who = Label(f"{row.actor} {sentence(row)}", step="small", elide=True)
            self._lines.addWidget(line_of(dot, day, who, space=1.5, shares=(0, 0, 1)))
