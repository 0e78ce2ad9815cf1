"""Taking over the firm's Excel ledger: preview, then all sound rows at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, col, select

from lawdesk.cases.model import Case
from lawdesk.cases.rules import CaseDraft, CaseStatus, Clearance, check_draft
from lawdesk.cases.rules.ledger import LedgerRow, read_ledger
from lawdesk.cases.rules.takeover import draft_of
from lawdesk.cases.service.intake import store_case
from lawdesk.firm import Actor, FirmService, Role, may, require
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_
from lawdesk.storage.database import Database

ClearNames = Callable[[list[tuple[str, str, str]]], Clearance]
"""Given (name, kind, side) of every party of a row: does the conflict check and answers with its record."""


@dataclass(frozen=True)
class TakenRow:
    """One row of the ledger and what became of it: ``number`` of the case, or why it was refused."""

    sheet: str
    row: int
    status: str
    number: str
    title: str
    problems: tuple[Problem, ...]
    taken: bool


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
        self, actor: Actor, path: Path, firm: FirmService, clear: ClearNames | None, *, dry_run: bool = False
    ) -> Takeover:
        """Bring in every sound row of the ledger in one transaction; faulty rows are named and left out.

        Lawyers named in the ledger who are not in the firm yet are added as colleagues. ``clear`` makes the
        conflict check of each row; a ``dry_run`` needs none and changes nothing. Raises UserError for a file that
        is no ledger.
        """
        require(actor, "case.import")
        ledger = read_ledger(path)
        people = {person.name: person.id for person in firm.queries.people(actor, everybody=True)}
        unknown = _unknown_people(ledger.rows, people)
        with self._database.read() as session:
            numbers = set(session.exec(select(Case.number)))
        plan = [self._plan(row, people, unknown, numbers, actor) for row in ledger.rows]
        if dry_run:
            return Takeover(tuple(row for row, _draft in plan), unknown)
        assert clear is not None
        for name in unknown:
            people[name] = firm.add_person(actor, name=name, login=firm.free_login(actor, name), role=Role.LAWYER)
        return Takeover(tuple(self._store(actor, plan, ledger.rows, people, clear)), unknown)

    def _plan(
        self, row: LedgerRow, people: dict[str, int], unknown: tuple[str, ...], numbers: set[str], actor: Actor
    ) -> tuple[TakenRow, bool]:
        """Decide about one row; a second row with the same number is refused."""
        read = row.read
        if row.status in ("skip", "faulty") or read is None:
            number = (read.internal_number or "") if read else ""
            return TakenRow(row.sheet, row.row, row.status, number, "", row.problems, taken=False), False
        problems = list(row.problems)
        if unknown and not may(actor, "person.add") and read.lead in unknown:
            message = N_("{name} is not in the firm yet; ask the director to add them.")
            problems.append(Problem("ledger.person", message, "lead", params={"name": read.lead}))
        if read.internal_number and read.internal_number in numbers:
            message = N_("There is already a case numbered {number}.")
            problems.append(
                Problem("case.number_taken", message, "internal_number", params={"number": read.internal_number})
            )
        draft = self._draft(row, {**people, **dict.fromkeys(unknown, 0)}, actor)
        problems += check_draft(draft, self._database.clock.today(), taken_over=True)
        taken = not any(problem.severity == "error" for problem in problems)
        if taken and read.internal_number:
            numbers.add(read.internal_number)
        return TakenRow(row.sheet, row.row, row.status, draft.number, "", tuple(problems), taken), taken

    def _draft(self, row: LedgerRow, people: dict[str, int], actor: Actor) -> CaseDraft:
        assert row.read is not None
        lead = people.get(row.read.lead or "", actor.person_id or 0)
        assistants = tuple(people[name] for name in row.read.assistants if name in people)
        return draft_of(row.read, lead=lead, assistants=assistants, fallback_day=self._database.clock.today())

    def _store(
        self,
        actor: Actor,
        plan: list[tuple[TakenRow, bool]],
        rows: tuple[LedgerRow, ...],
        people: dict[str, int],
        clear: ClearNames,
    ) -> list[TakenRow]:
        ready: list[tuple[TakenRow, CaseDraft | None, Clearance | None, LedgerRow]] = []
        for (row, taken), source in zip(plan, rows, strict=True):
            draft = self._draft(source, people, actor) if taken else None
            names = [(p.party.name, p.party.kind.value, p.side) for p in draft.parties] if draft else []
            ready.append((row, draft, clear(names) if draft else None, source))
        done: list[TakenRow] = []
        with self._database.write(actor, "case.import") as work:
            for row, draft, clearance, source in ready:
                if draft is None or clearance is None:
                    done.append(row)
                    continue
                opened = store_case(work, draft, clearance)
                _close_if_over(work.session, opened.case_id, source)
                done.append(
                    TakenRow(row.sheet, row.row, row.status, opened.number, opened.title, row.problems, taken=True)
                )
            work.audit("case", taken=sum(1 for row in done if row.taken), rows=len(done))
        return done


def _close_if_over(session: Session, case_id: int, row: LedgerRow) -> None:
    if row.read is not None and row.read.closed_date is not None:
        case = session.exec(select(Case).where(col(Case.id) == case_id)).one()
        case.status, case.closed_on = CaseStatus.CLOSED.value, row.read.closed_date


def _unknown_people(rows: tuple[LedgerRow, ...], people: dict[str, int]) -> tuple[str, ...]:
    named = (
        name
        for row in rows
        if row.read is not None and row.status in ("ok", "check")
        for name in (row.read.lead, *row.read.assistants)
    )
    return tuple(dict.fromkeys(name for name in named if name and name not in people))
