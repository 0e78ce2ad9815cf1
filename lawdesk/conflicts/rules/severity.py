"""How grave a hit is: ``resources/rules/conflicts.toml`` applied to who is asked as what and who stands where.

What the data cannot tell (is it the same dispute?) is asked for, and until it is answered the graver reading
stands: nothing passes silently.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from lawdesk.conflicts.rules.compare import Level
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.titles import KNOWN_TO_US, rule_sources, rule_title
from lawdesk.conflicts.rules.values import Asked, Hit, Role, Ruling, Severity, Stand, Standing
from lawdesk.kernel.resources import load_rules

NAMES_VERSION = 3
"""Raised whenever a name could be found, scored or graded differently than before."""


@dataclass(frozen=True)
class Matter:
    """What is known about the new matter. ``same_as`` and ``other_than`` are numbers of cases that a person has
    declared to be the same dispute, or another one; ``lawyers`` who would handle it; ``kind`` its kind."""

    kind: str = ""
    lawyers: frozenset[str] = frozenset()
    same_as: frozenset[str] = frozenset()
    other_than: frozenset[str] = frozenset()


@cache
def rule_version() -> str:
    """Return the version of names and rules a result was made with."""
    meta = load_rules("conflicts")["meta"]
    return f"names {NAMES_VERSION}; conflicts {meta['schema']}, {meta['as_of']}"


def judge(
    hit: Hit, standings: Sequence[Standing], matter: Matter, today: date, opposite: Iterable[str] = ()
) -> Hit:
    """Return the hit with its standings, a ruling on each, and the gravest severity.

    ``opposite`` are the numbers of cases in which the other side of the new matter stands opposite this party: the
    same two against each other once more are taken for the same dispute until somebody says otherwise.
    """
    facing = frozenset(opposite) - matter.other_than
    rulings = [_ruling(hit, standing, matter, today, facing) for standing in standings]
    rulings.sort(key=lambda ruling: (-ruling.severity.rank, -ruling.if_same.rank))
    severity = rulings[0].severity if rulings else Severity.NOTE
    return replace(hit, standings=tuple(standings), rulings=tuple(rulings), severity=severity)


def _ruling(hit: Hit, standing: Standing, matter: Matter, today: date, facing: frozenset[str]) -> Ruling:
    grave, rule, questions = severity_of(hit.asked, standing, matter, today, facing)
    severity, more = tempered(hit, grave)
    title = rule_title(rule)
    return Ruling(severity, grave, rule, title, rule_sources(rule), standing, (*more, *questions))


def tempered(hit: Hit, grave: Severity) -> tuple[Severity, tuple[Reason, ...]]:
    """Return the severity while identity is uncertain: only a certain hit carries the full one."""
    if hit.level == Level.CERTAIN or grave == Severity.NOTE:
        return grave, ()
    asks = (reason("ask.identity"),)
    if hit.namesake:
        return Severity.NOTE, asks
    if hit.level == Level.LIKELY or grave.rank >= Severity.WAIVABLE.rank:
        return Severity.REVIEW, asks
    return Severity.NOTE, asks


Graded = tuple[Severity, str, tuple[Reason, ...]]


def severity_of(
    asked: Asked, standing: Standing, matter: Matter, today: date, facing: frozenset[str] = frozenset()
) -> Graded:
    """Return severity, rule id and open questions for an asked role against one standing, identity granted."""
    if standing.stand in (Stand.STAFF, Stand.RELATIVE):
        return _own(asked, standing)
    if standing.stand in (Stand.ENQUIRER, Stand.ENQUIRY_ADVERSE):
        return _enquiry(asked, standing)
    if standing.stand in (Stand.FORMER_CLIENT, Stand.FORMER_ADVERSE, Stand.OFFICE):
        return _elsewhere(asked, standing, today)
    if asked.role == Role.THIRD or standing.stand == Stand.THIRD:
        return _third(asked, standing)
    ours = standing.stand in (Stand.CLIENT, Stand.RETAINER)
    if (asked.role == Role.CLIENT) == ours:
        return Severity.NOTE, KNOWN_TO_US, ()  # our client once more, or the same opponent once more
    return _changed_sides(asked, standing, matter, today, facing)


def _changed_sides(
    asked: Asked, standing: Standing, matter: Matter, today: date, facing: frozenset[str]
) -> Graded:
    """Grade a client who stood on the other side, or an adverse party who stood on ours."""
    if standing.case in matter.same_as or standing.case in facing:
        return _both_sides(standing, matter)
    if asked.role == Role.CLIENT:
        return _client_was_adverse(standing, matter)
    return _adverse_is_client(standing, matter, today)


def _asks_same(standing: Standing, matter: Matter) -> tuple[Reason, ...]:
    """Return the question whether it is the same dispute, unless it was answered."""
    if standing.case in matter.other_than:
        return ()
    return (reason("ask.same_matter", rule=_same_case_rule(standing, matter)),)


def _same_case_rule(standing: Standing, matter: Matter) -> str:
    if not standing.open:
        return "abs-switch-side-same-case"
    if standing.lead and standing.lead in matter.lawyers:
        return "abs-both-sides-same-lawyer"
    criminal = "criminal" in (standing.matter_kind, matter.kind)
    return "abs-criminal-victim-and-accused" if criminal else "abs-civil-both-sides-same-firm"


def _both_sides(standing: Standing, matter: Matter) -> Graded:
    questions = () if standing.case in matter.same_as else _asks_same(standing, matter)
    return Severity.ABSOLUTE, _same_case_rule(standing, matter), questions


def _client_was_adverse(standing: Standing, matter: Matter) -> Graded:
    asks = _asks_same(standing, matter)
    if standing.open:
        return Severity.WAIVABLE, "waiv-opposite-party-other-matter", asks
    if standing.case in matter.other_than:
        return Severity.NOTE, KNOWN_TO_US, ()
    return Severity.REVIEW, "review-former-client-confidential", (*asks, reason("ask.confidential"))


def _adverse_is_client(standing: Standing, matter: Matter, today: date) -> Graded:
    asks = _asks_same(standing, matter)
    if standing.stand == Stand.RETAINER and standing.open:
        return _against_retainer(standing, matter, asks)
    if standing.open:
        return Severity.WAIVABLE, "waiv-against-service-client", asks
    confidential = reason("ask.confidential")
    other = standing.case in matter.other_than
    if not other and (standing.closed_on is None or today <= _a_year_after(standing.closed_on)):
        when = (reason("ask.closed_when"),) if standing.closed_on is None else ()
        return Severity.WAIVABLE, "waiv-within-one-year", (*asks, *when, confidential)
    return Severity.REVIEW, "review-former-client-confidential", (*asks, confidential)


def _against_retainer(standing: Standing, matter: Matter, asks: tuple[Reason, ...]) -> Graded:
    """The standing counsel never (处罚办法7条); other lawyers of the firm with consent (执业行为规范52条四)."""
    counsel = {standing.lead, *standing.team} - {""}
    if counsel & matter.lawyers:
        return Severity.ABSOLUTE, "abs-counsel-vs-retainer-client", ()
    if matter.lawyers and counsel:
        return Severity.WAIVABLE, "waiv-against-service-client", asks
    question = reason("ask.same_lawyer", rule="abs-counsel-vs-retainer-client")
    return Severity.WAIVABLE, "waiv-against-service-client", (question, *asks)


def _own(asked: Asked, standing: Standing) -> Graded:
    if standing.stand == Stand.STAFF:
        if asked.role == Role.ADVERSE:
            return Severity.ABSOLUTE, "abs-firm-or-staff-is-party", ()
        return Severity.REVIEW, "abs-own-interest", ()
    if asked.role == Role.ADVERSE:
        question = reason("ask.same_lawyer", rule="abs-own-interest")
        return Severity.WAIVABLE, "waiv-colleague-relative-of-opposite-civil", (question,)
    return Severity.REVIEW, "abs-own-interest", ()


def _enquiry(asked: Asked, standing: Standing) -> Graded:
    enquirer = standing.stand == Stand.ENQUIRER
    if (asked.role == Role.ADVERSE and enquirer) or (asked.role == Role.CLIENT and not enquirer):
        return Severity.REVIEW, "review-prospective-client", (reason("ask.confidential"),)
    return Severity.NOTE, KNOWN_TO_US, ()


def _elsewhere(asked: Asked, standing: Standing, today: date) -> Graded:
    """Grade what a member brought along: 执业行为规范51条(三)(七)、52条(五)，律师法38条."""
    if standing.stand == Stand.OFFICE:
        return (
            Severity.REVIEW,
            "abs-handled-in-office",
            (reason("ask.handled", member=standing.lead, rule="abs-handled-in-office"),),
        )
    against = Role.ADVERSE if standing.stand == Stand.FORMER_CLIENT else Role.CLIENT
    if asked.role != against:
        return Severity.NOTE, KNOWN_TO_US, ()
    asks = (
        reason("ask.same_matter", rule="abs-switch-side-same-case"),
        reason("ask.which_lawyer", member=standing.lead),
        reason("ask.confidential"),
    )
    if standing.stand == Stand.FORMER_ADVERSE:
        return Severity.REVIEW, "review-former-client-confidential", asks
    if standing.closed_on is None:
        return Severity.WAIVABLE, "waiv-within-one-year", (*asks, reason("ask.closed_when"))
    if today <= _a_year_after(standing.closed_on):
        return Severity.WAIVABLE, "waiv-within-one-year", asks
    return Severity.REVIEW, "review-former-client-confidential", asks


def _third(asked: Asked, standing: Standing) -> Graded:
    if standing.open and {asked.role, standing.stand} & {Role.CLIENT, Stand.CLIENT, Stand.RETAINER}:
        return Severity.REVIEW, "abs-similar", (reason("ask.interests"),)
    return Severity.NOTE, KNOWN_TO_US, ()


def _a_year_after(day: date) -> date:
    """Return the corresponding day a year later (29 February: the 28th)."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)
