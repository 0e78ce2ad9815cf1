"""The lines at the left of the conflicts page: the whole check, hits by grade, names not searched, excluded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.comparison import marks_of
from lawdesk.conflicts.page.kept import kept_row, result_words
from lawdesk.conflicts.page.live import LiveCheck
from lawdesk.conflicts.queries import CheckRow, NewsRow
from lawdesk.conflicts.rules import Hit, NotSearched, Severity
from lawdesk.conflicts.service import grave, not_searched_names
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import Heading, Row, Segment, Status

ORDER = (Severity.ABSOLUTE, Severity.WAIVABLE, Severity.REVIEW, Severity.NOTE)


@dataclass(frozen=True)
class Item:
    """One line: ``kind`` is overview, hit, name, excluded, kept or news; ``row`` is what is painted."""

    kind: str
    key: Any
    row: Row
    hit: Hit | None = None
    name: str = ""
    entries: tuple[NotSearched, ...] = ()
    hits: tuple[Hit, ...] = ()
    kept: CheckRow | None = None
    news: NewsRow | None = None


def is_excluded(live: LiveCheck, hit: Hit) -> bool:
    """Whether a hit is out of the way: decided to be somebody else, or another number on file."""
    made = live.decision((hit.asked.name, hit.party))
    return made.decision == "other_person" if made is not None else hit.namesake and not grave(hit)


def headline(live: LiveCheck) -> str:
    """Return where the whole check stands."""
    outcome = live.outcome()
    if outcome == "clear":
        return _("No conflict found")
    if outcome == "blocked":
        return _("The case may not be taken")
    waiting = len(live.open_keys())
    return _waiting(waiting) if waiting else _("Every hit is decided")


def state_words(live: LiveCheck) -> str:
    """Return what is said beside the button: recorded, or how much waits."""
    if live.clearance is not None:
        return _("Recorded: {result}").format(result=result_words(live.clearance.result.value))
    waiting = len(live.open_keys())
    return _waiting(waiting) if waiting else ""


def _waiting(count: int) -> str:
    said = ngettext("{count} hit waits for a decision", "{count} hits wait for a decision", count)
    return said.format(count=count)


def items_of(live: LiveCheck) -> list[Item]:
    """Return the lines of a check, gravest first; an empty list while nothing was answered."""
    result = live.result
    if result is None:
        return []
    items = [_overview(live, headline(live))]
    shown = [hit for hit in result.hits if not is_excluded(live, hit)]
    for grade in ORDER:
        hits = sorted((hit for hit in shown if words.grade_of(hit) is grade), key=lambda hit: -hit.score)
        names = list(not_searched_names(result).items()) if grade is Severity.REVIEW else []
        look = words.GRADES[grade]
        heading = Heading(
            look.words(),
            len(hits) + len(names),
            _(words.GRADE_NOTES[grade]),
            tone="text" if look.tone == "neutral" else look.tone,
            icon=look.icon,
        )
        group = [_name_item(live, name, entries) for name, entries in names]
        group += [_hit_item(live, hit) for hit in hits]
        if group:
            items += [_with_heading(group[0], heading), *group[1:]]
    excluded = tuple(hit for hit in result.hits if is_excluded(live, hit))
    if excluded:
        items.append(_excluded(excluded))
    return items


def kept_items(rows: Sequence[CheckRow]) -> list[Item]:
    """Return the lines of the recent checks."""
    return [
        Item("kept", ("kept", row.id), kept_row(row, first=not place), kept=row) for place, row in enumerate(rows)
    ]


def _with_heading(item: Item, heading: Heading) -> Item:
    return replace(item, row=replace(item.row, heading=heading))


def _overview(live: LiveCheck, headline: str) -> Item:
    result = live.result
    assert result is not None
    waiting = len(live.open_keys())
    names = ngettext("{count} name asked", "{count} names asked", len(result.asked)).format(
        count=len(result.asked)
    )
    hits = ngettext("{count} hit", "{count} hits", len(result.hits)).format(count=len(result.hits))
    look = {"clear": words.CLEAR, "blocked": words.GRADES[Severity.ABSOLUTE]}.get(
        live.outcome(), words.GRADES[Severity.REVIEW] if waiting else words.DECIDED
    )
    row = Row("overview", headline, icon=look.icon, icon_tone=look.tone, segments=(names, hits), bold=True)
    return Item("overview", "overview", row)


def _hit_item(live: LiveCheck, hit: Hit) -> Item:
    made = live.decision((hit.asked.name, hit.party))
    key = ("hit", hit.asked.name, hit.asked.role.value, hit.party)
    score = Status(_("{score} % alike").format(score=round(hit.score * 100)))
    other = [] if hit.matched == hit.name else [_("of {name}").format(name=hit.name)]
    told: list[Segment | str] = [words.headline(hit), *other]
    if made is not None:
        told = [Segment(words.DECIDED.words(), tone="green", icon="check"), *told]
    row = Row(
        key,
        hit.matched,
        icon=words.icon_of(hit.matched, "organization" if hit.party == "firm" else "unknown"),
        bold=True,
        segments=told,
        date=words.place_of(hit),
        status=score,
        marks=marks_of(hit),
        tags=words.tags(hit)[:3] or (words.role_words(hit.asked.role),),
    )
    return Item("hit", key, row, hit=hit)


def _name_item(live: LiveCheck, name: str, entries: Sequence[NotSearched]) -> Item:
    made = live.decision((name, ""))
    said: list[Segment | str] = [entry.reason.words() for entry in entries]
    if made is not None:
        said = [Segment(words.DECIDED.words(), tone="green", icon="check"), *said]
    key = ("name", name)
    row = Row(
        key,
        name,
        icon=words.icon_of(name, "unknown"),
        bold=True,
        segments=said,
        tags=(words.NOT_SEARCHED.words(),),
    )
    return Item("name", key, row, name=name, entries=tuple(entries))


def _excluded(hits: tuple[Hit, ...]) -> Item:
    heading = Heading(_("Excluded"), len(hits), _("not the same party"), icon="check")
    names = "、".join(dict.fromkeys(hit.matched for hit in hits))
    row = Row("excluded", names, icon="check", segments=(_("look at them again"),), heading=heading)
    return Item("excluded", "excluded", row, hits=hits)
