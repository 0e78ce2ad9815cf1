"""The parts of Today in words."""

from __future__ import annotations

from lawdesk.deadlines import holiday_name, span_words
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import N_, _, language, ngettext
from lawdesk.oversight.rules import Part
from lawdesk.ui import Heading

TITLES = {
    "overdue": N_("Overdue"),
    "held": N_("Hearings: held?"),
    "today": N_("Today"),
    "ahead": N_("Within two weeks"),
    "before": N_("Before the holiday"),
    "break": N_("During the holiday"),
    "after": N_("Two weeks after the holiday"),
}


def heading_of(part: Part, count: int | None) -> Heading:
    """Return the heading of a part of the list."""
    return Heading(_(TITLES[part.key]), count, note_of(part), "red" if part.key == "overdue" else "text")


def note_of(part: Part) -> str:
    """Return what stands beside the heading: which days, how many are left, which holiday."""
    if part.key == "today":
        return f"{short_date(part.last)} {short_weekday(part.last)}"
    if part.key == "break":
        return _("until {day}").format(day=short_date(part.last))
    if part.key == "before":
        return _before_note(part)
    if part.first is None:
        return ""
    note = span_words(part.first, part.last)
    if not part.holidays:
        return note
    names = ("、" if language() == "zh" else ", ").join(
        ngettext("{name} ({count} day)", "{name} ({count} days)", span.days).format(
            name=holiday_name(span.name), count=span.days
        )
        for span in part.holidays
    )
    return f"{note} · " + _("with {holidays}").format(holidays=names)


def _before_note(part: Part) -> str:
    span = part.holidays[0]
    left = ngettext("{count} working day left", "{count} working days left", part.workdays)
    begins = ngettext("{name} from {day}, {count} day off", "{name} from {day}, {count} days off", span.days)
    parts = (
        left.format(count=part.workdays),
        begins.format(name=holiday_name(span.name), day=short_date(span.first), count=span.days),
    )
    return " · ".join(parts)
