"""How alike two names are, why, and how sure that is. The one scorer: searching never decides, it only picks
whom to score."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from lawdesk.conflicts.rules import latin
from lawdesk.conflicts.rules.alignment import (
    ADDED,
    GAP,
    GAP_LONG,
    MISSING,
    PERSON_GAP,
    PERSON_GAP_LONG,
    PERSON_SWAP,
    SAME_PERSON_NAME,
    SWAPPED,
    Alignment,
    align,
)
from lawdesk.conflicts.rules.forms import PERSON, NameForm
from lawdesk.conflicts.rules.organization_match import ALMOST_LIKELY, compare_organizations, reasons_of
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.kernel.i18n import N_

CERTAIN_FROM, LIKELY_FROM, POSSIBLE_FROM = 0.95, 0.80, 0.50
OTHER_KIND = 0.90


class Level(StrEnum):
    """How sure it is that two names mean the same party."""

    CERTAIN = "certain"
    LIKELY = "likely"
    POSSIBLE = "possible"


LEVEL_TITLES = {Level.CERTAIN: N_("certain"), Level.LIKELY: N_("likely"), Level.POSSIBLE: N_("possible")}


def level_of(score: float) -> Level | None:
    """Return the level of a score; None below what is shown."""
    if score >= CERTAIN_FROM:
        return Level.CERTAIN
    if score >= LIKELY_FROM:
        return Level.LIKELY
    return Level.POSSIBLE if score >= POSSIBLE_FROM else None


@dataclass(frozen=True, slots=True)
class Match:
    """The result of one comparison; ``level`` is None when the names are different."""

    score: float
    level: Level | None
    reasons: tuple[Reason, ...] = ()
    alignment: Alignment | None = None


NO_MATCH = Match(0.0, None)


def matched(score: float, reasons: tuple[Reason, ...], alignment: Alignment | None = None) -> Match:
    """Return a match with its level; what is too weak to be shown is :data:`NO_MATCH`."""
    score = round(min(max(score, 0.0), 1.0), 4)
    level = level_of(score)
    return Match(score, level, reasons, alignment) if level else NO_MATCH


def compare_names(asked: NameForm, known: NameForm) -> Match:
    """Return how alike two names are, by the best way of reading them."""
    if not asked.text or not known.text:
        return NO_MATCH
    latin_names = asked.is_latin and known.is_latin  # what they look like says little about their kind
    plain = (asked.kind == known.kind or latin_names) and asked.searchable and known.searchable
    if asked.canon == known.canon and not plain:
        return _equal_but(asked, known)
    if not asked.searchable or not known.searchable:
        return NO_MATCH
    if asked.is_latin or known.is_latin:
        return NO_MATCH if any(asked.slip) else matched(*latin.compare_latin(asked, known))
    if asked.kind == known.kind == PERSON:
        return _persons(asked, known)
    return _organizations(asked, known) if asked.kind == known.kind else NO_MATCH


def _organizations(asked: NameForm, known: NameForm) -> Match:
    score, reasons, alignment = compare_organizations(asked, known)
    if any(asked.slip) and alignment is None:  # one slip, not a slip and a likeness
        said = reason("char.swapped", asked=asked.slip[0], known=asked.slip[1])
        others = tuple(one for one in reasons if one.code not in ("name.same", "name.written"))
        return matched(min(score, ALMOST_LIKELY), (said, *others))
    return NO_MATCH if any(asked.slip) else matched(score, reasons, alignment)


def _equal_but(asked: NameForm, known: NameForm) -> Match:
    """Return the match of equal texts that say little: of different kinds, hidden or general names."""
    found = [reason("name.same")]
    score = SAME_PERSON_NAME
    if asked.kind != known.kind:
        found.append(reason("name.kind"))
        score *= OTHER_KIND
    elif asked.kind == PERSON:
        found = [reason("name.same_person")]
    if not asked.searchable or not known.searchable:
        score = min(score, LIKELY_FROM - 0.05)
    return matched(score, tuple(found))


def _persons(asked: NameForm, known: NameForm) -> Match:
    alignment = align(asked.units, asked.sounds, known.units, known.sounds)
    if alignment is None:
        return NO_MATCH
    value = alignment.value
    kinds = {pair.kind for pair in alignment.pairs}
    if kinds & {MISSING, ADDED}:
        value *= PERSON_GAP_LONG / GAP_LONG if min(len(asked.units), len(known.units)) > 2 else PERSON_GAP / GAP
    elif SWAPPED in kinds:
        value = PERSON_SWAP
    reasons = reasons_of(alignment) or (reason("name.same_person"),)
    if alignment.value == 1.0 and asked.raw != known.raw and asked.raw.strip() != known.raw.strip():
        reasons = (*reasons, reason("name.written", asked=asked.raw.strip(), known=known.raw.strip()))
    return matched(SAME_PERSON_NAME * value, reasons, alignment)
