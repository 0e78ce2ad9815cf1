"""Deadlines on paper: the control sheet of a case."""

from __future__ import annotations

from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.kernel.i18n import N_, _, pgettext
from lawdesk.paper.blocks import Block, Grid, Heading, Text

STATUS_TITLES = {
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
            _(STATUS_TITLES[row.status]) if row.status != "open" else pgettext("deadlines", "Open"),
        ]
        for row in rows
    ]
    head = [_("Deadline"), _("Until"), _("Since"), _("Basis"), _("Responsible"), _("State")]
    blocks: list[Block] = [Heading(_("Deadlines")), Grid(head, body, (3, 1.7, 1.5, 2.4, 1.2, 1.1))]
    if any(row.provisional for row in rows):
        blocks.append(Text(_("* provisional: the holidays of that year are not announced yet"), note=True))
    return blocks
