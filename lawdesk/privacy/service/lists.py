"""Disposal lists and the request log on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.i18n import _
from lawdesk.paper.blocks import Block, Facts, Gap, Grid, Text, TextDocument
from lawdesk.privacy.queries import ListRow, RequestRow
from lawdesk.privacy.rules import REQUEST_TITLES, STATE_TITLES, TERM_TITLES


def disposal_document(row: ListRow, firm: str) -> TextDocument:
    """Return a disposal list with its signatures, or lines for them."""
    body = [
        [
            str(number),
            item.number,
            _(TERM_TITLES[item.term]),
            str(item.closed_on),
            str(item.until),
            _note(item.held),
        ]
        for number, item in enumerate(row.items, 1)
    ]
    head = [_("No."), _("Case"), _("Class"), _("Closed on"), _("Kept until"), _("Remark")]
    blocks: list[Block] = [
        Text(
            _("The retention of these files is over. Destroyed are documents, proceedings, deadlines, parties "
              "and texts; the number of the case and the hours worked stay."),
            indent=True,
        ),
        Grid(head, body, (0.6, 2.6, 1, 1.3, 1.3, 1.4), right=(0,)),
        Text(
            _("Before signing: no dispute, complaint or investigation about these files is pending, and where "
              "the justice bureau or the archive must agree, they have."),
            note=True,
        ),
        Gap(8),
        Facts(
            [
                (_("First signature"), _signed(row.first, row)),
                (_("Second signature"), _signed(row.second, row, second=True)),
            ]
        ),
    ]  # fmt: skip
    return TextDocument(
        _("Disposal list"), blocks, subtitle=(row.number, str(row.made_on)), header=firm, author=firm
    )


def log_document(rows: Sequence[RequestRow], firm: str, today: date) -> TextDocument:
    """Return the request log: what was asked, by when it had to be answered, when and how it was."""
    body = [
        [
            row.number,
            _(REQUEST_TITLES[row.kind]),
            row.subject,
            str(row.received_on),
            str(row.answer_by),
            str(row.answered_on or ""),
            row.answered_by,
            _(STATE_TITLES[row.status]) if row.answered_on or row.answer_by >= today else _("late"),
        ]
        for row in rows
    ]
    head = [
        _("Number"), _("What"), _("About"), _("Came on"), _("Answer by"), _("Answered on"), _("By"), _("Status"),
    ]  # fmt: skip
    blocks: list[Block] = [Grid(head, body, (1.5, 1.3, 1, 1.2, 1.2, 1.2, 0.9, 1))]
    return TextDocument(_("Requests about personal data"), blocks, subtitle=(firm, str(today)), header=firm)


def _note(held: bool) -> str:
    return _("held: stays") if held else ""


def _signed(name: str, row: ListRow, *, second: bool = False) -> str:
    at = row.second_at if second else row.first_at
    return f"{name} {at.astimezone(CHINA):%Y-%m-%d %H:%M}" if name and at is not None else ""
