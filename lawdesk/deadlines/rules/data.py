"""The law as values: statutes, triggers, rules with their versions, transitions, counting regimes.

Everything is frozen and holds exactly what ``periods.toml`` and ``counting.toml`` say; nothing here counts.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from lawdesk.kernel.dates import long_date
from lawdesk.kernel.errors import Problem, Severity
from lawdesk.kernel.i18n import language


class Bilingual(NamedTuple):
    """A phrase the law data carries in both languages; as text it is the one in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.zh if language() == "zh" else self.en


class SpokenDay(NamedTuple):
    """A day inside a message: written in the language in use when the message is shown, not when it is made."""

    day: date

    def __str__(self) -> str:
        return long_date(self.day)

    def __format__(self, spec: str) -> str:
        return format(str(self), spec)


def remark(code: str, message: str, severity: Severity = "note", **params: Any) -> Problem:
    """Return a note on a computed date; its code gets the feature's prefix."""
    return Problem(f"deadlines.{code}", message, "due", severity, params)


class Unit(StrEnum):
    """What a period is measured in."""

    HOUR = "hour"
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DayType(StrEnum):
    """Calendar days (自然日) or working days (工作日)."""

    CALENDAR = "calendar"
    WORKING = "working"


class Direction(StrEnum):
    """After the trigger, before it, or any time in the window that ends with it."""

    AFTER = "after"
    BEFORE = "before"
    BEFORE_WINDOW = "before-window"


class Nature(StrEnum):
    """Deadline: act by the last day. Duration: an effect lasts. Waiting period: act only after the last day."""

    DEADLINE = "deadline"
    DURATION = "duration"
    WAITING = "waiting-period"


class Bounds(StrEnum):
    """Whether the law's length is only a lower or an upper bound for what a court sets."""

    NONE = ""
    MIN = "min"
    MAX = "max"


class Condition(StrEnum):
    """Whom a rule holds for: parties with, without, or regardless of a domicile in the PRC."""

    NONE = ""
    PRC_DOMICILE = "prc-domicile"
    NO_PRC_DOMICILE = "no-prc-domicile"


@dataclass(frozen=True, slots=True)
class Source:
    """Where texts of law were read."""

    id: str
    desc: str


@dataclass(frozen=True, slots=True)
class Statute:
    """A law, regulation or judicial interpretation in one version; ``text_checked`` says its text was read."""

    id: str
    short: str
    name: str
    version: str
    version_effective: date
    text_checked: bool


@dataclass(frozen=True, slots=True)
class Trigger:
    """Something that happens on a day and starts periods."""

    id: str
    zh: str
    en: str

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.zh, self.en)


@dataclass(frozen=True, slots=True)
class Rule:
    """One version of one period. ``family`` joins the versions of the same period; names follow periods.toml.

    ``length`` counts ``unit``; ``roll_if_in_custody`` and ``is_custody_term`` stop the roll-forward for people in
    custody (刑事诉讼法 第105条); ``article`` is the number since ``article_since``, ``former_articles_zh`` names
    older ones.
    """

    id: str
    title_zh: str
    title_en: str
    procedure: str
    regime: str
    trigger: str
    length: int
    unit: Unit
    day_type: DayType
    direction: Direction
    start_day_excluded: bool
    roll_forward: bool
    nature: Nature
    bound: str
    bound_zh: str
    consequence_zh: str
    statute: str
    statute_zh: str
    article: str
    in_force_from: date
    article_since: date
    limitation_type: str
    extendable: str
    verified: str
    family: str = ""
    condition: Condition = Condition.NONE
    bounds: Bounds = Bounds.NONE
    former_articles_zh: str = ""
    extension_zh: str = ""
    notes: str = ""
    in_force_to: date | None = None
    roll_if_in_custody: bool = True
    is_custody_term: bool = False
    end_is_day_before_corresponding: bool = False
    origin: str = ""
    """Empty for what ships with LawDesk, ``own`` for the firm's own, ``corrected`` for ours as the firm has it."""

    @property
    def title(self) -> Bilingual:
        return Bilingual(self.title_zh, self.title_en)

    @property
    def text_checked(self) -> bool:
        """Whether length and starting point were compared with the text of the law."""
        return self.verified.startswith("verified")

    def covers(self, day: date) -> bool:
        """Return whether this version was in force on ``day``."""
        return self.in_force_from <= day and (self.in_force_to is None or day <= self.in_force_to)


@dataclass(frozen=True, slots=True)
class Transition:
    """How the versions of one family follow each other, in the words of the law data."""

    family: str
    select_by_zh: str
    switch_date: date
    notes: str


@dataclass(frozen=True, slots=True)
class Regime:
    """How one branch of the law counts; the texts are those of counting.toml and are shown, not interpreted."""

    id: str
    statute: str
    verified: str
    article: str = ""
    units: tuple[str, ...] = ()
    start: str = ""
    last_day_rest: str = ""
    rest_wording: str = ""
    month_rule: str = ""
    rule: str = ""
    scope: str = ""
    term_rule: str = ""
    in_transit: str = ""
    end_of_day: str = ""
    relief: str = ""
    fixed_periods: str = ""
    override: str = ""
    former: str = ""
    notes: str = ""
    working_day_lengths: tuple[int, ...] = ()
    working_day_max: int = 0
    in_force_from: date | None = None
    deemed_receipt_post_days: int = 0
    deemed_receipt_electronic: str = ""
    deemed_receipt_electronic_days: int = 0
    deemed_receipt_notes: str = ""
    public_notice_months: int = 0
    public_notice_days: int = 0


@dataclass(frozen=True)
class RuleBook:
    """All rules with what they refer to, indexed the ways they are asked for."""

    as_of: date
    sources: tuple[Source, ...]
    statutes: dict[str, Statute]
    triggers: dict[str, Trigger]
    regimes: dict[str, Regime]
    rules: dict[str, Rule]
    transitions: dict[str, Transition]
    families: dict[str, tuple[Rule, ...]] = field(init=False)
    by_trigger: dict[str, tuple[Rule, ...]] = field(init=False)

    def __post_init__(self) -> None:
        families: dict[str, list[Rule]] = {}
        by_trigger: dict[str, list[Rule]] = {}
        for rule in self.rules.values():
            by_trigger.setdefault(rule.trigger, []).append(rule)
            if rule.family:
                families.setdefault(rule.family, []).append(rule)
        object.__setattr__(self, "families", {name: tuple(rules) for name, rules in families.items()})
        object.__setattr__(self, "by_trigger", {name: tuple(rules) for name, rules in by_trigger.items()})

    def versions(self, rule: Rule) -> tuple[Rule, ...]:
        """Return all versions of the period ``rule`` belongs to, ``rule`` itself included, oldest first."""
        members = self.families.get(rule.family, (rule,)) if rule.family else (rule,)
        same = (member for member in members if member.condition is rule.condition)
        return tuple(sorted(same, key=lambda member: member.in_force_from))
