"""The right side of the conflicts page: one hit, the whole check, what was excluded, a name not searched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from lawdesk.cases import CaseDetail
from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.blocks import fact_line, icon_line, look_of, made_words
from lawdesk.conflicts.page.chain import ChainView
from lawdesk.conflicts.page.comparison import Comparison
from lawdesk.conflicts.page.live import LiveCheck
from lawdesk.conflicts.rules import SEVERITY_TITLES, Asked, Hit, NotSearched, Ruling, rule_title
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import (
    STRETCH,
    Button,
    Chip,
    Gap,
    IconLabel,
    Label,
    SectionHeading,
    SegmentLine,
    Words,
    empty_layout,
    hbox,
    panel,
    vbox,
)

STANDINGS_SHOWN = 12


class Lines(QWidget):
    """Sentences with icons, one below the other."""

    def __init__(self, *, space: float = 1.5) -> None:
        super().__init__()
        self._layout = vbox(space=space, parent=self)

    def set_lines(self, lines: Sequence[QWidget]) -> None:
        """Show other lines."""
        empty_layout(self._layout)
        for line in lines:
            self._layout.addWidget(line)


class HitDetail(QWidget):
    """One hit in full: headline, names side by side, the chain, why this grade, where else the party stands."""

    def __init__(self) -> None:
        super().__init__()
        self.hit: Hit | None = None
        self._case: CaseDetail | None = None
        self._chip = Chip()
        self._facts = SegmentLine()
        self.headline = Label("", step="h2", wrap=True)
        self._compare_head = SectionHeading(lambda: _("Names side by side"))
        self.comparison = Comparison()
        self.chain = ChainView()
        self.why = Lines()
        self._also_head = SectionHeading(lambda: _("Stands also in"))
        self._also = Lines(space=1)
        top = hbox(self._chip, self._facts, space=3)
        top.setStretch(1, 1)
        body = panel(
            top,
            self.headline,
            Gap(0.5),
            self._compare_head,
            self.comparison,
            SectionHeading(lambda: _("How it hangs together")),
            self.chain,
            Gap(0.5),
            SectionHeading(lambda: _("Why this grade")),
            self.why,
            self._also_head,
            self._also,
            scroll=True,
            margins=(6, 3.5, 5, 4),
        )
        vbox(body, space=0, parent=self)

    def show_hit(self, hit: Hit, case: CaseDetail | None) -> None:
        """Show ``hit``; ``case`` is that of its gravest standing, None while it is read or may not be seen."""
        self.hit, self._case = hit, case
        look = words.GRADES[words.grade_of(hit)]
        self._chip.set_chip(look.words, tone=look.tone, icon=look.icon)
        ruling = words.gravest_ruling(hit)
        sources = words.sources_words(ruling.sources) if ruling is not None else []
        self._facts.set_parts([words.level_words(hit), listed(sources[:2])])
        self.headline.set_words(lambda: words.headline(hit))
        same = hit.path[0].name.strip() == hit.matched.strip() or hit.reached_from is not None
        self._compare_head.setVisible(not same)
        self.comparison.setVisible(not same)
        self.comparison.show_hit(hit)
        self.chain.show_hit(hit, case)
        self.why.set_lines(why_lines(hit))
        others = [standing for standing in hit.standings if standing != words.gravest_standing(hit)]
        self._also_head.setVisible(bool(others))
        self._also_head.set_count(len(others))
        self._also.setVisible(bool(others))
        self._also.set_lines(
            [
                Label(partial(words.standing_line, standing), step="small", tone="text2", wrap=True)
                for standing in others[:STANDINGS_SHOWN]
            ]
        )

    def shows(self, hit: Hit, case: CaseDetail | None) -> bool:
        """Whether it shows just that already."""
        return self.hit == hit and (case is None or self._case == case)

    def retranslate_hit(self) -> None:
        """Make the sentences again in the language of now."""
        if self.hit is not None:
            self.show_hit(self.hit, self._case)


def why_lines(hit: Hit) -> list[QWidget]:
    """Return what is known and what cannot be judged, each with its icon and word."""
    lines = [fact_line("check", "green", reason.words) for reason in hit.reasons]
    if way := words.way_line(hit):
        lines.insert(0, fact_line("link", "text2", partial(str, way)))
    ruling = words.gravest_ruling(hit)
    if ruling is not None:
        where = partial(words.standing_line, ruling.standing)
        lines.append(fact_line("check", "green", where))
        if not hit.namesake:
            lines.append(fact_line("scale", "text2", partial(_rule, ruling)))
            if ruling.if_same is not ruling.severity:
                lines.append(fact_line("triangle-alert", "amber", partial(_if_same, ruling)))
    unknown = [partial(_cannot, reason.words) for reason in hit.cannot_be_judged]
    lines += [fact_line("circle-question-mark", "amber", said) for said in unknown]
    return lines


def _rule(ruling: Ruling) -> str:
    title = rule_title(ruling.rule)
    sources = listed(words.sources_words(ruling.sources))
    return _("Rule: {title} ({source})").format(title=title, source=sources) if sources else title


def _if_same(ruling: Ruling) -> str:
    grade = _(SEVERITY_TITLES[ruling.if_same])
    return _("Were they the same party, the grade would be: {grade}").format(grade=grade)


def _cannot(said: Callable[[], str]) -> str:
    return _("Cannot be judged: {sentences}").format(sentences=said())


class Overview(QWidget):
    """The whole check: every name with its result, what was searched and how spelt, what nobody knows."""

    def __init__(self, live: LiveCheck) -> None:
        super().__init__()
        self._live = live
        self.headline = Label("", step="h2", wrap=True)
        self._names = Lines(space=0)
        self._searched = Lines()
        self.limits = Lines()
        body = panel(
            self.headline,
            Gap(0.5),
            self._names,
            SectionHeading(lambda: _("What was searched")),
            self._searched,
            SectionHeading(lambda: _("What cannot be judged here")),
            self.limits,
            scroll=True,
            margins=(6, 3.5, 5, 4),
        )
        vbox(body, space=0, parent=self)

    def show_check(self, headline: Words) -> None:
        """Show the check as it stands."""
        checked = self._live.checked
        if checked is None:
            return
        result = checked.result
        self.headline.set_words(headline)
        self._names.set_lines([self._name_line(asked) for asked in result.asked])
        said = [words.figures_line(result.searched, checked.seconds)]
        said.append(_("Closed cases, enquiries and cases you may not open are searched too."))
        tried = [text for text in result.variants if text not in {one.name for one in result.asked}]
        if tried:
            said.append(_("Also tried as: {variants}").format(variants=listed(tried[:20])))
        if result.more:
            said.append(words.more_words(result.more))
        said.append(_("State of the data: {fingerprint}").format(fingerprint=result.searched.fingerprint[:12]))
        self._searched.set_lines([icon_line("search", "text2", partial(str, text), text="text2") for text in said])
        self.limits.set_lines(
            [
                fact_line("circle-question-mark", "amber", entry.words)
                for entry in result.not_searched
                if not entry.name
            ]
        )

    def _name_line(self, asked: Asked) -> QWidget:
        line = QWidget()
        look = look_of(self._live, asked)
        chip = Chip(look.words, tone=look.tone, icon=look.icon)
        name = Label(asked.name[:80], step="strong", elide=True)
        role = Label(partial(words.role_words, asked.role), step="small", tone="text2")
        row = hbox(IconLabel(words.icon_of(asked.name, asked.kind)), name, role, chip, space=2, margins=(0, 1.5))
        row.setStretch(1, 1)
        line.setLayout(row)
        return line


class Excluded(QWidget):
    """Hits that are out of the way: other parties by their numbers, or decided so."""

    def __init__(self, live: LiveCheck) -> None:
        super().__init__()
        self._live = live
        self._lines = Lines(space=2)
        head = Label(lambda: _("Excluded hits"), step="h2")
        vbox(panel(head, Gap(0.5), self._lines, scroll=True, margins=(6, 3.5, 5, 4)), space=0, parent=self)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show why each of ``hits`` is out."""
        self._lines.set_lines([self._line(hit) for hit in hits])

    def _line(self, hit: Hit) -> QWidget:
        line = QWidget()
        key = (hit.asked.name, hit.party)
        made = self._live.decision(key)
        title = Label(f"{hit.matched}  {words.place_of(hit)}", step="strong", wrap=True)
        why: Words = (lambda: words.headline(hit)) if made is None else partial(made_words, made)
        text = vbox(title, Label(why, step="small", tone="text2", wrap=True), space=0.5)
        row = hbox(IconLabel("check", tone="green"), text, space=2, parent=line)
        row.setAlignment(row.itemAt(0).widget(), Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        if made is not None:
            row.addWidget(Button(lambda: _("Change"), partial(self._live.take_back, key), kind="link"))
        return line


class NotSearchedDetail(QWidget):
    """A name that could not be searched: why, and what to do."""

    def __init__(self) -> None:
        super().__init__()
        look = words.NOT_SEARCHED
        self._name = Label("", step="h2", wrap=True)
        self._why = Lines()
        body = panel(
            hbox(Chip(look.words, tone=look.tone, icon=look.icon), STRETCH),
            self._name,
            Gap(0.5),
            self._why,
            scroll=True,
            margins=(6, 3.5, 5, 4),
        )
        vbox(body, space=0, parent=self)

    def show_name(self, name: str, entries: Sequence[NotSearched]) -> None:
        """Show why ``name`` was not searched."""
        self._name.set_words(name)
        lines = [fact_line("circle-question-mark", "amber", entry.reason.words) for entry in entries]
        lines.append(fact_line("arrow-right", "accent", _what_to_do))
        self._why.set_lines(lines)


def _what_to_do() -> str:
    return _("Enter the full registered name or the number; or look by hand and say so below.")
