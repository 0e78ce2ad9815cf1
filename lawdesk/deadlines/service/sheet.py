"""Deadlines on paper: the control sheet of a case, the register of a day, a calculation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from lawdesk.deadlines.queries import DeadlineRow, ReminderRow, RequestRow
from lawdesk.deadlines.rules import DelayInterest, Fee, whole_day
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date, short_date
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.kernel.money import format_fen

if TYPE_CHECKING:  # drawing is loaded with the first paper, not with the program
    from lawdesk.paper.blocks import Block, TextDocument

ASKED = {
    "move": N_("another date"),
    "waive": N_("let go"),
    "extend": N_("extension"),
    "withdraw": N_("event withdrawn"),
    "redate": N_("another day of the event"),
}
"""What a second person is asked to agree to."""
STATUS_TITLES = {
    "done": N_("Done"),
    "waived": N_("Let go"),
    "withdrawn": N_("Withdrawn"),
}


def control_sheet(rows: list[DeadlineRow]) -> list[Block]:
    """Return every deadline of a case as a table: what, until when, since when, by which article, its state."""
    from lawdesk.paper.blocks import Grid, Heading, Text

    if not rows:
        return [Heading(_("Deadlines")), Text(_("No deadlines entered."), note=True)]
    body = [
        [
            row.title,
            f"{row.due.isoformat()} {row.due_time}".strip() + (" *" if row.provisional else ""),
            row.trigger_date.isoformat() if row.trigger_date else "—",
            f"{row.statute} {row.article}".strip() or "—",
            row.person,
            _state(row),
        ]
        for row in rows
    ]
    head = [_("Deadline"), _("Until"), _("Since"), _("Basis"), _("Responsible"), _("State")]
    blocks: list[Block] = [Heading(_("Deadlines")), Grid(head, body, (2.6, 2.2, 1.5, 2.3, 1.2, 1.1))]
    if any(row.provisional for row in rows):
        blocks.append(Text(_("* provisional: the holidays of that year are not announced yet"), note=True))
    return blocks


def register_of_day(rows: Sequence[DeadlineRow], day: date, firm: str) -> TextDocument:
    """Return the register of the deadlines entered on one day: what, by which article, by whom."""
    from lawdesk.paper.blocks import Gap, Grid, Text, TextDocument

    body = [
        [
            str(number),
            f"{row.case_number} {row.case_title}",
            row.title,
            _until(row),
            f"{row.statute} {row.article}".strip() or "—",
            row.person,
            row.entered_by or "—",
            row.checked_by or "",
        ]
        for number, row in enumerate(rows, start=1)
    ]
    head = [_("No."), _("Case"), _("Deadline"), _("Until"), _("Basis"), _("Responsible")]
    head += [_("Entered by"), _("Checked by")]
    blocks: list[Block] = [Grid(head, body, (0.6, 3, 2.4, 1.7, 2, 1.1, 1.1, 1.1))]
    if not rows:
        blocks = [Text(_("No deadline was entered on this day."))]
    blocks += [Gap(8), Text(_("Checked and closed: ______________________"), align="right")]
    title = _("Register of deadlines entered on {day}").format(day=long_date(day))
    return TextDocument(title, blocks, subtitle=[firm] if firm else [])


def case_sheet(found: Sequence[Proved], *, number: str, title: str, firm: str) -> TextDocument:
    """Return the control sheet of a case: every date with what proves it."""
    from lawdesk.paper.blocks import Facts, Heading, Text, TextDocument

    rows = [proved.row for proved in found]
    blocks: list[Block] = list(control_sheet(rows))
    for proved in found:
        row = proved.row
        facts = [
            (_("Until"), _until(row)),
            (_("Event"), " ".join(part for part in (_day(row.trigger_date), row.event_title) if part) or "—"),
            (_("Basis"), f"{row.statute} {row.article}".strip() or _("entered by hand")),
            (_("Computed"), _day(row.computed_due) or "—"),
            (_("Date on the court's paper"), _day(row.printed_due) or "—"),
            (_("Extended to"), _day(row.extended_to) or "—"),
            (_("Proof"), row.evidence or "—"),
            (_("Reason"), row.reason or "—"),
            (_("Entered by"), f"{row.entered_by} {_day(row.entered_on)}".strip() or "—"),
            (_("Checked by"), row.checked_by or "—"),
            (_("State"), f"{_state(row)} {_day(row.done_on)} {row.done_by}".strip()),
            (_("Second person"), "; ".join(proved.requests) or "—"),
            (_("Reminders"), proved.reminders or "—"),
        ]
        blocks += [Heading(row.title, 2), Facts(facts, 2)]
        blocks += [Text(line, note=True) for line in proved.lines]
    words = _("Control sheet of deadlines")
    return TextDocument(words, blocks, subtitle=[f"{number} {title}".strip(), firm], header=number)


@dataclass(frozen=True)
class Proved:
    """A deadline with the lines of its count and the words about its reminders."""

    row: DeadlineRow
    lines: tuple[str, ...] = ()
    reminders: str = ""
    requests: tuple[str, ...] = ()


def request_words(asked: RequestRow) -> str:
    """Return a change somebody asked for and what a second person said to it, with the days of both."""
    day = _local_day(asked.asked_at)
    words = _("{name} asked on {day}: {kind}").format(name=asked.asked_name, day=day, kind=_(ASKED[asked.kind]))
    words += f" {whole_day(asked.due)}" if asked.due is not None else ""
    if asked.granted is None:
        return words + "\n" + _("waits for a second person")
    said = _("{name} agreed on {day}") if asked.granted else _("{name} did not agree on {day}")
    return words + "\n" + said.format(name=asked.decided_name, day=_local_day(asked.changed_at))


def _local_day(moment: datetime | None) -> str:
    return short_date(moment.astimezone(CHINA).date()) if moment is not None else ""


def reminder_words(rows: Sequence[ReminderRow]) -> str:
    """Return the ledger of one deadline in one line: 11月6日 顾知行 ✓; 11月13日 顾知行."""
    parts = []
    for row in rows:
        mark = " ✓" if row.acknowledged_at is not None else ""
        parts.append(f"{row.falls_on.isoformat()} {row.person}{mark}")
    return "; ".join(parts)


def _state(row: DeadlineRow) -> str:
    return _(STATUS_TITLES[row.status]) if row.status != "open" else pgettext("deadlines", "Open")


def _until(row: DeadlineRow) -> str:
    return f"{row.due.isoformat()} {row.due_time}".strip() + (" *" if row.provisional else "")


def _day(day: date | None) -> str:
    return day.isoformat() if day is not None else ""


def calculation_sheet(found: Fee | DelayInterest) -> TextDocument:
    """Return a calculation as a document: result, every step, the articles and the source."""
    from lawdesk.paper.blocks import Facts, Grid, Heading, Text, TextDocument

    steps = [[step.words(), format_fen(step.fen) if step.fen is not None else ""] for step in found.steps]
    if isinstance(found, Fee):
        title, result, basis = _(found.title), found.words, f"{found.statute} {found.article}".strip()
        facts = [(_("Result"), result)]
        if found.amount_fen is not None:
            facts.insert(0, (_("Amount"), _("{yuan} yuan").format(yuan=format_fen(found.amount_fen))))
    else:
        title, basis = _("Interest for delay"), found.statute
        facts = [
            (_("Doubled part"), _("{yuan} yuan").format(yuan=format_fen(found.interest_fen))),
            (_("Debt still open"), _("{yuan} yuan").format(yuan=format_fen(found.principal_fen))),
            (_("Days"), str(found.days)),
        ]
    facts += [(_("Basis"), basis), (_("Text of the law"), found.source)]
    blocks: list[Block] = [Facts(facts), Heading(_("Steps"), 2), Grid([_("Step"), _("Yuan")], steps, (5, 1), (1,))]
    blocks.append(Text(_("What the court's notice of payment says comes first."), note=True))
    return TextDocument(title, blocks)


def write_paper(document: TextDocument, path: Path) -> None:
    """Write a document as PDF or Word, as the file's name ends.

    Raises UserError for another ending, EnvironmentFailure when the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending == ".pdf":
        from lawdesk.paper.blocks import write_text_pdf

        write_text_pdf(document, path)
    elif ending == ".docx":
        from lawdesk.paper.word import write_docx

        write_docx(document, path)
    else:
        message = N_("{name} is neither .pdf nor .docx.")
        raise UserError(
            "paper.ending", message, hint=N_("Let the file's name end in .pdf or .docx."), name=path.name
        )
