"""Which version of a rule holds for a trigger day, and what else could be argued near a change of the law."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from lawdesk.deadlines.rules.arithmetic import compute_by_arithmetic
from lawdesk.deadlines.rules.calendar import Calendar
from lawdesk.deadlines.rules.data import (
    Bilingual,
    Condition,
    DayType,
    Rule,
    RuleBook,
    SpokenDay,
    Transition,
    remark,
)
from lawdesk.deadlines.rules.former import as_formerly
from lawdesk.deadlines.rules.outcome import Start
from lawdesk.kernel.errors import Problem, UserError
from lawdesk.kernel.i18n import N_

_FOREIGN = {  # the rule for parties without a PRC domicile where the data joins the two by no family
    "civil-answer": "civil-answer-foreign",  # 民事诉讼法 第285条
    "civil-jurisdiction-objection": "civil-jurisdiction-objection-foreign",  # 第285条
    "civil-appeal-judgment": "civil-appeal-foreign",  # 第286条: 判决、裁定都是30日
    "civil-appeal-ruling": "civil-appeal-foreign",
    "civil-appeal-answer": "civil-appeal-answer-foreign",
    "public-notice-30": "public-notice-foreign-60",  # 第283条
    "public-notice-60-until-2021": "public-notice-foreign-60",
    "arb-review-jurisdiction": "arb-review-jurisdiction-foreign",  # 仲裁司法审查规定 第10条
}
_BY_EXPIRY = frozenset(("limitation-general", "limitation-environment"))
"""Families whose new length also holds for older triggers unless the old period had expired at the switch."""
_RECON_TEN_DAYS = date(2024, 1, 1)  # 行政复议法 第88条; before, only five and seven days were working days
_PENALTY_WORKING_DAYS = date(2021, 7, 15)  # 行政处罚法 第85条
_OLD_GUARANTEES_UNTIL = date(2026, 1, 1)  # a guarantee of before 2021 is hardly first claimed on later than that
_SWITCHED = N_("On {day} another version was in force: {rule}.")
_LOOK_UP = N_("Look up the law of that day.")
_PAPER_SAFE = frozenset(("pres-term-bank", "pres-term-movable", "pres-term-realty"))


_NAMELESS = Bilingual("", "")


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another last day that can be argued. ``warns``: the early warning has to respect it when it is earlier."""

    code: str
    message: str
    due: date
    warns: bool = True
    rule: Bilingual = _NAMELESS

    def problem(self) -> Problem:
        """Return it as a note to show."""
        return Problem(self.code, self.message, "due", "warning", {"day": SpokenDay(self.due), "rule": self.rule})


@dataclass(frozen=True, slots=True)
class Choice:
    """The version chosen, what has to be said about the choice, and the versions that facts might choose instead.

    ``rivals_warn``: the early warning has to respect the rivals.
    """

    rule: Rule
    notes: tuple[Problem, ...] = ()
    rivals: tuple[Rule, ...] = ()
    rivals_warn: bool = True


def find_rule(book: RuleBook, name: str) -> Rule:
    """Return the rule with id ``name``, or the newest version of the family of that name.

    Raises UserError for an unknown name, with the names that come close.
    """
    rule = book.rules.get(name)
    if rule is not None:
        return rule
    members = book.families.get(name)
    if members:
        plain = [member for member in members if member.condition is not Condition.NO_PRC_DOMICILE] or members
        return max(plain, key=lambda member: member.in_force_from)
    near = get_close_matches(name, {*book.rules, *book.families}, n=3, cutoff=0.5)
    raise UserError(
        "deadlines.unknown_rule",
        N_("There is no rule called {name}."),
        hint=N_("Close to it: {near}.") if near else N_("The list of rules shows all names."),
        name=name,
        near=", ".join(near),
    )


def foreign_rule(book: RuleBook, rule: Rule) -> Rule | None:
    """Return the rule that replaces ``rule`` for a party without a domicile in the PRC, if there is one."""
    name = _FOREIGN.get(rule.id)
    return book.rules.get(name) if name is not None else None


def choose_version(book: RuleBook, rule: Rule, on: date, *, foreign: bool = False) -> Choice:
    """Return the version of ``rule`` that holds when its trigger falls on ``on``.

    ``foreign``: the party has no domicile in the PRC; the rule for such parties is taken where there is one.
    Raises UserError when no version was in force on that day.
    """
    notes: list[Problem] = []
    asked = rule
    counterpart = foreign_rule(book, rule) if foreign else None
    if counterpart is not None:
        rule = counterpart
        notes.append(remark("foreign", N_("No domicile in the PRC: {rule} applies."), rule=rule.title))
    versions = book.versions(rule)
    if len(versions) == 1:
        if not rule.covers(on):
            return _before(versions, on, notes)
        return Choice(_as_then(rule, on, notes), tuple(notes))
    transition = book.transitions.get(rule.family)
    if transition is not None and rule.family in _BY_EXPIRY and on < transition.switch_date:
        return _by_expiry(asked, versions, on, transition)
    covering = [version for version in versions if version.covers(on)]
    if not covering:
        return _before(versions, on, notes)
    chosen = rule if rule in covering else covering[0]
    rivals = () if rule in covering else tuple(item for item in covering if item is not chosen)
    if chosen is not rule:
        notes.append(_switched(chosen, on))
    return Choice(_as_then(chosen, on, notes), tuple(notes), rivals)


def _before(versions: Sequence[Rule], on: date, notes: list[Problem]) -> Choice:
    """Take the older length that the data names in words; raises UserError where there is none."""
    for version in versions:
        former = as_formerly(version, on)
        if former is not None:
            text = N_("The length of that time, as the law data notes it: {former}.")
            return Choice(former, (*notes, remark("former", text, former=former.former_articles_zh)))
    raise _not_in_force(versions, on)


def _by_expiry(asked: Rule, versions: Sequence[Rule], on: date, transition: Transition) -> Choice:
    """Old period expired before the switch: it stays expired. Otherwise the new length counts from the same day.

    民法总则时效解释 (法释〔2018〕12号) 第2条, 第3条; 生态环境法典 by analogy: the old end stays the warning.
    """
    old = [version for version in versions if version.covers(on)]
    if not old:
        raise _not_in_force(versions, on)
    new = versions[-1]
    ordinary = asked if asked in old else max(old, key=lambda version: version.length)
    ends = {version: compute_by_arithmetic(version, Start(on), Calendar()).raw_end for version in old}
    switch = SpokenDay(transition.switch_date)
    if ends[ordinary] < transition.switch_date:
        text = N_("The old period ended on {end}, before {switch}; the longer new period does not revive it.")
        rivals = tuple(version for version in old if version is not ordinary and asked not in old)
        return Choice(ordinary, (remark("expired", text, end=SpokenDay(ends[ordinary]), switch=switch),), rivals)
    text = N_("The old period still ran on {switch} (it would have ended on {end}); so the new length counts.")
    notes = [remark("still_ran", text, "warning", switch=switch, end=SpokenDay(ends[ordinary]))]
    if transition.family == "limitation-environment":
        return Choice(new, tuple(notes), (ordinary,))
    expired = tuple(version for version, end in ends.items() if end < transition.switch_date)
    return Choice(new, tuple(notes), expired, rivals_warn=False)


def transition_alternatives(
    book: RuleBook, rule: Rule, on: date, due: date, calendar: Calendar
) -> list[Alternative]:
    """Return the other last days the transition notes of the law data ask to show for ``rule``."""
    transition = book.transitions.get(rule.family) if rule.family else None
    if transition is None:
        return []
    switch = transition.switch_date
    crosses = on < switch <= due

    def other(text: str, version: str, start: date) -> Alternative:
        end = compute_by_arithmetic(book.rules[version], Start(start), calendar).due
        return Alternative("deadlines.transition", text, end, end >= switch or rule.family != "arb-set-aside")

    found: list[Alternative] = []
    if rule.family == "arb-set-aside" and crosses:  # 仲裁法 2025修订 has no transitional article
        since_switch = N_("Three months from the day the new law took effect: {day}.")
        since_receipt = N_("Three months of the new law counted from receipt: {day}.")
        found += (other(since_switch, "arb-set-aside-3m", switch), other(since_receipt, "arb-set-aside-3m", on))
    elif rule.family == "tm-opposition" and crosses:
        text = N_("Two months of the law in force since 2027: {day}. Watch the authority's notice.")
        found.append(other(text, "tm-opposition-2m", on))
    elif rule.id == "guarantee-6m" and on < _OLD_GUARANTEES_UNTIL:
        text = N_("If the guarantee was given before 2021 and its term is unclear, two years may hold: {day}.")
        found.append(other(text, "guarantee-2y-until-2020", on))
    elif rule.id == "guarantee-2y-until-2020":
        text = N_("If the guarantee names no term at all, or the Civil Code applies, six months hold: {day}.")
        found.append(other(text, "guarantee-6m", on))
    return found


def other_readings(rule: Rule, start: Start, due: date, calendar: Calendar) -> list[Alternative]:
    """Return last days the law data says are disputed for ``rule``, apart from changes of the law."""
    found: list[Alternative] = []
    natural = _natural_days(rule, start.day)
    if natural:
        end = compute_by_arithmetic(replace(rule, day_type=DayType.CALENDAR), start, calendar).due
        found.append(Alternative("deadlines.calendar_days", natural, end))
    if rule.bound == "deemed" and rule.procedure == "service" and calendar.is_rest(due):
        text = N_("Whether the end of a public notice moves over rest days is disputed; it would be {day}.")
        found.append(Alternative("deadlines.notice_end", text, calendar.workday_at_or_after(due), warns=False))
    if rule.family in _PAPER_SAFE:
        eve = date.fromordinal(due.toordinal() - 1)
        text = N_("Courts write the day before the corresponding day: without the paper, plan with {day}.")
        found.append(Alternative("deadlines.safe_day", text, eve))
    return found


def _natural_days(rule: Rule, on: date) -> str:
    """Return why calendar days may be meant where the rule counts working days, or nothing."""
    if rule.day_type is not DayType.WORKING:
        return ""
    if rule.regime == "labour-arbitration":  # 劳动争议调解仲裁法 says days, only 办案规则 says working days
        return N_("Counted in calendar days, as the statute's own words say, it is {day}.")
    if rule.regime == "administrative-penalty" and on < _PENALTY_WORKING_DAYS:
        return N_("The working-day clause is in force since 15 July 2021; in calendar days it is {day}.")
    return ""


def _as_then(rule: Rule, on: date, notes: list[Problem]) -> Rule:
    """Return ``rule`` as it counted on ``on`` where only the way of counting changed, not its text."""
    if rule.regime != "administrative-reconsideration" or on >= _RECON_TEN_DAYS or rule.length != 10:
        return rule
    if rule.day_type is not DayType.WORKING:
        return rule
    notes.append(remark("recon_ten", N_("Before 2024 ten days of reconsideration were calendar days.")))
    return replace(rule, day_type=DayType.CALENDAR)


def _switched(chosen: Rule, on: date) -> Problem:
    return remark(
        "version", N_("On {day} another version was in force: {rule}."), day=SpokenDay(on), rule=chosen.title
    )


def _not_in_force(versions: Sequence[Rule], on: date) -> UserError:
    first, last = versions[0], versions[-1]
    if on < first.in_force_from:
        return UserError(
            "deadlines.before_law",
            N_("{rule} cannot be computed for {day}."),
            N_("The rule is in force since {since} only ({statute} {article})."),
            N_("Earlier law, as far as we know it: {former}") if first.former_articles_zh else _LOOK_UP,
            rule=first.title,
            day=SpokenDay(on),
            since=SpokenDay(first.in_force_from),
            statute=first.statute_zh,
            article=first.article,
            former=first.former_articles_zh,
        )
    return UserError(
        "deadlines.repealed",
        N_("{rule} cannot be computed for {day}."),
        N_("The rule was in force until {until} ({statute} {article}) and nothing is known to follow it."),
        _LOOK_UP,
        rule=last.title,
        day=SpokenDay(on),
        until=SpokenDay(last.in_force_to or on),
        statute=last.statute_zh,
        article=last.article,
    )
