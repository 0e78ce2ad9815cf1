"""Comparing organizations: missing parts cost little, conflicting parts cost much.

Another region is a small doubt, another trade a larger one, another trade name is another organization.
"""

from __future__ import annotations

from itertools import product

from lawdesk.conflicts.rules.alignment import (
    ADDED,
    LOOK,
    LOOK_VALUE,
    MISSING,
    NEAR,
    SAME,
    SWAPPED,
    Alignment,
    align,
)
from lawdesk.conflicts.rules.bodies import alike_bodies, alike_places
from lawdesk.conflicts.rules.forms import NameForm
from lawdesk.conflicts.rules.organizations import (
    LONGEST_LEAD,
    OrganizationParts,
    acronym_triples,
    acronym_words,
    begins_words,
    leads,
    may_be_acronym,
    words_alone,
)
from lawdesk.conflicts.rules.reasons import Reason, reason
from lawdesk.conflicts.rules.vocabulary import NATIONAL, PUBLIC, regions_agree
from lawdesk.kernel.chinese import spoken

Scored = tuple[float, tuple[Reason, ...], Alignment | None]
NOTHING: Scored = (0.0, (), None)

SAME_TEXT, SAME_CANON, SAME_WHOLE = 1.0, 0.99, 0.96
SAME_CORE_AT_MOST = 0.94
WITHIN_START, WITHIN_ONE_MORE, WITHIN = 0.88, 0.78, 0.795
ACRONYM, ACRONYM_LONGER, ONE_LESS, GOES_ON_OTHERWISE = 0.66, 0.07, 0.68, 0.18
REGION_ABSENT, REGION_DIFFERS = 0.02, 0.13
NEARLY_AT_MOST, ALMOST_LIKELY = 0.79, 0.794
"""Beside each other: the slip where all else agrees comes before what is merely nearly so."""
ALL_ELSE = 0.05
"""What it adds to a slip in the trade name that region and trade agree word for word."""
BODY_SHORT, BODY_LEAST = 0.72, 0.6
"""A body by a short name; one with a slip in its place or in its words is worth no less than the other."""
TRADE_ABSENT, TRADE_PARTLY, TRADE_MIXED, TRADE_DIFFERS = 0.03, 0.03, 0.08, 0.19
FORM_DIFFERS, BRANCH_DIFFERS = 0.04, 0.01


def compare_organizations(asked: NameForm, known: NameForm) -> Scored:
    """Return score, reasons and the alignment of the trade names of two organizations."""
    one, other = asked.parts, known.parts
    if one is None or other is None:
        return NOTHING
    complete = bool(one.forms and other.forms)
    if asked.canon == known.canon:
        same_writing = asked.raw.strip() == known.raw.strip()
        said = reason("name.same") if same_writing else reason("name.written", asked=asked.raw, known=known.raw)
        score = SAME_TEXT if asked.text == known.text else SAME_CANON
        return (score if complete else SAME_CORE_AT_MOST), (said,), None
    if one.whole == other.whole and complete and (one.branch or other.branch):
        return SAME_WHOLE, (reason("core.same", known="".join(other.core)), *_branches(one, other)), None
    by_core = _by_core(asked, known)
    if by_core[0]:
        return by_core if by_core[0] >= ACRONYM else max(by_core, _by_acronym(asked, known), key=_score)
    if one.body and other.body and one.thin and other.thin:
        return _by_body(one, other)
    ways = (_by_one_less, _by_lead, _by_words)
    found = next((scored for way in ways if (scored := way(one, other))[0]), NOTHING)
    return found if found[0] else _by_acronym(asked, known)


def _score(scored: Scored) -> float:
    return scored[0]


def _by_core(asked: NameForm, known: NameForm) -> Scored:
    one, other = asked.parts, known.parts
    assert one is not None and other is not None
    best: tuple[float, tuple[Reason, ...], Alignment | None] = NOTHING
    for mine, theirs in product(asked.cores, known.cores):
        found = _cores(one, mine, other, theirs)
        if found[0] > best[0]:
            best = found
    if not best[0]:
        return NOTHING
    cost, reasons = _doubts(one, other)
    if (one.thin or other.thin) and not _thin_agree(one, other):
        return NOTHING
    score = min(best[0], SAME_CORE_AT_MOST) - cost if best[0] == 1.0 else best[0] - cost
    kinds = {pair.kind for pair in best[2].differing} if best[2] else set()
    if kinds and _all_else_agrees(one, other):
        score = max(score + (ALL_ELSE if kinds <= {SWAPPED, MISSING, ADDED} else 0.0), ALMOST_LIKELY)
    elif kinds & {LOOK, NEAR}:
        score = min(score, NEARLY_AT_MOST)
    if one.form_classes & other.form_classes & PUBLIC and any(said.code == "region.differs" for said in reasons):
        score = min(score, NEARLY_AT_MOST)  # a school of that name is another one in another place
    return score, (*best[1], *reasons), best[2]


def _by_body(one: OrganizationParts, other: OrganizationParts) -> Scored:
    """Score two public bodies with a slip in the place or in the words, or of which one has a short name."""
    if one.core == other.core:
        if not _same_place(one, other):
            return NOTHING
        found = alike_bodies(one.body, other.body)
        if found is True:
            return BODY_SHORT, (reason("core.within", asked=one.body, known=other.body),), None
        alignment, shown = found or None, None
    else:
        listed = all(not code.startswith("?") for parts in (one, other) for code in parts.regions[-1].codes)
        alignment = alike_places(one.core, other.core, both_listed=listed) if one.body == other.body else None
        shown = alignment
    if not alignment:
        return NOTHING
    return min(max(alignment.value, BODY_LEAST), NEARLY_AT_MOST), reasons_of(alignment), shown


def _same_place(one: OrganizationParts, other: OrganizationParts) -> bool:
    """Tell whether the place is named on both sides and is the same."""
    return bool(one.regions and other.regions and one.regions[-1].codes & other.regions[-1].codes)


def _all_else_agrees(one: OrganizationParts, other: OrganizationParts) -> bool:
    """Tell whether region and trade are named on both sides and agree."""
    regions = bool(one.region_codes and other.region_codes) and regions_agree(one.region_codes, other.region_codes)
    words = (set(one.words), set(other.words))
    return regions and bool(words[0]) and words[0] == words[1]


def _cores(
    one: OrganizationParts, mine: tuple[str, ...], other: OrganizationParts, theirs: tuple[str, ...]
) -> Scored:
    """Return how alike two trade names are, regions and trades aside."""
    if mine == theirs:
        return 1.0, (reason("core.same", known="".join(theirs)),), None
    if one.thin or other.thin or min(len("".join(mine)), len("".join(theirs))) < 2:
        return NOTHING
    best: Scored = NOTHING
    sounds = tuple(spoken(unit) for unit in mine)
    plain = (mine, theirs) == (
        one.core,
        other.core,
    )  # a border in doubt and a mere likeness are too little together
    alignment = align(mine, sounds, theirs, tuple(spoken(unit) for unit in theirs)) if plain else None
    if alignment is not None:
        best = (alignment.value, reasons_of(alignment), alignment)
    value = _within(mine, theirs) or _within(theirs, mine)
    if value and _goes_on_otherwise(*((one, other) if len(mine) < len(theirs) else (other, one))):
        value -= GOES_ON_OTHERWISE
    if value > best[0]:
        code = "core.within" if len(mine) < len(theirs) else "core.around"
        best = (value, (reason(code, asked="".join(mine), known="".join(theirs)),), None)
    return best


def _goes_on_otherwise(short: OrganizationParts, long: OrganizationParts) -> bool:
    """Tell whether the shorter trade name goes on with a word the longer name lacks (明月|装饰, 明月装沃)."""
    behind = short.behind_core
    following = next((word for word in short.words if behind.startswith(word)), "")
    return bool(following) and following not in long.stem


def _within(short: tuple[str, ...], long: tuple[str, ...]) -> float:
    """Return what it is worth that ``short`` stands in ``long``; 0 when it does not."""
    span = len(short)
    if span >= len(long):
        return 0.0
    if long[:span] == short:
        return WITHIN_START if len(long) - span > 1 else WITHIN_ONE_MORE
    return WITHIN if any(long[i : i + span] == short for i in range(1, len(long) - span + 1)) else 0.0


def _by_one_less(one: OrganizationParts, other: OrganizationParts) -> Scored:
    """Score a trade name of which one character is left against one of two, when all that follows is the same."""
    for short, whole, code in ((one, other, "char.missing"), (other, one, "char.added")):
        char, _bar, rest = short.bare.partition("|")
        if (
            char
            and rest
            and len(whole.core) == 2
            and not (whole.bare or whole.thin)
            and char in whole.core
            and rest == whole.after
        ):
            lost = whole.core[1 - whole.core.index(char)]
            cost, reasons = _doubts(one, other, trades=False)
            said = reason(code, known=lost) if code == "char.missing" else reason(code, asked=lost)
            return ONE_LESS - cost, (said, *reasons), None
    return NOTHING


def _by_lead(one: OrganizationParts, other: OrganizationParts) -> Scored:
    """Score a name that a slip left, or made, of trade words only (铁艺新能源) against one with a trade name."""
    thin, named = (one, other) if one.thin else (other, one)
    places = [parts.regions[-1].codes if parts.regions else frozenset() for parts in (thin, named)]
    if named.thin or not thin.thin or (all(places) and not regions_agree(*places)):
        return NOTHING
    rest = named.behind_core
    lead = next((lead for lead, following in leads(thin) if rest and following == rest), ())
    mine, theirs = (lead, named.core) if thin is one else (named.core, lead)
    cost = 0.0 if all(places) else REGION_ABSENT
    if lead and len(named.core) > len(lead) and named.core[: len(lead)] == lead:
        code = "core.within" if thin is one else "core.around"
        return WITHIN_ONE_MORE - cost, (reason(code, asked="".join(mine), known="".join(theirs)),), None
    found = None
    if lead and len(named.core) <= LONGEST_LEAD:
        found = align(mine, tuple(map(spoken, mine)), theirs, tuple(map(spoken, theirs)))
    if found is None or (found.value < LOOK_VALUE and any(pair.kind == LOOK for pair in found.pairs)):
        return NOTHING  # also for what hasty eyes take for another one
    return min(found.value, NEARLY_AT_MOST) - cost, reasons_of(found), None


def _by_words(one: OrganizationParts, other: OrganizationParts) -> Scored:
    """Score two names of the same trade words only, of which one names no place (数字医药, 义乌市数字医药)."""
    if not (one.thin and other.thin and words_alone(one) and words_alone(one) == words_alone(other)):
        return NOTHING
    if bool(one.regions) == bool(other.regions):
        return NOTHING
    cost, reasons = _doubts(one, other, trades=False)
    region = "".join(part.written for part in (one.regions or other.regions))
    said = (reason("core.same", known=words_alone(one)), reason("region.absent", region=region))
    return NEARLY_AT_MOST - cost, (*said, *(one for one in reasons if one.code != "region.absent")), None


def _by_acronym(asked: NameForm, known: NameForm) -> Scored:
    """Score 中石化 against 中国石油化工: the short side's characters begin the long one's words, in order."""
    one, other = asked.parts, known.parts
    assert one is not None and other is not None
    for short, long in ((one, other), (other, one)):
        if (
            may_be_acronym(short)
            and len(long.stem) >= len(short.text) + 2
            and short.text[:3] in acronym_triples(long)
        ) and begins_words(short.text, acronym_words(long)):
            score = ACRONYM + ACRONYM_LONGER * (min(len(short.text), 4) - 3)
            return score, (reason("name.acronym", asked=short.text, known=long.text),), None
    return NOTHING


def _doubts(
    one: OrganizationParts, other: OrganizationParts, *, trades: bool = True
) -> tuple[float, tuple[Reason, ...]]:
    """Return what missing and conflicting parts cost, and the sentences about them."""
    cost = 0.0
    reasons: list[Reason] = []
    for price, said in (_region_doubt(one, other), _trade_doubt(one, other) if trades else (0.0, [])):
        cost += price
        reasons += said
    if one.forms and other.forms and not (one.form_classes & other.form_classes):
        cost += FORM_DIFFERS
        reasons.append(reason("form.differs", asked=one.forms[0], known=other.forms[0]))
    if one.branch != other.branch:
        cost += BRANCH_DIFFERS
        reasons += _branches(one, other)
    return cost, tuple(reasons)


def _region_doubt(one: OrganizationParts, other: OrganizationParts) -> tuple[float, list[Reason]]:
    mine, theirs = one.region_codes, other.region_codes
    if not mine and not theirs:
        return 0.0, []
    if not mine or not theirs:
        region = "".join(part.written for part in (one.regions or other.regions))
        return REGION_ABSENT, [reason("region.absent", region=region)]
    if regions_agree(mine, theirs):
        return 0.0, []
    names = ["".join(part.written for part in parts.regions) for parts in (one, other)]
    return REGION_DIFFERS, [reason("region.differs", asked=names[0], known=names[1])]


def _trade_doubt(one: OrganizationParts, other: OrganizationParts) -> tuple[float, list[Reason]]:
    mine, theirs = set(one.trades), set(other.trades)
    if not mine and not theirs:
        return 0.0, []
    if not mine or not theirs:
        return TRADE_ABSENT, [reason("trade.absent", trade="".join(one.trades or other.trades))]
    if mine == theirs:
        return 0.0, []
    if _related(mine, theirs):
        both_say_more = bool(mine & theirs and mine - theirs and theirs - mine)
        return (TRADE_MIXED if both_say_more and not _related(mine - theirs, theirs - mine) else TRADE_PARTLY), []
    return TRADE_DIFFERS, [reason("trade.differs", asked="".join(one.trades), known="".join(other.trades))]


def _related(mine: set[str], theirs: set[str]) -> bool:
    """Tell whether two sets of trade words share a word, half a word (物业服务) or a character (塑业, 塑胶)."""
    general = set("业品工程材料机设备电物服装子化")
    one, other = set("".join(mine)) - general, set("".join(theirs)) - general
    return bool(mine & theirs) or bool(one & other) or bool(_halves(mine) & _halves(theirs))


def _halves(words: set[str]) -> set[str]:
    return {word[i : i + 2] for word in words for i in range(0, len(word) - 1, 2)}


def _thin_agree(one: OrganizationParts, other: OrganizationParts) -> bool:
    """Tell whether two names of which one is only region and trade agree in trade, region and kind of body."""
    if one.body and other.body:
        if one.body != other.body:
            return False
    elif set(one.trades) != set(other.trades) or set(one.soft) != set(other.soft):
        return False
    classes = one.form_classes ^ other.form_classes
    if one.forms and other.forms and classes and one.forms != other.forms:
        return False
    named = [parts.regions[-1].codes if parts.regions else frozenset() for parts in (one, other)]
    if one.thin and other.thin and all(named) and NATIONAL not in named[0] | named[1]:
        return bool(named[0] & named[1])
    return True


def _branches(one: OrganizationParts, other: OrganizationParts) -> tuple[Reason, ...]:
    if one.branch and other.branch:
        return (reason("branch.both", asked=one.branch, known=other.branch),) if one.branch != other.branch else ()
    return (reason("branch.part", branch=one.branch or other.branch),)


def reasons_of(alignment: Alignment) -> tuple[Reason, ...]:
    """Return the sentences about the differing places of an alignment."""
    reasons: list[Reason] = []
    swapped = [pair for pair in alignment.pairs if pair.kind == SWAPPED]
    for pair in alignment.differing:
        if pair.kind == MISSING:
            reasons.append(reason("char.missing", known=pair.known))
        elif pair.kind == ADDED:
            reasons.append(reason("char.added", asked=pair.asked))
        elif pair.kind not in (SAME, SWAPPED):
            said = {"place": pair.place, "asked": pair.asked, "known": pair.known}
            if pair.reading:
                said["reading"] = pair.reading
            reasons.append(reason(f"char.{pair.kind}", **said))
    if swapped:
        asked, known = "".join(pair.asked for pair in swapped), "".join(pair.known for pair in swapped)
        reasons.append(reason("char.swapped", asked=asked, known=known))
    return tuple(reasons)
