"""From a rule and a day to a date that carries its proof: version, article, count, doubts.

Two engines compute every date; where they disagree there is no date (:class:`EnginesDisagree`).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from lawdesk.deadlines.rules.arithmetic import compute_by_arithmetic
from lawdesk.deadlines.rules.articles import CitedArticle, article_on
from lawdesk.deadlines.rules.calendar import Calendar, load_calendar
from lawdesk.deadlines.rules.data import (
    Bounds,
    DayType,
    Direction,
    Nature,
    Rule,
    RuleBook,
    SpokenDay,
    Statute,
    Unit,
    remark,
)
from lawdesk.deadlines.rules.loading import load_rulebook
from lawdesk.deadlines.rules.outcome import Outcome, Start
from lawdesk.deadlines.rules.versions import (
    Alternative,
    Choice,
    choose_version,
    find_rule,
    other_readings,
    transition_alternatives,
)
from lawdesk.deadlines.rules.walking import Step, walk
from lawdesk.deadlines.rules.words import reason
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.errors import Bug, Problem, UserError
from lawdesk.kernel.i18n import N_

EARLIEST, LATEST = date(1949, 10, 1), date(2199, 12, 31)
_UNKNOWN_AHEAD = N_("The holidays of {year} are not announced: the day may still move.")
_UNKNOWN_PAST = N_("The holidays of {year} are not in our data: the day may be wrong by some days, look them up.")
_BY_POST = {
    "civil-procedure": N_("Handed to the post by that day is in time, whenever it arrives: keep the receipt."),
    "trademark": N_("By post the day of the postmark counts; electronically the day it enters the system."),
}
_BY_POST.update(dict.fromkeys(("criminal-procedure", "administrative-litigation"), _BY_POST["civil-procedure"]))
_BY_POST["patent"] = _BY_POST["trademark"]
"""民事诉讼法 第85条, 刑事诉讼法 第105条, 行诉解释 第48条; 商标法实施条例 第9条, 专利法实施细则 第4条."""


class EnginesDisagree(Bug):
    """The two engines found different dates for one period: an alarm, never a date."""

    def __init__(self, rule: Rule, start: Start, arithmetic: Outcome, walked: Outcome) -> None:
        super().__init__(
            "deadlines.engines_disagree",
            N_("{rule} from {day} is not shown: our two ways of counting disagree."),
            N_("One says {first}, the other {second}."),
            N_("Count this period by hand and send us the rule and the day."),
            rule=rule.title,
            day=SpokenDay(start.day),
            first=SpokenDay(arithmetic.due),
            second=SpokenDay(walked.due),
        )


@dataclass(frozen=True)
class Computation:
    """The last day of a period and everything that proves it.

    ``asked``: the name asked for; ``rule``: the version that holds, as it counted on the trigger day. ``raw_end``
    is the last day before rest days are looked at, ``due`` the last day in law, ``due_at`` its clock time for
    periods in hours (China time; 24:00 is 00:00 of the next day). ``early_warning`` is never later than ``due``:
    the day a careful office works towards. ``opens`` is set for windows, ``earliest_action`` for waiting periods
    (the first day one may act). ``provisional``: rests on a year without announced holidays.
    """

    asked: str
    rule: Rule
    start: Start
    raw_end: date
    due: date
    due_at: datetime | None
    early_warning: date
    provisional: bool
    opens: date | None
    statute: Statute
    cited: CitedArticle
    alternatives: tuple[Alternative, ...]
    notes: tuple[Problem, ...]
    calendar: Calendar = field(repr=False, compare=False)

    @property
    def version(self) -> str:
        """The id of the version that was used."""
        return self.rule.id

    @property
    def trigger_date(self) -> date:
        return self.start.day

    @property
    def article(self) -> str:
        """The article as numbered on the trigger day, as far as the law data knows."""
        return self.cited.article

    @property
    def rolled(self) -> bool:
        """Whether the last day moved over rest days."""
        return self.due != self.raw_end

    @property
    def earliest_action(self) -> date | None:
        """For waiting periods the first day one may act, otherwise None."""
        if self.rule.nature is not Nature.WAITING:
            return None
        return date.fromordinal(self.due.toordinal() + 1)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The count, walked once more and written down.

        Raises EnginesDisagree should the walk end on another day than the date shown.
        """
        record: list[Step] = []
        walked = walk(self.rule, self.start, self.calendar, record)
        if walked.due != self.due:
            raise EnginesDisagree(self.rule, self.start, Outcome(self.raw_end, self.due), walked)
        return tuple(record)

    @cached_property
    def notices(self) -> tuple[str, ...]:
        """The holiday notices the date rests on (addresses); none where no rest day mattered."""
        if self.rule.day_type is DayType.WORKING:
            first, last = sorted((self.start.day, self.due))
        elif self.rolled or (self.rule.roll_forward and self.calendar.day(self.due).kind == "makeup"):
            first, last = self.raw_end, self.due
        else:
            return ()
        years = range(first.year, last.year + 1)
        return tuple(address for year in years for address in self.calendar.year(year).source)

    def as_json(self) -> dict[str, Any]:
        """Return what the command line prints: days as ISO texts, words in the user's language."""
        return {
            "rule": self.asked,
            "version": self.version,
            "title": str(self.rule.title),
            "trigger_date": self.trigger_date.isoformat(),
            "raw_end": self.raw_end.isoformat(),
            "due": self.due.isoformat(),
            "due_at": self.due_at.isoformat(timespec="minutes") if self.due_at else None,
            "early_warning": self.early_warning.isoformat(),
            "opens": self.opens.isoformat() if self.opens else None,
            "earliest_action": self.earliest_action.isoformat() if self.earliest_action else None,
            "provisional": self.provisional,
            "notices": list(self.notices),
            "statute": self.rule.statute_zh,
            "article": self.article,
            "text_checked": self.rule.text_checked,
            "consequence": self.rule.consequence_zh,
            "alternatives": [
                {"date": other.due.isoformat(), "why": other.problem().words()} for other in self.alternatives
            ],
            "notes": [{"code": note.code, "severity": note.severity, "text": note.words()} for note in self.notes],
            "steps": [
                {"date": step.date.isoformat(), "counted": step.counted, "why": reason(step)}
                for step in self.steps
            ],
        }


def compute(
    rule: str,
    on: date | datetime,
    *,
    in_custody: bool = False,
    foreign: bool = False,
    calendar: Calendar | None = None,
    length_override: int | None = None,
    rulebook: RuleBook | None = None,
    court: str = "",
) -> Computation:
    """Return when the period ``rule`` (an id or a family) ends whose trigger happened on ``on``.

    ``on`` with a clock time serves periods in hours (aware moments are taken to China). ``foreign``: the party has
    no domicile in the PRC. ``length_override``: the length the court or the paper sets, in the rule's unit.
    ``court``: its name, for the days on which its door is shut.
    Raises UserError (unknown rule, no version in force on that day, impossible day or length) and EnginesDisagree.
    """
    book, calendar = rulebook or load_rulebook(), calendar or load_calendar()
    start = _start(on, in_custody=in_custody)
    choice = choose_version(book, find_rule(book, rule), start.day, foreign=foreign)
    found, notes = choice.rule, list(choice.notes)
    if length_override is not None:
        found = _with_length(found, length_override, notes)
    outcome = run_both(found, start, calendar)
    others = _alternatives(book, choice, counted=found, start=start, outcome=outcome, calendar=calendar)
    cited = article_on(found, start.day)
    notes += _notes(found, start, outcome, cited)
    provisional = _provisional(found, start, outcome, calendar)
    if provisional:
        text = _UNKNOWN_PAST if calendar.before_data(outcome.due.year) else _UNKNOWN_AHEAD
        notes.append(remark("provisional", text, "warning", year=outcome.due.year))
    elif found.direction is not Direction.AFTER and not calendar.known(outcome.due.year):
        text = N_("The holidays of {year} are not announced: the working day before may still move.")
        notes.append(remark("provisional_advice", text, "warning", year=outcome.due.year))
    early = _early_warning(found, outcome, others, calendar)
    shut = calendar.closure_on(outcome.due, court)
    if shut is not None and start.day < shut.first:
        text = N_("{name}: the door is shut from {first} to {last}. The period does not move; act before.")
        params = {"name": shut.name, "first": SpokenDay(shut.first), "last": SpokenDay(shut.last)}
        notes.append(remark("closed", text, "warning", **params))
        eve = calendar.workday_at_or_before(date.fromordinal(shut.first.toordinal() - 1))
        early = min(early, max(eve, start.day))
    return Computation(
        rule,
        found,
        start,
        outcome.raw_end,
        outcome.due,
        outcome.moment,
        early,
        provisional,
        outcome.opens,
        book.statutes[found.statute],
        cited,
        others,
        tuple(notes),
        calendar,
    )


def run_both(rule: Rule, start: Start, calendar: Calendar) -> Outcome:
    """Return what both engines agree on. Raises EnginesDisagree when they do not."""
    arithmetic = compute_by_arithmetic(rule, start, calendar)
    walked = walk(rule, start, calendar)
    if arithmetic != walked:
        raise EnginesDisagree(rule, start, arithmetic, walked)
    return arithmetic


def _start(on: date | datetime, *, in_custody: bool) -> Start:
    moment: datetime | None = None
    if isinstance(on, datetime):
        moment = on.astimezone(CHINA).replace(tzinfo=None) if on.tzinfo is not None else on
        on = moment.date()
    if not EARLIEST <= on <= LATEST:
        raise UserError(
            "deadlines.impossible_day",
            N_("{day} cannot be the day of a trigger."),
            N_("LawDesk counts from {first} to {last}."),
            N_("Check the year."),
            day=SpokenDay(on),
            first=SpokenDay(EARLIEST),
            last=SpokenDay(LATEST),
        )
    return Start(on, moment, in_custody)


def _with_length(rule: Rule, length: int, notes: list[Problem]) -> Rule:
    if not 1 <= length <= 10_000:
        raise UserError(
            "deadlines.impossible_length",
            N_("A period cannot be {length} long."),
            hint=N_("Enter a whole number from 1."),
            length=length,
        )
    if rule.bounds is Bounds.MIN and length < rule.length:
        text = N_("The law asks for at least {length} here; the paper sets less.")
        notes.append(remark("below_minimum", text, "warning", length=rule.length))
    if rule.bounds is Bounds.MAX and length > rule.length:
        text = N_("The law allows at most {length} here; the paper sets more.")
        notes.append(remark("above_maximum", text, "warning", length=rule.length))
    return replace(rule, length=length)


def _alternatives(
    book: RuleBook, choice: Choice, *, counted: Rule, start: Start, outcome: Outcome, calendar: Calendar
) -> tuple[Alternative, ...]:
    others = (
        transition_alternatives(book, choice.rule, start.day, outcome.due, calendar) if choice.rule.family else []
    )
    for rival in choice.rivals:
        due = compute_by_arithmetic(rival, start, calendar).due
        others.append(Alternative("deadlines.rival", N_("{rule}: {day}."), due, choice.rivals_warn, rival.title))
    others += other_readings(counted, start, outcome.due, calendar)
    return tuple(others)


def _early_warning(rule: Rule, outcome: Outcome, others: tuple[Alternative, ...], calendar: Calendar) -> date:
    day = min(outcome.raw_end, outcome.due)
    if rule.direction is not Direction.AFTER:
        day = calendar.workday_at_or_before(day)
        if outcome.opens is not None and day < outcome.opens:
            day = outcome.due
    return min([day, *(other.due for other in others if other.warns)])


def _provisional(rule: Rule, start: Start, outcome: Outcome, calendar: Calendar) -> bool:
    """Only a date that a holiday notice could still move is provisional."""
    if rule.day_type is DayType.WORKING:
        step = timedelta(days=1 if rule.start_day_excluded else 0)  # the trigger's own day moves nothing
        forward = outcome.due >= start.day
        first, last = (start.day + step, outcome.due) if forward else (outcome.due, start.day - step)
        return not calendar.known_between(first, max(first, last))
    if not rule.roll_forward or rule.is_custody_term or (start.in_custody and not rule.roll_if_in_custody):
        return False
    return not calendar.known_between(outcome.raw_end, outcome.due)


def _notes(rule: Rule, start: Start, outcome: Outcome, cited: CitedArticle) -> list[Problem]:
    found: list[Problem] = []
    if outcome.due != outcome.raw_end:
        if start.in_custody:
            text = N_("In custody: do not rely on the move from {day}; act by that day.")
            found.append(remark("custody", text, "warning", day=SpokenDay(outcome.raw_end)))
        elif rule.unit is Unit.HOUR:
            text = N_("A period of hours ran out on a rest day, {day}: do not rely on its moving.")
            found.append(remark("hours_rolled", text, "warning", day=SpokenDay(outcome.raw_end)))
    waits = rule.nature is Nature.WAITING
    procedural = rule.bound == "party" and not waits and rule.limitation_type == "procedural"
    if procedural and rule.direction is Direction.AFTER and (text := _BY_POST.get(rule.regime, "")):
        found.append(remark("by_post", text))
    if rule.unit is Unit.HOUR and outcome.moment is None:
        found.append(remark("no_time", N_("Counted without a clock time: enter the time for the exact end.")))
    if rule.bounds is Bounds.MIN:
        found.append(
            remark("minimum", N_("This is the least the court may set; the date on its paper comes first."))
        )
    elif rule.bounds is Bounds.MAX:
        found.append(remark("maximum", N_("This is the most the law allows; a date on the paper comes first.")))
    if not rule.text_checked:
        text = N_("This rule was not compared with the text of the law: {verified}.")
        found.append(remark("unchecked", text, "warning", verified=rule.verified))
    if not cited.certain:
        text = N_("The article number is that since {day}; the one on the trigger's day is not in our data.")
        found.append(remark("article", text, day=SpokenDay(rule.article_since)))
    return found
