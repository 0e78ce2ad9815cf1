"""What every area of the settings shares: a heading, forms with the label left, a place for errors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLayout, QSizePolicy, QWidget

from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.queries import PersonRow
from lawdesk.firm.rules import ROLE_TITLES, may, who_may
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import (
    STRETCH,
    Follows,
    IconLabel,
    Label,
    Page,
    ScrollArea,
    Trouble,
    Words,
    grid,
    hbox,
    say,
    sized,
    vbox,
)


class Lines(Follows, QWidget):
    """A form with the label left: label, control, and a quiet sentence below the control."""

    def __init__(self) -> None:
        super().__init__()
        self._named: list[tuple[QWidget, Words]] = []
        self._grid: QGridLayout = grid(across=4, down=2.5, parent=self)
        self._grid.setColumnStretch(1, 1)
        self._rows = 0

    def retranslate(self) -> None:
        for control, words in getattr(self, "_named", ()):
            control.setAccessibleName(say(words))

    def add(self, words: Words, control: QWidget, note: Words = "", *, width: float = 0) -> Label:
        """Add a line; ``width`` of the control in em, 0 as wide as it wants. Returns the note."""
        label = Label(words, tone="text2", wrap=True)
        label.setBuddy(control)
        tall = not isinstance(control, QLabel | QCheckBox)
        sized(label, width=10, min_height=2.4 if tall else None)  # its words stand beside those in the control
        label.setAlignment(Qt.AlignmentFlag.AlignVCenter if tall else Qt.AlignmentFlag.AlignTop)
        if not control.accessibleName():
            control.setAccessibleName(label.words())
            self._named.append((control, words))
        below = Label(note, step="small", tone="text2", wrap=True)
        if not below.words():
            below.hide()
        if width:
            sized(control, width=width)
            control.setSizePolicy(QSizePolicy.Policy.Fixed, control.sizePolicy().verticalPolicy())
        cell = QWidget()
        vbox(hbox(control, STRETCH) if width else control, below, space=0.75, parent=cell)
        top = Qt.AlignmentFlag.AlignTop
        self._grid.addWidget(label, self._rows, 0, top)
        self._grid.addWidget(cell, self._rows, 1, top)
        self._rows += 1
        return below


def holding(*widgets: QWidget) -> QWidget:
    """Return the widgets beside each other at the left, as one control for :meth:`Lines.add`."""
    holder = QWidget()
    hbox(*widgets, STRETCH, parent=holder)
    return holder


def fact(words: Words = "") -> Label:
    """Return a value to be read and copied, for :meth:`Lines.add`."""
    label = Label(words, wrap=True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


class Area(Follows, QWidget):
    """One area of the settings. Subclasses fill ``body`` and override ``read``."""

    key = ""
    icon = ""
    action = ""
    """The right that changing something here needs, "" for what everybody may set for themselves."""

    def __init__(self, desk: SettingsDesk, page: Page, title: Words = "", about: Words = "") -> None:
        super().__init__()
        self.desk, self.page = desk, page
        self.trouble = Trouble()
        self.locked = QWidget()
        self._locked_words = Label("", step="small", tone="text2", wrap=True)
        line = hbox(IconLabel("lock", tone="text2", units=4), self._locked_words, space=2, parent=self.locked)
        line.setStretch(1, 1)
        self.locked.hide()
        self.body = QWidget()
        self._column = vbox(space=3, parent=self.body)
        content = QWidget()
        head = Label(title, step="h2")
        note = Label(about, step="small", tone="text2", wrap=True)
        if not note.words():
            note.hide()
        vbox(
            head, note, self.locked, self.trouble, 1, self.body, STRETCH,
            space=1.5, margins=(6, 4, 5, 4), parent=content,
        )  # fmt: skip
        vbox(ScrollArea(content), space=0, parent=self)

    def put(self, *items: QWidget | QLayout) -> None:
        """Add widgets and layouts below each other."""
        for item in items:
            if isinstance(item, QWidget):
                self._column.addWidget(item)
            else:
                self._column.addLayout(item)

    @property
    def may_change(self) -> bool:
        """Whether the person who acts may change what stands here."""
        return not self.action or may(self.desk.actor(), self.action)

    def read(self) -> None:
        """Read again; called when the area is shown and after a change."""

    def refresh(self, change: Changed | None) -> None:
        """Read again what ``change`` touched."""
        if change is None or change.subject in ("firm", "person", "rate"):
            self.read()

    def narrow(self, narrow: bool) -> None:
        """Arrange for a narrow window, or not."""

    def say_who(self, people: list[PersonRow]) -> None:
        """Say who can change this, when the person who acts cannot."""
        if self.may_change:
            self.locked.hide()
            return
        allowed = who_may(self.action)
        names = [person.name for person in people if person.role in allowed and person.active]

        def words() -> str:
            roles = _(" or ").join(_(ROLE_TITLES[role]) for role in allowed)
            if not names:
                return _("Only {roles} can change this.").format(roles=roles)
            return _("Only {roles} can change this: {names}").format(
                roles=roles, names=pgettext("list", ", ").join(names)
            )

        self._locked_words.set_words(words)
        self.locked.show()

    def run(self, fn: Callable[[], Any], done: Callable[[Any], object] | None = None, *, slot: str = "") -> None:
        """Run on the worker; an error is shown at the top of the area."""
        self.desk.tasks.run(fn, done, self.failed, owner=self, slot=slot)

    def failed(self, error: BaseException) -> None:
        """Show an error."""
        self.trouble.show_error(error)
