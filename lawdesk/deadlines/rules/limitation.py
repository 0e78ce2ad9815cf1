"""Limitation periods that were interrupted or suspended, and the twenty years nothing lengthens.

民法典 第188条, 第194条, 第195条 (six months remain); 民法通则 第139条, 劳动争议调解仲裁法 第27条,
执行程序解释 第19条, 国家赔偿法 第39条 (the rest goes on running). Fixed periods (除斥期间, 保证期间) know neither.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Literal

from lawdesk.deadlines.rules.calendar import Calendar
from lawdesk.deadlines.rules.computing import Computation, compute
from lawdesk.deadlines.rules.data import Rule, RuleBook
from lawdesk.deadlines.rules.loading import load_rulebook
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import Problem
from lawdesk.kernel.i18n import N_, _


class Tail(StrEnum):
    """What is left when an obstacle is gone."""

    SIX_MONTHS = "six-months"
    REST_IF_LATE = "rest-if-late"
    """The rest, where the obstacle lay in the last six months."""
    REST = "rest"
    """The rest, whenever the obstacle was."""


_REST_IF_LATE = frozenset(
    str.split("""
    enf-apply enf-apply-1991-natural enf-apply-1991-legal recognition-apply admin-exec-apply statecomp-claim
    limitation-2y-until-2017 limitation-1y-until-2017 limitation-environment-3y-until-2026
""")
)
_REST = frozenset(("labour-arb-limitation", "labour-arb-limitation-wages"))
_NOT_TURNED = frozenset(("penalty-limitation", "penalty-limitation-5y", "security-limitation"))
_CIVIL_CODE = date(2017, 10, 1)  # 民法总则 第194条
TWENTY_YEARS = "limitation-20y"


@dataclass(frozen=True, slots=True)
class Turn:
    """What interrupted a period on ``first``, or suspended it from ``first`` to ``last`` (None: still)."""

    kind: Literal["interrupted", "suspended"]
    first: date
    last: date | None = None
    ground: str = ""


@dataclass(frozen=True, slots=True)
class TurnStep:
    """One line of the account: words (marked) and parameters."""

    day: date
    message: str
    ground: str
    until: date
    void: bool = False

    def words(self) -> str:
        """Return the line in the user's language."""
        day, until = long_date(self.day), long_date(self.until)
        return _(self.message).format(day=day, ground=self.ground or "—", until=until)


@dataclass(frozen=True, slots=True)
class LimitationCount:
    """The end of a limitation period after everything that happened to it.

    ``running``: an obstacle still lasts, so ``due`` is only what holds if it ended today. ``capped``: the twenty
    years end it. ``base`` is the last plain count the day comes from.
    """

    base: Computation
    raw_end: date
    due: date
    early_warning: date
    steps: tuple[TurnStep, ...]
    capped: bool = False
    running: bool = False

    @property
    def provisional(self) -> bool:
        """Whether the day may still move: an obstacle lasts, or holidays are not announced."""
        return self.running or (not self.capped and self.base.provisional)


def can_turn(rule: Rule) -> bool:
    """Whether ``rule`` can be interrupted or suspended at all."""
    return rule.limitation_type == "limitation" and rule.id not in _NOT_TURNED


def check_turn(rule: Rule, turn: Turn, start: date) -> list[Problem]:
    """Return what speaks against entering ``turn`` for a period of ``rule`` that began on ``start``."""
    problems = []
    if not can_turn(rule):
        message = N_("{rule} is a fixed period: nothing interrupts or suspends it.")
        problems.append(Problem("limitation.fixed", message, "kind", params={"rule": rule.title}))
    if turn.first < start:
        message = N_("This lies before the period began.")
        problems.append(Problem("limitation.early", message, "first"))
    if turn.last is not None and (turn.kind == "interrupted" or turn.last < turn.first):
        message = N_("The obstacle ends before it begins.")
        problems.append(Problem("limitation.order", message, "last"))
    if not turn.ground.strip():
        problems.append(Problem("limitation.ground", N_("Say what it was, such as a written demand."), "ground"))
    return problems


def count_limitation(
    rule: str,
    on: date,
    turns: Sequence[Turn],
    *,
    calendar: Calendar,
    today: date,
    infringed_on: date | None = None,
    rulebook: RuleBook | None = None,
) -> LimitationCount:
    """Return when the limitation period ``rule`` that began on ``on`` ends after ``turns``.

    ``infringed_on``: the day the right was infringed, which the twenty years count from (default ``on``).
    Raises what :func:`compute` raises.
    """
    book = rulebook or load_rulebook()
    base = compute(rule, on, calendar=calendar, rulebook=book)
    account = _Account(base, calendar, today)
    for turn in sorted(turns, key=lambda found: found.first):
        account.turn(turn, book)
    capped = False
    if base.rule.regime == "civil-code" and can_turn(base.rule):
        cap = compute(TWENTY_YEARS, max(infringed_on or on, date(1987, 1, 1)), calendar=calendar, rulebook=book)
        if cap.due < account.due:
            account.raw, account.due, capped = cap.raw_end, cap.due, True
            words = N_("{day}: {ground}; nothing runs beyond twenty years from the infringement: {until}")
            account.steps.append(TurnStep(cap.trigger_date, words, _("the right was infringed"), cap.due))
    early = min(account.raw, account.due)
    if not account.steps:
        early = base.early_warning
    steps = tuple(account.steps)
    return LimitationCount(account.base, account.raw, account.due, early, steps, capped, account.running)


class _Account:
    """The period as it stands while the turns are gone through in order."""

    def __init__(self, base: Computation, calendar: Calendar, today: date) -> None:
        self.base, self.calendar, self.today = base, calendar, today
        self.raw, self.due = base.raw_end, base.due
        self.steps: list[TurnStep] = []
        self.running = False

    def turn(self, turn: Turn, book: RuleBook) -> None:
        if turn.first > self.due:
            words = N_("{day}: {ground}; too late, the period had ended on {until}")
            self.note(turn, words, self.due, void=True)
        elif turn.kind == "interrupted":
            self.base = compute(self.base.rule.id, turn.first, calendar=self.calendar, rulebook=book)
            self.raw, self.due = self.base.raw_end, self.base.due
            self.note(turn, N_("{day}: {ground}; it runs anew, to {until}"), self.due)
        else:
            self.suspend(turn)

    def suspend(self, turn: Turn) -> None:
        end = turn.last or max(self.today, turn.first)
        late_from = _months(self.raw, -6)
        tail = _tail(self.base.rule, end)
        if tail is not Tail.REST and end < late_from:
            words = N_("{day}: {ground}; over before the last six months, so it stays {until}")
            self.note(turn, words, self.due, void=True)
            return
        self.running = self.running or turn.last is None
        if tail is Tail.SIX_MONTHS:
            raw = _months(end, 6)
        else:
            begin = turn.first if tail is Tail.REST else max(turn.first, late_from)
            raw = self.raw + timedelta(days=(end - begin).days + 1)
        self.raw = max(raw, self.raw)
        self.due = self.calendar.workday_at_or_after(self.raw) if self.base.rule.roll_forward else self.raw
        words = N_("{day}: {ground}; suspended, it then runs to {until}")
        if turn.last is None:
            words = N_("{day}: {ground}; suspended and not over yet, at the earliest it runs to {until}")
        self.note(turn, words, self.due)

    def note(self, turn: Turn, words: str, until: date, *, void: bool = False) -> None:
        self.steps.append(TurnStep(turn.first, words, turn.ground, until, void))


def _tail(rule: Rule, end: date) -> Tail:
    if rule.id in _REST:
        return Tail.REST
    return Tail.REST_IF_LATE if rule.id in _REST_IF_LATE or end < _CIVIL_CODE else Tail.SIX_MONTHS


def _months(day: date, count: int) -> date:
    """Return the corresponding day so many months on; the month's last day where there is none."""
    year, month0 = divmod(day.year * 12 + day.month - 1 + count, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month0 + 1, last)
        except ValueError:
            continue
    return date(year, month0 + 1, day.day)
