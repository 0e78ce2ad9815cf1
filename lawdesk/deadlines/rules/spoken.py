"""Deadlines as people speak of them: how near, on which day, moved by what, in which group of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from lawdesk.deadlines.rules.calendar import Calendar
from lawdesk.deadlines.rules.holidays import holiday_name
from lawdesk.kernel.dates import long_date, short_date, short_weekday
from lawdesk.kernel.i18n import N_, _, language, ngettext, pgettext

WHOSE_TITLES = {
    "ours": N_("our side"),
    "theirs": N_("the other side"),
    "court": N_("the court"),
    "authority": N_("the authority"),
    "open": N_("not clear whose"),
}
_MONTHS = (
    N_("January"),
    N_("February"),
    N_("March"),
    N_("April"),
    N_("May"),
    N_("June"),
    N_("July"),
    N_("August"),
    N_("September"),
    N_("October"),
    N_("November"),
    N_("December"),
)


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near something is: words, tone and icon together, so that colour never speaks alone.

    ``urgent``: overdue or due today. A hearing of a past day is a question, no alarm.
    """

    words: str
    tone: str = "neutral"
    icon: str = "calendar-clock"
    urgent: bool = False


def nearness(due: date, today: date, *, kind: str = "deadline", status: str = "open") -> Nearness:
    """Return how near ``due`` is, or in which state what is no longer open."""
    if kind == "hearing":
        return _hearing_nearness((due - today).days, status)
    if status != "open":
        states = {
            "done": Nearness(pgettext("state of a deadline", "Done"), "green", "check"),
            "waived": Nearness(pgettext("state of a deadline", "Let go"), "neutral", "circle"),
            "withdrawn": Nearness(pgettext("state of a deadline", "Withdrawn"), "neutral", "undo-2"),
        }
        return states[status]
    days = (due - today).days
    if days > 0:
        left = ngettext("{days} day left", "{days} days left", days).format(days=days)
        return Nearness(left)
    if not days:
        return Nearness(_("Due today"), "amber", "alarm-clock", urgent=True)
    late = ngettext("{days} day overdue", "{days} days overdue", -days).format(days=-days)
    return Nearness(late, "red", "circle-alert", urgent=True)


def _hearing_nearness(days: int, status: str) -> Nearness:
    if status != "open":
        if status == "done":
            return Nearness(pgettext("state of a hearing", "Held"), "green", "check")
        return Nearness(pgettext("state of a hearing", "Not held"), "neutral", "circle")
    if days > 0:
        return Nearness(ngettext("{days} day left", "{days} days left", days).format(days=days), icon="gavel")
    if not days:
        return Nearness(_("Hearing today"), "amber", "gavel", urgent=True)
    return Nearness(pgettext("about a hearing of a past day", "Held?"), icon="circle-question-mark")


def spoken_day(
    day: date, today: date, calendar: Calendar | None = None, *, at: str = "", kind: str = "deadline"
) -> str:
    """Return a day as lists show it: 11月20日 周四, 10月10日 周六 班, 今天 24:00 前, for a hearing 今天 14:30."""
    if day == today and at:
        return (_("today at {time}") if kind == "hearing" else _("today by {time}")).format(time=at)
    mark = day_mark(day, calendar) if calendar is not None else ""
    return " ".join(part for part in (short_date(day, today), short_weekday(day), at, mark) if part)


def rest_mark() -> str:
    """Return 休, the mark of a rest day."""
    return pgettext("mark of a rest day", "rest")


def makeup_mark() -> str:
    """Return 班, the mark of a make-up working day."""
    return pgettext("mark of a make-up working day", "work")


def day_mark(day: date, calendar: Calendar) -> str:
    """Return 休 on a rest day, 班 on a make-up working day, "" on any other."""
    kind = calendar.day(day)
    return makeup_mark() if kind.kind == "makeup" else rest_mark() if kind.rest else ""


def moved_words(
    *,
    due: date,
    computed: date | None,
    raw_end: date | None,
    printed: date | None,
    provisional: bool,
    calendar: Calendar,
) -> str:
    """Return what has to be known about a date in a few words (printed otherwise, provisional, moved), or ""."""
    if printed is not None and computed is not None and printed != computed:
        return _("on paper; computed {day}").format(day=short_date(computed, due))
    if provisional and printed is None:
        return _("provisional: holidays not announced")
    if raw_end is not None and computed == due and raw_end != due:
        name = calendar.day(raw_end).name.split("、")[0]
        rest = holiday_name(name) if name else _("weekend")
        if language() == "zh":
            rest = rest.removesuffix("节")
        return _("{rest}, was {day}").format(rest=rest, day=short_date(raw_end, due))
    return ""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a list: what is due from ``first`` on (None: from the beginning) until the next group begins."""

    key: str
    first: date | None
    title: str
    tone: str = "text"


def list_groups(today: date) -> tuple[Group, ...]:
    """Return the groups of the docket: overdue, hearings to answer for, today, this week, months, then later.

    Groups that would hold no day are left out.
    """
    monday = today + timedelta(days=7 - today.weekday())
    groups = [
        Group("overdue", None, _("Overdue"), "red"),
        Group("held", None, _("Hearings: held?")),
        Group("today", today, _("Today")),
        Group("week", today + timedelta(days=1), _("This week")),
    ]
    if today.weekday() == 6:
        groups.pop()  # on a Sunday the week has no day left
    start = monday
    for _number in range(3):
        groups.append(Group(f"{start:%Y-%m}", start, _month_title(start, today)))
        start = (start.replace(day=1) + timedelta(days=32)).replace(day=1)
    return (*groups, Group("later", start, _("Later")))


def _month_title(day: date, today: date) -> str:
    name = _(_MONTHS[day.month - 1])
    if day.year == today.year:
        return name
    return f"{day.year}年{name}" if language() == "zh" else f"{name} {day.year}"


def month_title(day: date) -> str:
    """Return 2025年11月 / November 2025."""
    name = _(_MONTHS[day.month - 1])
    return f"{day.year}年{name}" if language() == "zh" else f"{name} {day.year}"


def span_words(first: date, last: date) -> str:
    """Return 9月28日—10月11日 / 28 Sep – 11 Oct; one day alone where both are the same."""
    if first == last:
        return short_date(first)
    dash = "—" if language() == "zh" else " – "
    return f"{short_date(first)}{dash}{short_date(last, first) if first.year != last.year else short_date(last)}"


def whole_day(day: date) -> str:
    """Return the day with its year and weekday: 2025年11月20日 周四."""
    return f"{long_date(day)} {short_weekday(day)}"
