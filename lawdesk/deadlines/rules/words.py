"""The count in words: every step's reason, in the user's language."""

from __future__ import annotations

from datetime import date

from lawdesk.deadlines.rules.calendar import DayKind
from lawdesk.deadlines.rules.holidays import holiday_name
from lawdesk.deadlines.rules.walking import Step
from lawdesk.kernel.dates import short_date, short_weekday
from lawdesk.kernel.i18n import N_, _, pgettext

_REASONS = {
    "trigger": N_("the trigger's own day, not counted"),
    "trigger_counts": N_("the trigger's own day, counted"),
    "trigger_no_time": N_("the trigger's day; no clock time given, whole days are taken"),
    "day": N_("day {n}"),
    "rest_counts": N_("day {n}; a rest day ({rest}) in between counts"),
    "working": N_("working day {n}{makeup}"),
    "not_working": N_("rest day ({rest}), not a working day"),
    "corresponding": N_("corresponding day, {n} {unit}"),
    "no_such_day": N_("the month has no such day: its last day, {n} {unit}"),
    "month_end_rule": N_("last day to last day (criminal procedure), {n} {unit}"),
    "day_before": N_("the term ends the day before the corresponding day"),
    "from_full_hour": N_("the hour it began in is not counted: from {time}"),
    "from_moment": N_("counted from {time}"),
    "hours": N_("{n} {unit}"),
    "hour_hand": N_("{n} {unit}: {time}"),
    "last_rolls": N_("{n} {unit}, a rest day ({rest}): moves on"),
    "rolls": N_("rest day ({rest}), moves on"),
    "rolled_to": N_("first working day{makeup}: the last day"),
    "stays": N_("{n} {unit}, a rest day ({rest}); this period does not move"),
    "stays_custody": N_("{n} {unit}, a rest day ({rest}); in custody it does not move"),
    "back": N_("{n} {unit} before"),
    "back_working": N_("working day {n} before{makeup}"),
    "back_rest": N_("{n} {unit} before, a rest day ({rest}): never moved later, act by {advice}"),
    "window_opens": N_("the window opens"),
    "window_closes": N_("the window closes with the trigger's day"),
}


def reason(step: Step) -> str:
    """Return why ``step`` was counted, passed or ended the count, without its date."""
    params = dict(step.params)
    advice = params.get("advice")
    if isinstance(advice, date):
        params["advice"] = short_date(advice, step.date)
    params["unit"] = unit_name(params.get("unit", "day"), step.counted or 0)
    makeup = _(" (a make-up working day)") if step.kind.kind == "makeup" else ""
    return _(_REASONS[step.code]).format(n=step.counted, rest=rest_name(step.kind), makeup=makeup, **params)


def unit_name(unit: str, count: int) -> str:
    """Return the unit's name as it stands after ``count``: 1 day, 2 days, 3 个月."""
    names = {
        "hour": (pgettext("unit of a period", "hour"), pgettext("unit of a period", "hours")),
        "day": (pgettext("unit of a period", "day"), pgettext("unit of a period", "days")),
        "month": (pgettext("unit of a period", "month"), pgettext("unit of a period", "months")),
        "year": (pgettext("unit of a period", "year"), pgettext("unit of a period", "years")),
    }
    return names[unit][0 if count == 1 else 1]


def rest_name(kind: DayKind) -> str:
    """Return what makes ``kind`` a rest day: the holiday's name or the weekday."""
    return holiday_name(kind.name) if kind.name else short_weekday(kind.day)
