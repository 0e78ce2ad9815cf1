"""What the check found, in words, tones and icons; no widgets here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lawdesk.conflicts.rules import (
    SEVERITY_TITLES,
    STAND_TITLES,
    CheckResult,
    Hit,
    Level,
    Role,
    Ruling,
    Searched,
    Severity,
    Stand,
    Standing,
    guess_kind,
    path_words,
    step_words,
    tie_steps,
)
from lawdesk.conflicts.service import grave
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _, language, listed, ngettext

ROLE_TITLES = {
    Role.CLIENT: N_("prospective client"),
    Role.ADVERSE: N_("other side"),
    Role.THIRD: N_("third party asked about"),
}
_WHO = {
    Role.CLIENT: N_("The prospective client"),
    Role.ADVERSE: N_("The other side"),
    Role.THIRD: N_("The third party"),
}


@dataclass(frozen=True)
class Look:
    """How a grade looks: a word, a tone and an icon, always all three."""

    word: str
    tone: str
    icon: str

    def words(self) -> str:
        """Return the word in the user's language."""
        return _(self.word)


GRADES = {
    Severity.ABSOLUTE: Look(SEVERITY_TITLES[Severity.ABSOLUTE], "red", "octagon-x"),
    Severity.WAIVABLE: Look(SEVERITY_TITLES[Severity.WAIVABLE], "amber", "triangle-alert"),
    Severity.REVIEW: Look(SEVERITY_TITLES[Severity.REVIEW], "neutral", "circle-question-mark"),
    Severity.NOTE: Look(SEVERITY_TITLES[Severity.NOTE], "neutral", "info"),
}
GRADE_NOTES = {
    Severity.ABSOLUTE: N_("the case may not be taken; refuse it"),
    Severity.WAIVABLE: N_("possible with the written consent of both"),
    Severity.REVIEW: N_("the data does not tell; a person decides"),
    Severity.NOTE: N_("to know; nothing has to be decided"),
}
CLEAR = Look(N_("No conflict"), "green", "shield-check")
DECIDED = Look(N_("Decided"), "green", "check")
PENDING = Look(N_("Checking"), "neutral", "hourglass")
NOT_SEARCHED = Look(N_("Not searched"), "amber", "circle-question-mark")

# What a party is to the firm, as a headline: while the case is open (or at present), and afterwards; then the same
# while it is not sure that the two are one party.
_HEADLINES: dict[Stand, tuple[str, str, str, str]] = {
    Stand.CLIENT: (
        N_("{who} is our client in an open case"),
        N_("{who} was our client in a closed case"),
        N_("{who} may be our client in an open case"),
        N_("{who} may have been our client in a closed case"),
    ),
    Stand.RETAINER: (
        N_("{who} is advised by us as standing counsel"),
        N_("{who} was advised by us as standing counsel"),
        N_("{who} may be advised by us as standing counsel"),
        N_("{who} may have been advised by us as standing counsel"),
    ),
    Stand.ADVERSE: (
        N_("{who} is the adverse party in an open case of ours"),
        N_("{who} was the adverse party in a closed case of ours"),
        N_("{who} may be the adverse party in an open case of ours"),
        N_("{who} may have been the adverse party in a closed case of ours"),
    ),
    Stand.THIRD: (
        N_("{who} is a third party in an open case of ours"),
        N_("{who} was a third party in a closed case of ours"),
        N_("{who} may be a third party in an open case of ours"),
        N_("{who} may have been a third party in a closed case of ours"),
    ),
    Stand.ENQUIRER: (
        N_("{who} has consulted us"),
        N_("{who} has consulted us"),
        N_("{who} may have consulted us"),
        N_("{who} may have consulted us"),
    ),
    Stand.ENQUIRY_ADVERSE: (
        N_("{who} is the other side of an enquiry"),
        N_("{who} is the other side of an enquiry"),
        N_("{who} may be the other side of an enquiry"),
        N_("{who} may be the other side of an enquiry"),
    ),
    Stand.STAFF: (
        N_("{who} is a member of this firm, or the firm itself"),
        N_("{who} is a member of this firm, or the firm itself"),
        N_("{who} has the name of a member of this firm"),
        N_("{who} has the name of a member of this firm"),
    ),
    Stand.FORMER_CLIENT: (
        N_("{who} was the client of a lawyer of ours at another firm"),
        N_("{who} was the client of a lawyer of ours at another firm"),
        N_("{who} may have been the client of a lawyer of ours at another firm"),
        N_("{who} may have been the client of a lawyer of ours at another firm"),
    ),
    Stand.FORMER_ADVERSE: (
        N_("{who} stood against a lawyer of ours at another firm"),
        N_("{who} stood against a lawyer of ours at another firm"),
        N_("{who} may have stood against a lawyer of ours at another firm"),
        N_("{who} may have stood against a lawyer of ours at another firm"),
    ),
    Stand.OFFICE: (
        N_("One of us handled a matter of {who} in office"),
        N_("One of us handled a matter of {who} in office"),
        N_("One of us may have handled a matter of {who} in office"),
        N_("One of us may have handled a matter of {who} in office"),
    ),
    Stand.RELATIVE: (
        N_("{who} is a close relative of a member of this firm"),
        N_("{who} is a close relative of a member of this firm"),
        N_("{who} may be a close relative of a member of this firm"),
        N_("{who} may be a close relative of a member of this firm"),
    ),
}
_SURE = {
    Level.CERTAIN: N_("certainly the same"),
    Level.LIKELY: N_("probably the same"),
    Level.POSSIBLE: N_("possibly the same"),
}
_SOURCES = {
    "lawyers-law": N_("Lawyers Law"),
    "lpr": N_("Rules of Practice for Lawyers"),
    "penalty-rules": N_("Measures on Penalties for Lawyers"),
    "acla-discipline": N_("Disciplinary Rules of the Lawyers Association"),
    "fujian": N_("Fujian Rules on Conflicts of Interest"),
}
_TAGS = {
    "id.same": N_("number the same"),
    "id.differs": N_("number differs"),
    "id.nearly": N_("number differs in one place"),
    "name.same": N_("same name"),
    "name.written": N_("written differently"),
    "name.same_person": N_("same name"),
    "name.kind": N_("person or organization?"),
    "name.acronym": N_("abbreviation"),
    "char.sound": N_("same sound {reading}"),
    "char.near": N_("near sound {reading}"),
    "char.look": N_("looks alike {asked}/{known}"),
    "char.missing": N_("lacks {known}"),
    "char.added": N_("adds {asked}"),
    "char.swapped": N_("characters swapped"),
    "core.same": N_("same trade name"),
    "core.within": N_("trade name contained"),
    "core.around": N_("trade name contained"),
    "name.everyday": N_("everyday name"),
    "name.crowd": N_("fits as many others do"),
    "id.absent": N_("no number on file"),
    "born.same": N_("same year of birth"),
    "born.differs": N_("other year of birth"),
    "address.same": N_("same address"),
    "region.differs": N_("other region"),
    "trade.differs": N_("other trade"),
    "form.differs": N_("other legal form"),
    "branch.part": N_("branch"),
    "branch.both": N_("branches of one"),
    "latin.pinyin": N_("pinyin"),
    "latin.order": N_("other order"),
    "latin.initial": N_("initial"),
    "latin.typo": N_("one letter differs"),
    "latin.sound": N_("same sound"),
    "latin.nickname": N_("nickname"),
    "latin.pinyin_near": N_("near pinyin"),
    "latin.pinyin_otherwise": N_("pinyin"),
    "kind.former": N_("former name"),
    "kind.short": N_("short name"),
    "kind.english": N_("English form"),
    "kind.alias": N_("other name"),
}
"""Reasons as chips of a list row; a reason without one is told in the detail only."""
_PARTS = {"前段": N_("first part"), "后段": N_("second part")}
_REMARKS = {"援助案件同样适用": N_("the same in cases of legal aid")}
_ITEMS = "一二三四五六七八九十"
_ARTICLE = re.compile(r"(\d+)(?:\(([一二三四五六七八九十])\))?(?:; *)?(.*)")
_ORIGIN = re.compile(r"; *(?:from-knowledge|verified: \w+)")


def role_words(role: Role) -> str:
    """Return as what a name was asked."""
    return _(ROLE_TITLES[role])


def grade_of(hit: Hit) -> Severity:
    """Return the grade a hit is shown under: what nobody has to decide is a note, however grave it might be."""
    return (hit.severity or Severity.NOTE) if grave(hit) else Severity.NOTE


def level_words(hit: Hit) -> str:
    """Return how sure it is that the two are one party, and how alike the names are."""
    if steps := tie_steps(hit):
        return _("{way}, weight {score} %").format(way=_steps(len(steps)), score=round(hit.score * 100))
    level = _(_SURE[hit.level])
    return _("{level}, {score} % alike").format(level=level, score=round(hit.score * 100))


def gravest_ruling(hit: Hit) -> Ruling | None:
    """Return the ruling that gave the hit its grade."""
    return hit.rulings[0] if hit.rulings else None


def gravest_standing(hit: Hit) -> Standing | None:
    """Return where the party stands, as far as it matters most."""
    ruling = gravest_ruling(hit)
    if ruling is not None:
        return ruling.standing
    return hit.standings[0] if hit.standings else None


def headline(hit: Hit) -> str:
    """Return the hit in one plain sentence."""
    who = _who(hit)
    if hit.namesake:
        return _("{who} only shares the name: the numbers differ").format(who=who)
    standing = gravest_standing(hit)
    if standing is None:
        return _("{who} is on file, but stands in no case").format(who=who)
    sentences = _HEADLINES[standing.stand]
    sure = (hit.reached_from or hit.level) == Level.CERTAIN
    return _(sentences[(0 if sure else 2) + (0 if standing.open else 1)]).format(who=who)


def _who(hit: Hit) -> str:
    """Return whom the headline is about: the one asked for, or who is tied to it."""
    who, steps = _(_WHO[hit.asked.role]), tie_steps(hit)
    if not steps:
        return who
    who = who[:1].lower() + who[1:]
    if len(steps) == 1:
        return _("{name} ({relation} of {who})").format(name=hit.name, relation=step_words(steps[0]), who=who)
    return _("{name} ({count} relations from {who})").format(name=hit.name, count=len(steps), who=who)


def _steps(count: int) -> str:
    return ngettext("{count} step of relations", "{count} steps of relations", count).format(count=count)


def way_line(hit: Hit) -> str:
    """Return the way through relations as one line; empty for a party found under the asked name."""
    return path_words(hit.path) if tie_steps(hit) else ""


def standing_line(standing: Standing) -> str:
    """Return where a party stands: case, as what, open or closed, lead."""
    if standing.restricted or standing.case or standing.stand is Stand.STAFF:
        return standing.words()
    stand = _(STAND_TITLES[standing.stand])
    if standing.since is None:
        return stand
    said = _("{stand}, {day}").format(stand=stand, day=long_date(standing.since))
    return said + (_(" (taken by {lead})").format(lead=standing.lead) if standing.lead else "")


def place_of(hit: Hit) -> str:
    """Return the number of the case a hit comes from, or what takes its place."""
    standing = gravest_standing(hit)
    if standing is None or hit.namesake:
        return ""
    if standing.restricted:
        return standing.reference
    if standing.stand in (Stand.ENQUIRER, Stand.ENQUIRY_ADVERSE):
        return _("enquiry of {year}").format(year=standing.since.year) if standing.since else _("enquiry")
    if standing.stand in (Stand.FORMER_CLIENT, Stand.FORMER_ADVERSE, Stand.OFFICE):
        return _("matter elsewhere")
    return standing.case


def sources_words(sources: Sequence[str]) -> list[str]:
    """Return the sources of a rule as a lawyer cites them."""
    return [_source(source) for source in sources]


def _source(source: str) -> str:
    law, _colon, article = source.partition(":")
    if law not in _SOURCES:
        return _ORIGIN.sub("", source)  # how the law data came by it is nothing a lawyer cites
    found = _ARTICLE.match(article)
    if found is None:
        return _(_SOURCES[law])
    number, item, rest = found.groups()
    words = _("{law}, article {article}").format(law=_(_SOURCES[law]), article=number)
    if item:
        words += _(" item {item}").format(item=item if language() == "zh" else _ITEMS.index(item) + 1)
    if rest in _PARTS:
        return words + _(", {part}").format(part=_(_PARTS[rest]))
    return words + (_(" ({remark})").format(remark=_(_REMARKS.get(rest, rest))) if rest else "")


def icon_of(name: str, kind: str) -> str:
    """Return the icon of a person or an organization; the kind is guessed where it is not known."""
    known = kind if kind in ("person", "organization") else guess_kind(name)
    return "user" if known == "person" else "building-2"


def figures(searched: Searched, seconds: float) -> list[str]:
    """Return how much was searched, one figure each."""
    return [
        *counts(searched.cases, searched.enquiries, searched.parties, searched.names),
        _("in {seconds} s").format(seconds=seconds_words(seconds)),
    ]


def counts(cases: int, enquiries: int, parties: int, names: int) -> list[str]:
    """Return the counts of what was searched."""
    return [
        ngettext("{count} case", "{count} cases", cases).format(count=f"{cases:,}"),
        ngettext("{count} enquiry", "{count} enquiries", enquiries).format(count=f"{enquiries:,}"),
        _("{count} parties and members of the firm").format(count=f"{parties:,}"),
        ngettext("{count} name", "{count} names", names).format(count=f"{names:,}"),
    ]


def figures_line(searched: Searched, seconds: float) -> str:
    """Return how much was searched as one sentence."""
    return _("Searched: {figures}").format(figures=listed(figures(searched, seconds)))


def seconds_words(seconds: float) -> str:
    """Return a time as people read it: two places below a tenth of a second."""
    return f"{max(seconds, 0.01):.2f}" if seconds < 0.1 else f"{seconds:.1f}"


def limits(result: CheckResult) -> list[str]:
    """Return what the data cannot tell about the whole check, in sentences."""
    return [entry.words() for entry in result.not_searched if not entry.name]


def tags(hit: Hit) -> tuple[str, ...]:
    """Return the reasons as short chips."""
    said = (_(_TAGS[reason.code]).format(**reason.params) for reason in hit.reasons if reason.code in _TAGS)
    steps = tie_steps(hit)
    if steps:
        return (_steps(len(steps)), step_words(steps[-1]), *dict.fromkeys(said))
    return tuple(dict.fromkeys(said))


def more_words(count: int) -> str:
    """Return how many weak likenesses were left out of the list."""
    return ngettext(
        "{count} weaker likeness is not listed.", "{count} weaker likenesses are not listed.", count
    ).format(count=count)


def next_step(hit: Hit) -> str:
    """Return what would settle the hit, where the data knows."""
    unknown = any(reason.code in ("id.unknown", "name.same_person") for reason in hit.reasons)
    asks = any(reason.code == "ask.identity" for reason in hit.cannot_be_judged)
    if not hit.asked.identifiers and (unknown or asks):
        known = hit.asked.kind if hit.asked.kind != "unknown" else guess_kind(hit.asked.name)
        return (
            _("Enter the identity number: it settles whether they are the same.")
            if known == "person"
            else _("Enter the credit code: it settles whether they are the same.")
        )
    return ""
