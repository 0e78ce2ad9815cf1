"""Deadlines on paper: the control sheet of a case, the register of a day, a calculation."""

from __future__ import annotations

from pathlib import Path

from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import DelayInterest, Fee
from lawdesk.kernel.errors import UserError
from lawdesk.kernel.i18n import N_, _
from lawdesk.kernel.money import format_fen
from lawdesk.paper.blocks import Block, Facts, Grid, Heading, Text, TextDocument

STATUS_TITLES = {
    "open": N_("Open"),
    "done": N_("Done"),
    "waived": N_("Let go"),
    "withdrawn": N_("Withdrawn"),
}


def control_sheet(rows: list[DeadlineRow]) -> list[Block]:
    """Return every deadline of a case as a table: what, until when, since when, by which article, its state."""
    if not rows:
        return [Heading(_("Deadlines")), Text(_("No deadlines entered."), note=True)]
    body = [
        [
            row.title,
            f"{row.due.isoformat()} {row.due_time}".strip() + (" *" if row.provisional else ""),
            row.trigger_date.isoformat() if row.trigger_date else "—",
            f"{row.statute} {row.article}".strip() or "—",
            row.person,
            _(STATUS_TITLES[row.status]),
        ]
        for row in rows
    ]
    head = [_("Deadline"), _("Until"), _("Since"), _("Basis"), _("Responsible"), _("State")]
    blocks: list[Block] = [Heading(_("Deadlines")), Grid(head, body, (3, 1.7, 1.5, 2.4, 1.2, 1.1))]
    if any(row.provisional for row in rows):
        blocks.append(Text(_("* provisional: the holidays of that year are not announced yet"), note=True))
    return blocks


def calculation_sheet(found: Fee | DelayInterest) -> TextDocument:
    """Return a calculation as a document: result, every step, the articles and the source."""
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
