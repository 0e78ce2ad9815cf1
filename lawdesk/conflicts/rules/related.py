"""How grave a hit is that was found only through relations: the tie decides how far the rules reach."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.relations import ended, tie_steps
from lawdesk.conflicts.rules.severity import Graded, Matter, severity_of, tempered
from lawdesk.conflicts.rules.titles import KNOWN_TO_US, rule_sources, rule_title
from lawdesk.conflicts.rules.values import Hit, Role, Ruling, Severity, Stand, Standing, Step

_FAMILY = {"spouse", "relative"}
_CONTROL = {"branch", "parent", "controller"}
_MAJORITY = 5_000
"""Basis points above which a shareholder decides alone (公司法66条: more than half of the votes)."""
WEIGHTY = 0.7
"""Below this score a tie is too far away to stop anybody; it is shown as a note."""


def judge_related(
    hit: Hit, standings: Sequence[Standing], matter: Matter, today: date, opposite: Iterable[str] = ()
) -> Hit:
    """Return a hit found through relations with a ruling on each standing of the party reached.

    A branch is its organization: the rules apply in full. Affiliates, relatives, shareholders are graded by what
    conflicts.toml says about such ties, with the questions only a person can answer. While the party at the
    beginning of the way is not surely the asked one, nothing is graver than "a person decides".
    """
    facing = frozenset(opposite) - matter.other_than
    rulings = [_ruling(hit, standing, matter, today, facing) for standing in standings]
    rulings.sort(key=lambda ruling: -ruling.severity.rank)
    severity = rulings[0].severity if rulings else Severity.NOTE
    return replace(hit, standings=tuple(standings), rulings=tuple(rulings), severity=severity)


def led_back(hit: Hit, standings: Sequence[Standing]) -> Hit:
    """Return a hit whose tie leads from a third party back to the client asked: its own people are no conflict."""
    title, sources = rule_title(KNOWN_TO_US), rule_sources(KNOWN_TO_US)
    rulings = tuple(Ruling(Severity.NOTE, Severity.NOTE, KNOWN_TO_US, title, sources, one) for one in standings)
    said = (reason("relation.back"), *hit.reasons)
    return replace(hit, reasons=said, standings=tuple(standings), rulings=rulings, severity=Severity.NOTE)


def _ruling(hit: Hit, standing: Standing, matter: Matter, today: date, facing: frozenset[str]) -> Ruling:
    grave, rule, questions = _graded(hit, standing, matter, today, facing)
    start = replace(hit, level=hit.reached_from or hit.level)
    severity, more = tempered(start, grave)
    if len(tie_steps(hit)) >= 3 and severity.rank > Severity.REVIEW.rank:
        severity = Severity.REVIEW
    return Ruling(severity, severity, rule, rule_title(rule), rule_sources(rule), standing, (*more, *questions))


def _graded(hit: Hit, standing: Standing, matter: Matter, today: date, facing: frozenset[str]) -> Graded:
    steps = tie_steps(hit)
    if standing.stand is Stand.STAFF:
        return _own(hit, steps, matter, today)
    same = severity_of(hit.asked, standing, matter, today, facing)
    grave, _rule, asks = same
    if all(_kind(step) == "branch" for step in steps):
        return same
    if grave is Severity.NOTE:
        return Severity.NOTE, KNOWN_TO_US, ()
    over = any(_over(step, today) for step in steps)
    if all(_controls(step) for step in steps) and not over:
        return _affiliate(hit, standing, asks)
    question = (reason("ask.tie"), *asks)
    return (Severity.REVIEW if hit.score >= WEIGHTY else Severity.NOTE), "abs-similar", question


def _affiliate(hit: Hit, standing: Standing, asks: tuple[Reason, ...]) -> Graded:
    """Mother and daughter, or one controller: against a client's affiliate, or for that of an opponent."""
    ours = standing.stand in (Stand.CLIENT, Stand.RETAINER)
    if hit.asked.role is Role.ADVERSE and ours:
        return Severity.REVIEW, "review-affiliate", (reason("ask.affiliate"), *asks)
    if hit.asked.role is Role.CLIENT and standing.stand is Stand.ADVERSE and standing.open:
        return Severity.WAIVABLE, "waiv-similar", (reason("ask.affiliate"), *asks)
    return Severity.REVIEW, "waiv-similar", (reason("ask.affiliate"), *asks)


def _own(hit: Hit, steps: Sequence[Step], matter: Matter, today: date) -> Graded:
    """A way that ends at a member of the firm (执业行为规范51条一、二，52条一、二)."""
    kinds = {_kind(step) for step in steps}
    family = kinds & _FAMILY and kinds <= _FAMILY | {"legal_representative"}
    if hit.asked.role is not Role.ADVERSE or not family or any(_over(step, today) for step in steps):
        return Severity.REVIEW, "abs-own-interest", (reason("ask.tie"),)
    head = "legal_representative" in kinds
    forbidden = "abs-relative-is-opposite-legal-rep-or-agent" if head else "abs-own-interest"
    if hit.name in matter.lawyers:
        return Severity.ABSOLUTE, forbidden, ()
    criminal = matter.kind == "criminal"
    rule = "waiv-colleague-relative-of-victim" if criminal else "waiv-colleague-relative-of-opposite-civil"
    asks = () if matter.lawyers else (reason("ask.same_lawyer", rule=forbidden),)
    return Severity.WAIVABLE, rule, asks


def _kind(step: Step) -> str:
    return step.relation.removesuffix("_of")


def _controls(step: Step) -> bool:
    kind = _kind(step)
    return kind in _CONTROL or (kind == "shareholder" and (step.params.get("share_bp") or 0) > _MAJORITY)


def _over(step: Step, today: date) -> bool:
    until = step.params.get("until")
    return ended(date.fromisoformat(until), today) if until else False
