"""What the live panel shows of one name: its result, and each hit with its reasons and its decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from lawdesk.conflicts.page import words
from lawdesk.conflicts.page.decision import DecisionEntry, decision_words, number_of
from lawdesk.conflicts.page.live import Key, LiveCheck
from lawdesk.conflicts.queries import Earlier
from lawdesk.conflicts.rules import Asked, Hit, NotSearched, Role, Severity, rule_title, words_of
from lawdesk.conflicts.service import Decision, grave
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _, listed, ngettext
from lawdesk.ui import STRETCH, Button, Chip, IconLabel, Label, hbox, paint_ring, theme, vbox

SHOWN_NOTES = 3
"""So many hits that nobody has to decide are shown of one name; the others unfold."""


def icon_line(
    icon: str, tone: str, said: Callable[[], str], *, step: str = "small", text: str = "text2"
) -> QWidget:
    """Return a wrapped sentence with an icon before it."""
    line = QWidget()
    mark = IconLabel(icon, tone=tone, units=3.6)
    label = Label(said, step=step, tone=text, wrap=True)
    label.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    # half the difference of line and icon above the icon puts it on the first line
    column = vbox(mark, STRETCH, space=0, margins=(0, 0.5 if step == "small" else 0.75, 0, 0))
    row = hbox(column, label, space=1.5, parent=line)
    row.setStretch(1, 1)
    return line


def fact_line(icon: str, tone: str, said: Callable[[], str]) -> QWidget:
    """Return a sentence of the detail with an icon before it."""
    return icon_line(icon, tone, said, step="body", text="text")


class Decidable(QFrame):
    """Something that waits for a decision: takes the focus, number keys choose, Enter on the reason decides."""

    decided = Signal()

    def __init__(self, live: LiveCheck, key: Key, hit: Hit | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.live, self.key, self.hit = live, key, hit
        self.entry: DecisionEntry | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def decision_part(self) -> list[QWidget]:
        """Return the widgets of the decision: made, to be made, or why it cannot be made by this person."""
        made = self.live.decision(self.key)
        if made is not None:
            return [self._made(made)]
        choices = self.live.choices(self.hit)
        parts: list[QWidget] = []
        earlier = self.live.earlier(self.hit, self.key[0])
        if earlier is not None and self.live.may_decide:
            parts.append(self._earlier(earlier))
        if self.hit is not None and self.hit.severity is Severity.ABSOLUTE and not self.live.is_director:
            parts.append(
                icon_line("info", "text2", lambda: _("Only the director may decide “not the same party”."))
            )
        elif not choices:
            parts.append(icon_line("info", "text2", lambda: _("A lawyer or the director has to decide this.")))
        if choices:
            self.entry = DecisionEntry(choices)
            self.entry.made.connect(self._decide)
            parts.append(self.entry)
        return parts

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        number = number_of(event)
        if number and self.entry is not None and self.entry.begin_number(number):
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        super().paintEvent(event)
        if self.hasFocus():
            paint_ring(QPainter(self), self.rect().toRectF(), theme.current().radius("control"))

    def _made(self, made: Decision) -> QWidget:
        line = QWidget()
        mark = IconLabel("check", tone="green", units=3.6)
        said = Label(partial(made_words, made), step="small", tone="green", wrap=True)
        change = Button(lambda: _("Change"), partial(self.live.take_back, self.key), kind="link")
        row = hbox(mark, said, change, space=1.5, parent=line)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        row.setAlignment(change, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        return line

    def _earlier(self, earlier: Earlier) -> QWidget:
        part = QWidget()
        said = icon_line("history", "text2", partial(earlier_words, earlier))
        take = Button(lambda: _("Decide the same"), partial(self._take_over, earlier), kind="link")
        vbox(said, hbox(take, STRETCH, margins=(5, 0, 0, 0)), space=0.5, parent=part)
        return part

    def _take_over(self, earlier: Earlier) -> None:
        if self.live.take_over(self.key, earlier):
            self.decided.emit()

    def _decide(self, decision: str, reason: str) -> None:
        if self.live.decide(self.key, decision, reason):
            self.decided.emit()


def made_words(made: Decision) -> str:
    """Return what was decided and why."""
    return _("{decision}: {reason}").format(decision=decision_words(made.decision), reason=made.reason)


def earlier_words(earlier: Earlier) -> str:
    """Return who decided the same question before, when, how and why."""
    return _("{person} decided on {day}: {decision} ({reason})").format(
        person=earlier.by or "LawDesk",
        day=long_date(earlier.at.astimezone(CHINA).date()),
        decision=decision_words(earlier.decision),
        reason=earlier.reason,
    )


def _only_director() -> str:
    return _("Only the director may decide “not the same party”.")


def _could_not() -> str:
    return _("This name could not be searched")


class HitBlock(Decidable):
    """One hit somebody has to decide: in plain words, why, where the party stands, what would settle it."""

    def __init__(self, live: LiveCheck, hit: Hit) -> None:
        super().__init__(live, (hit.asked.name, hit.party), hit)
        self.setAccessibleName(_("{headline}: {name}").format(headline=words.headline(hit), name=hit.name))
        rows: list[QWidget] = [Label(lambda: words.headline(hit), step="body", wrap=True)]
        rows.append(Label(lambda: _named(hit), step="small", tone="text2", wrap=True))
        if not live.is_decided(hit):
            rows += self._about(hit)
        vbox(*rows, *self.decision_part(), space=1, margins=(1.5, 1, 1.5, 1.5), parent=self)

    def _about(self, hit: Hit) -> list[QWidget]:
        """Return what a person needs to decide it; once decided it is out of the way."""
        rows: list[QWidget] = []
        for standing in [ruling.standing for ruling in hit.rulings[:2]] or list(hit.standings[:2]):
            rows.append(Label(partial(words.standing_line, standing), step="small", tone="text2", wrap=True))
        ruling = words.gravest_ruling(hit)
        if ruling is not None and ruling.sources:
            rows.append(Label(partial(_rule_words, hit), step="small", tone="text2", wrap=True))
        rows += [
            icon_line("circle-question-mark", "amber", reason.words, text="text2")
            for reason in hit.cannot_be_judged[:3]
            if reason.code != "ask.identity"
        ]
        if words.next_step(hit):
            rows.append(icon_line("arrow-right", "accent", lambda: words.next_step(hit), text="accent"))
        return rows


def _named(hit: Hit) -> str:
    reasons = words_of(hit.reasons)
    return _("{name}: {reasons}").format(name=hit.matched, reasons=reasons) if reasons else hit.matched


def _rule_words(hit: Hit) -> str:
    ruling = words.gravest_ruling(hit)
    assert ruling is not None
    source = words.sources_words(ruling.sources[:1])
    return _("Rule: {title} ({source})").format(title=rule_title(ruling.rule), source=listed(source))


class NameNotSearched(Decidable):
    """A name that could not be searched, said plainly; opening needs somebody who looked by other means."""

    def __init__(self, live: LiveCheck, name: str, entries: Sequence[NotSearched]) -> None:
        super().__init__(live, (name, ""), None)
        said = [entry.reason.words for entry in entries]
        self.setAccessibleName(_("{name} could not be searched").format(name=name))
        head = icon_line(
            "circle-question-mark",
            "amber",
            lambda: _("This name could not be searched"),
            step="body",
            text="amber",
        )
        rows = [Label(sentence, step="small", tone="text2", wrap=True) for sentence in said]
        vbox(head, *rows, *self.decision_part(), space=1, margins=(1.5, 1, 1.5, 1.5), parent=self)


class NameBlock(QWidget):
    """One name of the question: icon, name, result chip, as what it is asked, and its hits.

    ``shown`` tells what it was built from: while that stays, the panel keeps the block and what is typed in it.
    """

    decided = Signal()

    def __init__(self, live: LiveCheck, asked: Asked, shown: Any) -> None:
        super().__init__()
        self.asked, self.shown = asked, shown
        self.parts: list[Decidable] = []
        look = look_of(live, asked)
        name = Label(_clipped(asked.name), step="strong", wrap=True)
        name.setToolTip(asked.name if len(asked.name) > 60 else "")
        chip = Chip(look.words, tone=look.tone, icon=look.icon)
        mark = IconLabel(words.icon_of(asked.name, asked.kind), units=4.5)
        head = hbox(mark, name, chip, space=2)
        head.setStretch(1, 1)
        head.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        head.setAlignment(chip, Qt.AlignmentFlag.AlignTop)
        role = Label(partial(_asked_as, asked), step="small", tone="text2", wrap=True)
        body = vbox(hbox(role, margins=(1.5, 0, 0, 0)), space=1)
        self._notes: list[QWidget] = []
        for widget in self._body(live):
            body.addWidget(widget)
        inner = QWidget()
        inner.setLayout(body)
        vbox(head, hbox(inner, margins=(5, 0, 0, 0)), space=0.5, margins=(0, 2, 0, 2), parent=self)

    def _body(self, live: LiveCheck) -> list[QWidget]:
        hits, entries = _hits_of(live, self.asked), _entries_of(live, self.asked)
        if entries:
            self.parts.append(NameNotSearched(live, self.asked.name[:60], entries))
        self.parts += [HitBlock(live, hit) for hit in hits if grave(hit)]
        for part in self.parts:
            part.decided.connect(self.decided)
        notes = [hit for hit in hits if not grave(hit)]
        for hit in notes:
            line = QWidget()
            label = Label(partial(_note, hit), step="small", tone="text2", wrap=True)
            hbox(label, margins=(1.5, 0, 0, 0), parent=line)
            self._notes.append(line)
        rest = self._notes[SHOWN_NOTES:]
        for line in rest:
            line.hide()
        made: list[QWidget] = [*self.parts, *self._notes]
        if rest:
            count = len(rest)
            more = Button(
                lambda: ngettext("{count} more note", "{count} more notes", count).format(count=count),
                lambda: self._unfold(more),
                kind="link",
            )
            made.append(more)
        return made

    def _unfold(self, button: Button) -> None:
        button.hide()
        for line in self._notes:
            line.show()


def shown_of(live: LiveCheck, asked: Asked) -> Any:
    """Return everything a block of ``asked`` is built from."""
    hits = _hits_of(live, asked)
    keys: list[Key] = [(hit.asked.name, hit.party) for hit in hits] + [(asked.name[:60], "")]
    pending = live.result is None or asked not in live.result.asked
    decisions = tuple(live.decision(key) for key in keys)
    earlier = tuple(live.earlier(hit) for hit in hits)
    return (asked, pending, hits, _entries_of(live, asked), decisions, earlier, live.may_decide, live.is_director)


def look_of(live: LiveCheck, asked: Asked) -> words.Look:
    """Return the result of one name: the gravest hit that is not decided, or that all is."""
    result = live.result
    if result is None or asked not in result.asked:
        return words.PENDING
    hits, entries = _hits_of(live, asked), _entries_of(live, asked)
    if entries and live.decision((asked.name[:60], "")) is None:
        return words.NOT_SEARCHED
    serious = [hit for hit in hits if grave(hit)]
    waiting = [hit for hit in serious if not live.is_decided(hit)]
    if waiting:
        look = words.GRADES[max((hit.severity or Severity.NOTE for hit in waiting), key=lambda one: one.rank)]
        return words.Look(look.word, "amber" if look.tone == "neutral" else look.tone, look.icon)
    if serious or entries:
        return words.DECIDED
    return words.GRADES[Severity.NOTE] if hits else words.CLEAR


def _hits_of(live: LiveCheck, asked: Asked) -> tuple[Hit, ...]:
    if live.result is None:
        return ()
    order = sorted(live.result.hits_for(asked), key=lambda hit: (-words.grade_of(hit).rank, -hit.score))
    return tuple(order)


def _entries_of(live: LiveCheck, asked: Asked) -> tuple[NotSearched, ...]:
    if live.result is None or asked not in live.result.asked:
        return ()
    return tuple(entry for entry in live.result.not_searched if entry.name and entry.name == asked.name[:60])


def _asked_as(asked: Asked) -> str:
    role = words.role_words(asked.role)
    if asked.identifiers:
        return _("{role}, with number").format(role=role)
    return role if asked.role is Role.THIRD else _("{role}, no number yet").format(role=role)


def _note(hit: Hit) -> str:
    standing = words.gravest_standing(hit)
    where = words.standing_line(standing) if standing is not None else words_of(hit.reasons)
    return _("{name} ({level}): {where}").format(name=hit.matched, level=words.level_words(hit), where=where)


def _clipped(name: str) -> str:
    plain = " ".join(name.split())
    return plain if len(plain) <= 60 else f"{plain[:60]}…"
