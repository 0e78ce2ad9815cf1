"""Bringing in the firm's ledger: what it would do, what a row says beside what its cells hold, what came of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lawdesk.cases.page.import_job import Line, Pair, Seen, State, Step, reasons
from lawdesk.cases.page.words import percent, yuan
from lawdesk.cases.rules import KIND_TITLES, Clearance, ClearanceResult, PartyKind
from lawdesk.cases.rules.ledger import LedgerParty, LedgerRead
from lawdesk.cases.service import CaseService, Takeover
from lawdesk.cases.service.ledger_file import LedgerFile, open_ledger
from lawdesk.cases.service.takeover import ClearNames, TakenRow
from lawdesk.firm import Actor, FirmService
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.errors import LawDeskError, Problem, describe
from lawdesk.kernel.i18n import N_, _, listed, ngettext

FIELDS = {
    "sequence": N_("No."),
    "intake_date": N_("Day of intake"),
    "internal_number": N_("Firm's number"),
    "matter_type": N_("Kind of case"),
    "cause": N_("Cause of action"),
    "clients": N_("Client"),
    "client_role": N_("Client's standing"),
    "adverse": N_("Adverse party"),
    "third_parties": N_("Third party"),
    "forum": N_("Court or authority"),
    "court_numbers": N_("Court case number"),
    "stage": N_("Stage"),
    "lead": N_("Lead"),
    "assistants": N_("Assisting"),
    "fee_mode": N_("Fee arrangement"),
    "fee": N_("Fee"),
    "received": N_("Received"),
    "amount": N_("Amount in dispute"),
    "hearing": N_("Hearing"),
    "closed_date": N_("Closed on"),
    "term_end": N_("End of the term"),
    "remark": N_("Remark"),
}


@dataclass(frozen=True)
class LedgerNeeds:
    """What other features do while the ledger comes in.

    ``clear(actor)`` gives the conflict check that runs inside the import's transaction; ``taken(actor, done)``
    puts the hearings still to come into the docket and returns how many there were. Both run on the worker.
    """

    clear: Callable[[Actor], ClearNames]
    taken: Callable[[Actor, Takeover], int]


class LedgerJob:
    """Takes over the firm's intake ledger."""

    key = "ledger"

    def __init__(self, cases: CaseService, firm: FirmService, needs: LedgerNeeds, clock: Clock) -> None:
        self._cases, self._firm, self._needs, self._clock = cases, firm, needs, clock

    def title(self) -> str:
        """Return what is being done."""
        return _("Import the ledger")

    def read(self, path: Path) -> LedgerFile:
        """Read the file."""
        return open_ledger(path)

    def foresee(self, actor: Actor, file: LedgerFile, step: Step) -> Seen:
        """Do it all but the conflict checks, whose result refuses no row, and take it back."""
        now = self._clock.now()

        def clear(_work: object, names: list[tuple[str, str, str]]) -> Clearance:
            return Clearance(ClearanceResult.CLEAR, None, now, tuple(name for name, _kind, _side in names))

        done = self._cases.take_over_ledger(actor, file.ledger, self._firm, clear, dry_run=True, progress=step)
        today = self._clock.today()
        hearings = sum(
            1 for row in done.rows if row.taken and row.hearing_on is not None and row.hearing_on >= today
        )
        return self._seen(file, done, hearings, done_now=False)

    def take(self, actor: Actor, file: LedgerFile, step: Step) -> Seen:
        """Bring in every sound row; a docket that fails afterwards is said, the cases stay."""
        clear = self._needs.clear(actor)
        done = self._cases.take_over_ledger(actor, file.ledger, self._firm, clear, progress=step)
        try:
            return self._seen(file, done, self._needs.taken(actor, done), done_now=True)
        except LawDeskError as error:
            seen = self._seen(file, done, 0, done_now=True)
            message = N_("The hearings could not be put into the docket: {reason}")
            wrong = Problem("ledger.hearings", message, severity="error", params={"reason": str(describe(error))})
            return Seen(seen.lines, seen.wanted, (wrong, *seen.notes), done=True, counts=seen.counts)

    def pairs(self, file: LedgerFile, line: Line) -> list[Pair]:
        """Return the cells of a row and what was read in them; what was read elsewhere comes last."""
        row = next(row for row in file.ledger.rows if (row.sheet, row.row) == (line.sheet, line.row))
        read = read_words(row.read) if row.read is not None else {}
        cells = file.cells(line.sheet, line.row)
        pairs = [Pair(name, heading, text, read.get(name, "")) for name, (heading, text) in cells.items()]
        left = [name for name, words in read.items() if words and name not in cells]
        return [*pairs, *(Pair(name, _(FIELDS[name]), "", read[name]) for name in left)]

    def field_title(self, name: str) -> str:
        """Return a field in words."""
        return _(FIELDS[name]) if name in FIELDS else ""

    def save(self, file: LedgerFile, lines: Sequence[Line], path: Path) -> None:
        """Write the rows under their own headings, each with its reasons."""
        file.save_rows(path, {(line.sheet, line.row): reasons(self, line) for line in lines})

    def button(self, count: int) -> str:
        """Return the words of the button."""
        if not count:
            return _("Nothing to take over")
        return ngettext("Take over {count} case", "Take over {count} cases", count).format(count=count)

    def running(self) -> str:
        """Return what happens while it is brought in."""
        return _("Taking the ledger over")

    def headline(self, seen: Seen) -> str:
        """Return one sentence about the whole file."""
        counts = seen.counts
        there = counts.get("there", 0)
        if not seen.wanted and there and not seen.done:
            words = _("This ledger was taken over before: {there} of its cases are here already, none is new.")
            return words.format(there=there)
        if seen.done:
            words = ngettext("{count} case taken over.", "{count} cases taken over.", seen.wanted)
            parts = [words.format(count=seen.wanted)]
        else:
            words = ngettext("{count} row:", "{count} rows:", len(seen.lines))
            parts = [words.format(count=len(seen.lines)), self._judged(counts)]
        if seen.done and counts.get("refused"):
            words = ngettext("{count} row refused.", "{count} rows refused.", counts["refused"])
            parts.append(words.format(count=counts["refused"]))
        if there:
            words = ngettext("{count} case was here already.", "{count} cases were here already.", there)
            parts.append(words.format(count=there))
        return " ".join(parts)

    def _judged(self, counts: Mapping[State, int]) -> str:
        words = _("{sound} sound, {remarks} with remarks, {refused} refused; {skipped} are not cases.")
        return words.format(**{key: counts.get(key, 0) for key in ("sound", "remarks", "refused", "skipped")})

    def _seen(self, file: LedgerFile, done: Takeover, hearings: int, *, done_now: bool) -> Seen:
        titles = {(row.sheet, row.row): _parties(row.read) for row in file.ledger.rows}
        lines = [_line(row, titles[row.sheet, row.row], done_now=done_now) for row in done.rows]
        notes = list(file.ledger.problems)
        if done.people:
            new = N_("Colleagues who are not in the firm yet and will be added: {names}.")
            added = N_("Colleagues added: {names}")
            names = listed(done.people)
            message = added if done_now else new
            notes.insert(0, Problem("ledger.people", message, severity="note", params={"names": names}))
        if hearings:
            message = (
                N_("Hearings put into the docket: {count}.")
                if done_now
                else N_("Hearings still to come, which go into the docket: {count}.")
            )
            notes.insert(0, Problem("ledger.docket", message, severity="note", params={"count": hearings}))
        counts = Counter(line.state for line in lines)
        return Seen(lines, done.taken, notes, done=done_now, counts=dict(counts))


def _line(row: TakenRow, title: str, *, done_now: bool) -> Line:
    state: State
    if row.status == "skip":
        state = "skipped"
    elif row.taken and done_now:
        state = "taken"
    elif row.taken:
        state = "sound" if row.status == "ok" else "remarks"
    else:
        state = "there" if row.there is not None else "refused"
    opens = row.opened.case_id if row.opened is not None and done_now else row.there
    problems = tuple(_calm(problem) for problem in row.problems) if state == "there" else row.problems
    return Line(row.sheet, row.row, state, row.title or title, row.number, problems, opens)


def _calm(problem: Problem) -> Problem:
    """That a case is here already is no fault of its row."""
    if problem.code == "case.number_taken":
        message = N_("This case is in LawDesk already.")
        return Problem("ledger.there", message, problem.field, severity="note")
    return replace(problem, severity="note") if problem.code == "ledger.there" else problem


def _parties(read: LedgerRead | None) -> str:
    """Return whom a row is about, client first."""
    if read is None:
        return ""
    sides = (listed([party.name for party in side]) for side in (read.clients, read.adverse))
    return " / ".join(side for side in sides if side)


def read_words(read: LedgerRead) -> dict[str, str]:
    """Return what was read in a row, in words, by field; "" is nothing."""
    hearing = read.hearing_on.isoformat() if read.hearing_on else ""
    if hearing and read.hearing_at:
        hearing += f" {read.hearing_at:%H:%M}"
    fee = [yuan(read.fee_fen), percent(read.fee_share_bp) if read.fee_share_bp else "", read.fee_text or ""]
    if read.hourly_rate_fen is not None:
        fee.append(_("{amount} an hour").format(amount=yuan(read.hourly_rate_fen)))
    return {
        "intake_date": read.intake_date.isoformat() if read.intake_date else "",
        "internal_number": read.internal_number or "",
        "matter_type": read.matter_type or "",
        "cause": read.cause or "",
        "clients": _party_words(read.clients),
        "client_role": read.client_role or "",
        "adverse": _party_words(read.adverse),
        "third_parties": _party_words(read.third_parties),
        "forum": read.forum or "",
        "court_numbers": "\n".join(read.court_numbers),
        "stage": read.stage or "",
        "lead": read.lead or "",
        "assistants": listed(read.assistants),
        "fee_mode": read.fee_mode or "",
        "fee": "\n".join(dict.fromkeys(part for part in fee if part)),
        "received": yuan(read.received_fen),
        "amount": yuan(read.amount_fen),
        "hearing": hearing,
        "closed_date": read.closed_date.isoformat() if read.closed_date else "",
        "term_end": read.term_end.isoformat() if read.term_end else "",
        "remark": read.remark or "",
    }


def _party_words(parties: Sequence[LedgerParty]) -> str:
    """Return one party on a line: name, whether a person or an organization, its other names."""
    lines = []
    for party in parties:
        parts = [party.name, _(KIND_TITLES[PartyKind(party.kind)])]
        if party.aliases:
            parts.append(_("also called {names}").format(names=listed(party.aliases)))
        if party.former_names:
            parts.append(_("formerly {names}").format(names=listed(party.former_names)))
        lines.append(" · ".join(parts))
    return "\n".join(lines)
