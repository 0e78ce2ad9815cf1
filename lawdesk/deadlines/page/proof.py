"""How a date was counted, in a few numbered steps with their articles, and what makes it doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lawdesk.deadlines.queries import DeadlineRow
from lawdesk.deadlines.rules import (
    Computation,
    DayType,
    Direction,
    Nature,
    Step,
    Unit,
    explain,
    load_rulebook,
    reason,
    rest_name,
    unit_name,
)
from lawdesk.kernel.dates import long_date, short_date, short_weekday
from lawdesk.kernel.i18n import _, ngettext, pgettext


@dataclass(frozen=True, slots=True)
class Line:
    """One step: a label, what happened in it, and the basis shown at its right end."""

    label: str
    words: str
    basis: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Warn:
    """Something to know before relying on the date; ``tone`` is red, amber or neutral."""

    words: str
    tone: str = "amber"
    icon: str = "triangle-alert"


def proof_lines(found: Computation, row: DeadlineRow) -> list[Line]:
    """Return the steps of the count, from the trigger to the last day."""
    happened = row.event_title or str(found.rule.title)
    at = f" {row.happened_at}" if row.happened_at else ""
    start_day = f"{short_date(found.start.day)} {short_weekday(found.start.day)}{at}"
    lines = [
        Line(pgettext("step of a count", "Event"), f"{start_day} {happened}"),
        Line(
            pgettext("step of a count", "Rule"),
            _rule_words(found),
            f"{found.rule.statute_zh} {found.article}".strip(),
        ),
    ]
    basis = _basis_of_counting(found)
    steps = list(found.steps)
    if found.rule.unit is Unit.DAY and found.rule.direction is Direction.AFTER:
        lines += _day_lines(found, steps, basis)
    else:
        lines += [Line("", explain(step, since=found.start.day), basis) for step in _few(steps[1:])]
    last = lines[-1]
    label = last.label or pgettext("step of a count", "Last day")
    lines[-1] = Line(label, last.words, last.basis, strong=True)
    return lines


def _rule_words(found: Computation) -> str:
    rule = found.rule
    length = f"{rule.length} {unit_name(rule.unit.value, rule.length)}"
    if rule.day_type is DayType.WORKING:
        length = _("{length} (working days)").format(length=length)
    if rule.nature is Nature.WAITING:
        return _("{title}: wait {length}").format(title=rule.title, length=length)
    if rule.direction is not Direction.AFTER:
        return _("{title}: {length} before").format(title=rule.title, length=length)
    return _("{title}: {length}").format(title=rule.title, length=length)


def _day_lines(found: Computation, steps: list[Step], basis: str) -> list[Line]:
    """Return start, rest days on the way, and how it ends, of a period of days."""
    lines: list[Line] = []
    counted = [step for step in steps if step.counted is not None]
    first = counted[0]
    if found.rule.start_day_excluded:
        words = _("The day itself is not counted; day 1 is {day}").format(day=short_date(first.date))
    else:
        words = _("The day itself is day 1: {day}").format(day=short_date(first.date))
    lines.append(Line(pgettext("step of a count", "Start"), words, basis))
    rests = [step for step in steps if step.code == "rest_counts"]
    if rests:
        words = ngettext(
            "{count} rest day on the way counts ({names})",
            "{count} rest days on the way count ({names})",
            len(rests),
        ).format(count=len(rests), names=_names(rests))
        lines.append(Line(pgettext("step of a count", "On the way"), words, basis))
    off = [step for step in steps if step.code == "not_working"]
    if off:
        words = ngettext(
            "{count} rest day is left out ({names})", "{count} rest days are left out ({names})", len(off)
        ).format(count=len(off), names=_names(off))
        lines.append(Line(pgettext("step of a count", "On the way"), words, basis))
    end = next(step for step in steps if step.date == found.raw_end)
    words = _counted(end)
    lines.append(Line(pgettext("step of a count", "Last day"), words, basis))
    if found.rolled:
        moved = steps[-1]
        words = _counted(moved)
        lines.append(Line(pgettext("step of a count", "Moved on"), words, basis))
    return lines


def _counted(step: Step) -> str:
    """Return a day with its weekday and what happened to it in the count."""
    day = f"{short_date(step.date)} {short_weekday(step.date)}"
    return pgettext("day and reason", "{day}: {reason}").format(day=day, reason=reason(step))


def _names(steps: Sequence[Step]) -> str:
    """Return what the rest days are: weekends together, holidays by name."""
    names: dict[str, int] = {}
    for step in steps:
        name = rest_name(step.kind) if step.kind.name else _("weekend")
        names[name] = names.get(name, 0) + 1
    return "、".join(names)


def _few(steps: list[Step]) -> list[Step]:
    """Return the steps worth reading: the first and the last few of a long count."""
    return steps if len(steps) <= 6 else [steps[0], *steps[-4:]]


def _basis_of_counting(found: Computation) -> str:
    """Return the article that says how periods are counted in this branch of the law."""
    regime = load_rulebook().regimes.get(found.rule.regime)
    if regime is None or not regime.article:
        return ""
    article = regime.article.split(";")[0].strip()
    return f"{regime.statute} {article}" if article.startswith("第") else article


def doubts(found: Computation | None, row: DeadlineRow, today: date) -> list[Warn]:
    """Return what has to be said above the count: two dates, provisional, moved, doubts in law."""
    warns: list[Warn] = []
    if row.differs and row.printed_due is not None and row.computed_due is not None:
        days = (row.printed_due - row.computed_due).days
        way = _("{days} later") if days > 0 else _("{days} earlier")
        gap = ngettext("{count} day", "{count} days", abs(days)).format(count=abs(days))
        words = _(
            "The paper says {printed}, the law gives {computed}: {gap}. The paper holds; find out why."
        ).format(
            printed=short_date(row.printed_due, row.due),
            computed=short_date(row.computed_due, row.due),
            gap=way.format(days=gap),
        )
        warns.append(Warn(words, "amber"))
    if found is None:
        return warns
    if row.provisional and row.printed_due is None:
        words = _(
            "Provisional: the holidays of {year} are not announced yet. The day may move; "
            "it is counted again when they are."
        ).format(year=found.due.year)
        warns.append(Warn(words, "amber"))
    ahead = row.status == "open" and row.due >= today and row.printed_due is None
    said = {other.due for other in found.alternatives}
    if ahead and found.rolled and found.due == row.due:
        words = _("Before rest days moved it, the last day was {day}. Do not wait until the end.").format(
            day=f"{short_date(found.raw_end, row.due)} {short_weekday(found.raw_end)}"
        )
        warns.append(Warn(words, "amber"))
    elif ahead and found.early_warning < found.due and found.early_warning not in said:
        words = _("Work towards {day}: it is the safe day.").format(day=short_date(found.early_warning, row.due))
        warns.append(Warn(words, "amber"))
    warns += [Warn(other.problem().words()) for other in found.alternatives]
    for note in found.notes:
        if note.code in ("deadlines.provisional", "deadlines.unchecked"):
            continue  # said above, and beside the article
        quiet = note.severity == "note"
        warns.append(Warn(note.words(), "neutral" if quiet else "amber", "info" if quiet else "triangle-alert"))
    return warns


def law_facts(found: Computation) -> list[tuple[str, str]]:
    """Return statute, version, whether the text was checked, and what follows when the day passes."""
    rule, statute = found.rule, found.statute
    checked = _("compared with the text of the law") if rule.text_checked else _("not compared with the text")
    since = _("in force since {day}").format(day=long_date(rule.in_force_from))
    facts = [
        (_("Article"), f"《{rule.statute_zh}》{found.article}"),
        (_("Version"), _("{version}, {since}").format(version=statute.version, since=since)),
        (_("Text"), checked if rule.text_checked else f"{checked}：{rule.verified}"),
    ]
    if rule.former_articles_zh:
        facts.append((_("Formerly"), rule.former_articles_zh))
    if rule.consequence_zh:
        facts.append((_("If it passes"), rule.consequence_zh))
    if rule.extension_zh:
        facts.append((_("Extension"), rule.extension_zh))
    if rule.notes:
        facts.append((pgettext("about a deadline", "Note"), rule.notes))
    if found.notices:
        facts.append(
            (
                _("Holidays"),
                _("announced by the State Council: {count} notice(s)").format(count=len(found.notices)),
            )
        )
    return facts
