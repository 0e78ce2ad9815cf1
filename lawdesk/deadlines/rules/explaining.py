"""A computation in words, one line per step."""

from __future__ import annotations

from datetime import date

from lawdesk.deadlines.rules.computing import Computation
from lawdesk.deadlines.rules.walking import Step
from lawdesk.deadlines.rules.words import reason
from lawdesk.kernel.dates import long_date, short_date
from lawdesk.kernel.i18n import _, pgettext


def explain(what: Step | Computation, *, since: date | None = None) -> str:
    """Return one step ("10月3日 休息日（国庆节），顺延") or a whole computation, one line per step, in words.

    ``since``: years are left out that are those of this day.
    """
    if isinstance(what, Step):
        return pgettext("day and reason", "{day}: {reason}").format(
            day=short_date(what.date, since), reason=reason(what)
        )
    lines = [
        _("{rule}: {day}").format(rule=what.rule.title, day=long_date(what.due)),
        f"《{what.rule.statute_zh}》{what.article}",
    ]
    lines += (explain(step, since=what.trigger_date) for step in what.steps)
    lines += (other.problem().words() for other in what.alternatives)
    lines += (note.words() for note in what.notes)
    return "\n".join(lines)
