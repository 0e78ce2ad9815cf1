"""Taking over the firm's Excel ledger: preview, then all sound rows at once."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from typing import TYPE_CHECKING

from sqlmodel import Session, col, select

from lawdesk.cases.model import Case
from lawdesk.cases.rules import CaseDraft, CaseStatus, Clearance, ClearanceResult, check_draft
from lawdesk.cases.service.intake import CaseOpened, store_case
from lawdesk.cases.service.known_cases import KnownCase, KnownCases
from lawdesk.firm import Actor, FirmService, may, require
from lawdesk.kernel.errors import Cancelled, Problem, Refused
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database, Work

if TYPE_CHECKING:
    from lawdesk.cases.rules.ledger import Ledger, LedgerRead, LedgerRow

ClearNames = Callable[[Work, list[tuple[str, str, str]]], Clearance]
"""Given (name, kind, side) of every party of a row: does the conflict check and keeps its record in the work."""
Progress = Callable[[int, int], bool]
"""Called with (rows done, all rows); answers False to stop."""


@dataclass(frozen=True)
class TakenRow:
    """One row of the ledger and what became of it: ``number`` of the case, or why it was refused.

    A hearing the row names is for the docket; the case has it in its note only. ``there`` is the case of the
    office that a refused row already is: taken over before, or opened by hand.
    """

    sheet: str
    row: int
    status: str
    number: str
    title: str
    problems: tuple[Problem, ...]
    taken: bool
    opened: CaseOpened | None = None
    hearing_on: date | None = None
    hearing_at: time | None = None
    there: int | None = None


@dataclass(frozen=True)
class Takeover:
    """What taking the ledger over did, or would do; ``people`` are colleagues it adds."""

    rows: tuple[TakenRow, ...]
    people: tuple[str, ...]

    @property
    def taken(self) -> int:
        """How many cases came in."""
        return sum(1 for row in self.rows if row.taken)

    @property
    def refused(self) -> tuple[TakenRow, ...]:
        """The rows that are cases and did not come in."""
        return tuple(row for row in self.rows if not row.taken and row.status != "skip")


class TakeoverService:
    """Brings the ledger in."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def take_over_ledger(
        self,
        actor: Actor,
        source: Path | Ledger,
        firm: FirmService,
        clear: ClearNames,
        *,
        dry_run: bool = False,
        progress: Progress | None = None,
    ) -> Takeover:
        """Bring in every sound row of the ledger in one transaction; faulty rows are named and left out.

        ``source`` is the file, or the ledger as it was read for a preview: then exactly that comes in, whatever
        has become of the file. Lawyers named in the rows brought in who are not in the firm yet are added as
        colleagues; without the right to do that, their rows are refused. ``clear`` makes the conflict check of
        each row. A ``dry_run`` does it all and takes it back. Raises UserError for a file that is no ledger and
        Cancelled when ``progress`` says stop; then nothing was changed.
        """
        require(actor, "case.import")
        from lawdesk.cases.rules.ledger import read_ledger

        ledger = read_ledger(source) if isinstance(source, Path) else source
        people = {person.name: person.id for person in firm.queries.people(actor, everybody=True)}
        taking = _Taking(actor, firm, clear, self._database.clock.today(), people, _both_sides(ledger.rows))
        done: list[TakenRow] = []
        with suppress(_Foreseen), self._database.write(actor, "case.import") as work:
            taking.look_around(work.session)
            for count, row in enumerate(ledger.rows):
                if progress is not None and not progress(count, len(ledger.rows)):
                    raise Cancelled
                done.append(taking.take(work, row))
            taken = sum(1 for row in done if row.taken)
            if dry_run or not taken:
                raise _Foreseen
            work.audit("case", taken=taken, rows=len(done))
            work.changes[:] = _told_once(work.changes)
        return Takeover(tuple(done), tuple(taking.added))


class _Foreseen(Exception):  # noqa: N818 - no error
    """Takes back what a dry run did, or an import that found nothing new."""


@dataclass
class _Taking:
    """One import while it runs: who is known by now, which numbers are taken, whose names change sides."""

    actor: Actor
    firm: FirmService
    clear: ClearNames
    today: date
    people: dict[str, int]
    both_sides: frozenset[str]
    numbers: set[str] = field(default_factory=set)
    added: list[str] = field(default_factory=list)
    known: KnownCases = field(default_factory=KnownCases)

    def look_around(self, session: Session) -> None:
        """See which cases the office has already."""
        self.known.look(session)
        self.numbers.update(self.known.by_number)

    def take(self, work: Work, row: LedgerRow) -> TakenRow:
        """Bring one row in, whole or not at all."""
        read = row.read
        if row.status in ("skip", "faulty") or read is None:
            number = (read.internal_number or "") if read else ""
            return TakenRow(row.sheet, row.row, row.status, number, "", row.problems, taken=False)
        number = read.internal_number or ""
        problems = [*row.problems, *self._problems(row)]
        if not any(problem.severity == "error" for problem in problems):
            announced = len(work.changes)
            try:
                with work.session.begin_nested():
                    added = self._add_people(work, read)
                    opened = self._store(work, row, added)
            except Refused as refused:
                del work.changes[announced:]
                problems += refused.problems
            else:
                self.people |= added
                self.added += added
                self.numbers.add(opened.number)
                return TakenRow(
                    row.sheet,
                    row.row,
                    row.status,
                    opened.number,
                    opened.title,
                    tuple(problems),
                    taken=True,
                    opened=opened,
                    hearing_on=read.hearing_on,
                    hearing_at=read.hearing_at,
                )
        there = self._there(row)
        where = there.case_id if there is not None else None
        return TakenRow(row.sheet, row.row, row.status, number, "", tuple(problems), taken=False, there=where)

    def _there(self, row: LedgerRow) -> KnownCase | None:
        """Return the case of the office this row already is, None when it is a new one."""
        read = row.read
        assert read is not None
        return self.known.same(read, self._draft(row, dict.fromkeys(_named(read), 0)))

    def _problems(self, row: LedgerRow) -> list[Problem]:
        """Return why a row that reads well cannot come in; a second row with the same number is refused."""
        read = row.read
        assert read is not None
        problems = []
        if not may(self.actor, "person.add"):
            message = N_("{name} is not in the firm yet; ask the director to add them.")
            unknown = [name for name in _named(read) if name not in self.people]
            problems += [
                Problem("ledger.person", message, _field_of(read, name), params={"name": name}) for name in unknown
            ]
        if read.internal_number and read.internal_number in self.numbers:
            message = N_("There is already a case numbered {number}.")
            params = {"number": read.internal_number}
            problems.append(Problem("case.number_taken", message, "internal_number", params=params))
        elif not read.internal_number and (same := self._there(row)) is not None:
            message = N_(
                "A case of this day with these parties, cause and court number is here already: {number}. If this"
                " is another one, give the row a number of its own."
            )
            problems.append(Problem("ledger.there", message, "internal_number", params={"number": same.number}))
        if self._there(row) is None and (wrong := self.known.changed_sides(read)) is not None:
            problems.append(wrong)
        nobody = dict.fromkeys(_named(read), 0)
        return problems + check_draft(self._draft(row, nobody), self.today, taken_over=True)

    def _add_people(self, work: Work, read: LedgerRead) -> dict[str, int]:
        unknown = [name for name in _named(read) if name not in self.people]
        return {name: self.firm.bring_in(self.actor, work, name) for name in unknown}

    def _draft(self, row: LedgerRow, people: dict[str, int]) -> CaseDraft:
        from lawdesk.cases.rules.takeover import draft_of

        read = row.read
        assert read is not None
        lead = people.get(read.lead or "", self.actor.person_id or 0)
        assistants = tuple(people[name] for name in read.assistants if name)
        return draft_of(read, lead=lead, assistants=assistants, fallback_day=self.today)

    def _store(self, work: Work, row: LedgerRow, added: dict[str, int]) -> CaseOpened:
        draft = self._draft(row, self.people | added)
        names = [(one.party.name, one.party.kind.value, one.side) for one in draft.parties]
        clearance = self.clear(work, names)
        changed_sides = self.both_sides & {name.strip() for name, _kind, _side in names}
        if clearance.result == ClearanceResult.CLEAR and changed_sides:
            # The check could not see the other rows of the same ledger.
            clearance = replace(clearance, result=ClearanceResult.TAKEN_OVER)
        opened = store_case(work, draft, clearance)
        _close_if_over(work.session, opened.case_id, row)
        return opened


def _told_once(changes: list[Changed]) -> list[Changed]:
    """Say what many rows changed once for each kind of change: every window reads again once, not 500 times."""
    told: dict[tuple[str, str], list[Changed]] = {}
    for change in changes:
        told.setdefault((change.subject, change.action), []).append(change)
    return [
        Changed(
            subject,
            action,
            tuple(dict.fromkeys(one for change in same for one in change.ids)),
            tuple(dict.fromkeys(one for change in same for one in change.case_ids)),
        )
        for (subject, action), same in told.items()
    ]


def _close_if_over(session: Session, case_id: int, row: LedgerRow) -> None:
    if row.read is not None and row.read.closed_date is not None:
        case = session.exec(select(Case).where(col(Case.id) == case_id)).one()
        case.status, case.closed_on = CaseStatus.CLOSED.value, row.read.closed_date


def _named(read: LedgerRead) -> tuple[str, ...]:
    """Return the lawyers a row names, each once."""
    return tuple(dict.fromkeys(name for name in (read.lead, *read.assistants) if name))


def _field_of(read: LedgerRead, name: str) -> str:
    return "lead" if name == read.lead else "assistants"


def _both_sides(rows: tuple[LedgerRow, ...]) -> frozenset[str]:
    """Return the names that are clients in one row of the ledger and adverse in another."""
    read = [row.read for row in rows if row.read is not None and row.status in ("ok", "check")]
    clients = {party.name.strip() for one in read for party in one.clients}
    return frozenset(clients & {party.name.strip() for one in read for party in one.adverse})
