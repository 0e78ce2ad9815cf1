"""What a ledger says, as frozen values: cells, readings, rows, the whole ledger."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any, Literal

from lawdesk.kernel.errors import Problem
from lawdesk.outside.cells import Cell, Grid, Merge, NoValue

__all__ = ["Cell", "Grid", "Ledger", "LedgerParty", "LedgerRead", "LedgerRow", "LedgerSheet", "Merge", "NoValue"]

Status = Literal["ok", "check", "faulty", "skip"]
RowKind = Literal["case", "blank", "subtotal", "repeat_header", "note"]
PartyWord = Literal["person", "organization", "unknown"]


@dataclass(frozen=True)
class LedgerParty:
    """A name as read: notes and other names taken off. ``aliases`` are 又名, ``former_names`` are 原, 曾用名."""

    name: str
    kind: PartyWord
    aliases: tuple[str, ...] = ()
    former_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class LedgerRead:
    """The values of one row. Money is fen, rates are fen per hour, shares are basis points of 100 %.

    ``hearing_on``/``hearing_at`` are day and clock time in China; ``fee_text`` holds what stands where an amount
    should be. What cannot be known is None.
    """

    intake_date: date | None = None
    internal_number: str | None = None
    matter_type: str | None = None
    cause: str | None = None
    clients: tuple[LedgerParty, ...] = ()
    client_role: str | None = None
    adverse: tuple[LedgerParty, ...] = ()
    third_parties: tuple[LedgerParty, ...] = ()
    forum: str | None = None
    court_numbers: tuple[str, ...] = ()
    stage: str | None = None
    lead: str | None = None
    assistants: tuple[str, ...] = ()
    fee_mode: str | None = None
    fee_fen: int | None = None
    fee_text: str | None = None
    fee_share_bp: int | None = None
    hourly_rate_fen: int | None = None
    received_fen: int | None = None
    amount_fen: int | None = None
    hearing_on: date | None = None
    hearing_at: time | None = None
    closed_date: date | None = None
    term_end: date | None = None
    remark: str | None = None

    @property
    def parties(self) -> tuple[LedgerParty, ...]:
        """Everybody named in the row."""
        return self.clients + self.adverse + self.third_parties

    def as_expected(self) -> dict[str, Any]:
        """Return the values in the shape of ``收案登记表.expected.json``: ISO dates, yuan, plain lists."""
        hearing = self.hearing_on.isoformat() if self.hearing_on else None
        if hearing and self.hearing_at:
            hearing += f"T{self.hearing_at:%H:%M}"
        values: dict[str, Any] = {
            "intake_date": _iso(self.intake_date),
            "internal_number": self.internal_number,
            "matter_type": self.matter_type,
            "cause": self.cause,
            "clients": [{"name": party.name, "kind": party.kind} for party in self.clients],
            "client_role": self.client_role,
            "adverse": [{"name": party.name, "kind": party.kind} for party in self.adverse],
            "third_parties": [{"name": party.name, "kind": party.kind} for party in self.third_parties],
            "forum": self.forum,
            "court_numbers": list(self.court_numbers),
            "stage": self.stage,
            "lead": self.lead,
            "assistants": list(self.assistants),
            "fee_mode": self.fee_mode,
            "fee_yuan": _yuan(self.fee_fen),
            "received_yuan": _yuan(self.received_fen),
            "hearing": hearing,
            "closed_date": _iso(self.closed_date),
            "remark": self.remark,
        }
        aliases = {
            party.name: [*party.aliases, *party.former_names]
            for party in self.parties
            if party.aliases or party.former_names
        }
        extra = {
            "fee_text": self.fee_text,
            "aliases": aliases,
            "term_end": _iso(self.term_end),
            "hourly_rate": _yuan(self.hourly_rate_fen),
        }
        return values | {key: value for key, value in extra.items() if value}


@dataclass(frozen=True)
class LedgerRow:
    """One row below the headers. ``row`` counts from 1 as Excel does; ``read`` is None for a skipped row."""

    sheet: str
    row: int
    kind: RowKind
    status: Status
    read: LedgerRead | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class LedgerSheet:
    """How a sheet was understood; ``unread_columns`` are the headings nobody knew what to do with."""

    name: str
    year: int | None
    title_rows: tuple[int, ...]
    header_rows: tuple[int, ...]
    first_data_row: int
    unread_columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ledger:
    """A whole ledger: every row below the headers, in order; ``problems`` concern whole sheets."""

    file: str
    sheets: tuple[LedgerSheet, ...]
    rows: tuple[LedgerRow, ...]
    problems: tuple[Problem, ...] = ()


def warn(code: str, field: str, message: str, /, **params: Any) -> Problem:
    """Return a warning: can be taken in, but a person must look."""
    return Problem(code, message, field=field, severity="warning", params=params)


def fault(code: str, field: str, message: str, /, **params: Any) -> Problem:
    """Return an error: must be put right before the row is taken in."""
    return Problem(code, message, field=field, severity="error", params=params)


def note(code: str, field: str, message: str, /, **params: Any) -> Problem:
    """Return a remark that does not change the status of the row."""
    return Problem(code, message, field=field, severity="note", params=params)


def row_status(problems: tuple[Problem, ...]) -> Status:
    """Return ``faulty`` with an error, ``check`` with a warning, else ``ok``."""
    severities = {problem.severity for problem in problems}
    return "faulty" if "error" in severities else "check" if "warning" in severities else "ok"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _yuan(fen: int | None) -> int | float | None:
    if fen is None:
        return None
    return fen // 100 if fen % 100 == 0 else fen / 100
