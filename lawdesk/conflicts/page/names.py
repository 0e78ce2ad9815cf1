"""The field of names on the conflicts page: each a token with its role, reachable and changed by the keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QSizePolicy, QWidget

from lawdesk.conflicts.page import words
from lawdesk.conflicts.rules import Asked, Role, guess_kind, may_be_person
from lawdesk.kernel.chinese import visible
from lawdesk.kernel.i18n import _
from lawdesk.ui import Command, FlowLayout, Follows, IconLabel, LineEdit, hbox, icons, menu_of, paint_ring, theme

_NUMBER = re.compile(r"^(?P<name>.*\S)\s+(?P<number>[0-9A-Za-z][0-9A-Za-z\-]{13,20}[0-9A-Za-z])$", re.DOTALL)
ROLES = (Role.CLIENT, Role.ADVERSE, Role.THIRD)


def read_name(text: str, role: Role) -> Asked:
    """Return the name typed; an identity number or credit code after it is taken as its number.

    What cannot be seen (control characters, marks of direction) came by copying and is no part of a name.
    """
    plain = " ".join(visible(text).split())
    found = _NUMBER.match(plain)
    if found is not None and sum(char.isdigit() for char in found["number"]) >= 8:
        return _asked(found["name"].strip(), role, (found["number"],))
    return _asked(plain, role, ())


def _asked(name: str, role: Role, numbers: tuple[str, ...]) -> Asked:
    return Asked(name, role, "unknown" if may_be_person(name) else guess_kind(name), numbers)


def names_of(names: Iterable[Any]) -> list[Asked]:
    """Return names handed over as text or as values with ``name``, ``side`` and ``identifier``."""
    made: list[Asked] = []
    for one in names:
        if isinstance(one, Asked):
            made.append(one)
        elif isinstance(one, str):
            made.append(read_name(one, Role.ADVERSE))
        else:
            side = getattr(one, "side", "adverse")
            role = Role(side) if side in set(Role) else Role.THIRD
            made.append(read_name(" ".join(part for part in (one.name, one.identifier) if part), role))
    return made


class NamesField(QFrame):
    """Names with their roles. Enter adds what is typed; Enter in the empty field asks the check.

    The first name is the prospective client, the next the other side; a token's menu (Enter, click or Alt+1 to
    Alt+3 for the last one) changes the role, edits or removes it. Backspace in the empty field takes the last name
    back into it. ``changed()`` after any of that, ``asked()`` when Enter asks once more.
    """

    changed = Signal()
    asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tokenfield")
        self._names: list[Asked] = []
        self._tokens: list[NameToken] = []
        self.edit = LineEdit(self._placeholder, name=lambda: _("Name to check"))
        self.edit.setProperty("bare", True)
        self.edit.setMinimumWidth(theme.em(12))
        self.edit.installEventFilter(self)
        self.edit.submitted.connect(self._enter)
        inner = QWidget()
        self._flow = FlowLayout(inner, space=2, grow_last=True)
        self._flow.addWidget(self.edit)
        line = hbox(IconLabel("search"), inner, space=2, margins=(1, 0.75, 1, 0.75), parent=self)
        line.setStretch(1, 1)
        self.setFocusProxy(self.edit)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def names(self) -> tuple[Asked, ...]:
        """Return the names in order."""
        return tuple(self._names)

    def set_names(self, names: Sequence[Asked]) -> None:
        """Show other names without telling anybody."""
        self._names = list(dict.fromkeys(names))
        self._rebuild()

    def next_role(self) -> Role:
        """Return the role of the next name: a check needs a client first, then the other side."""
        return Role.ADVERSE if any(one.role is Role.CLIENT for one in self._names) else Role.CLIENT

    def set_role(self, place: int, role: Role) -> None:
        """Ask a name in another role."""
        if 0 <= place < len(self._names) and self._names[place].role is not role:
            self._names[place] = replace(self._names[place], role=role)
            self._rebuild()
            self.changed.emit()

    def remove(self, place: int) -> None:
        """Take a name out."""
        self._names.pop(place)
        self._rebuild()
        self.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def edit_name(self, place: int) -> None:
        """Take a name back into the field, to change it or to add its number."""
        name = self._names[place]
        self.remove(place)
        self.edit.setText(" ".join([name.name, *name.identifiers]))

    def flush(self) -> None:
        """Take what is typed as a name; of several pasted lines each is one."""
        if self.edit.composing:
            return
        lines = self.edit.text().splitlines()
        self.edit.clear()
        before = len(self._names)
        for line in lines:
            name = read_name(line, self.next_role())
            if name.name and name not in self._names:
                self._names.append(name)
        if len(self._names) != before:
            self._rebuild()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if watched is self.edit:
            if isinstance(event, QFocusEvent):
                self.setProperty("inside", event.type() == QEvent.Type.FocusIn)
                self.style().unpolish(self)
                self.style().polish(self)
            pressed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
            if pressed and self._names and self._pressed(event):  # type: ignore[arg-type]  # it is a key event
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        wanted = event.key() - Qt.Key.Key_1
        if event.modifiers() == Qt.KeyboardModifier.AltModifier and 0 <= wanted < len(ROLES):
            self.set_role(len(self._names) - 1, ROLES[wanted])
            return True
        empty = not self.edit.text() and not self.edit.composing
        if empty and event.key() == Qt.Key.Key_Backspace:
            self.edit_name(len(self._names) - 1)
            return True
        return False

    def _enter(self) -> None:
        if self.edit.text().strip():
            self.flush()
        elif self._names:
            self.asked.emit()

    def _placeholder(self) -> str:
        if not self._names:
            return _("Name of the prospective client, then Enter; a number may follow the name")
        return _("one more name …")

    def _rebuild(self) -> None:
        for token in self._tokens:
            self._flow.removeWidget(token)
            token.hide()
            token.deleteLater()
        self._tokens = []
        for place, name in enumerate(self._names):
            token = NameToken(name)
            token.clicked.connect(partial(self._open_menu, place))
            token.crossed.connect(partial(self.remove, place))
            self._tokens.append(token)
            self._flow.insert(self._flow.count() - 1, token)
        self.edit.retranslate()
        self.updateGeometry()

    def _open_menu(self, place: int) -> None:
        token, chosen = self._tokens[place], self._names[place].role

        def role_command(role: Role) -> Command:
            mark = "check" if role is chosen else "circle"
            return Command(role.value, partial(words.role_words, role), partial(self.set_role, place, role), mark)

        commands: list[Command | None] = [role_command(role) for role in ROLES]
        commands += [
            None,
            Command("edit", lambda: _("Edit, or add a number"), partial(self.edit_name, place), "pencil"),
            Command("remove", lambda: _("Remove"), partial(self.remove, place), "x"),
        ]
        menu_of(commands, token).popup(token.mapToGlobal(QPoint(0, token.height())))


class NameToken(Follows, QAbstractButton):
    """A name with its role. Click, Enter or Space opens its menu; the cross, Delete or Backspace removes it."""

    crossed = Signal()

    def __init__(self, name: Asked, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._text = name.name if len(name.name) <= 24 else f"{name.name[:24]}…"
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def restyle(self) -> None:
        if hasattr(self, "_text"):
            self.updateGeometry()
            self.update()

    def retranslate(self) -> None:
        if hasattr(self, "_text"):
            self.setAccessibleName(f"{self._name.name} {self._note()}")
            self.setToolTip(_("Change the role, edit or remove"))
            self.restyle()

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        look = theme.current()
        width = look.width("body", self._text) + look.u(1.5) + look.width("small", self._note())
        return QSize(width + look.u(4) + self._cross_width(), look.body_line + look.u(1.5))

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme.current()
        rect = QRectF(self.rect())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color("neutral_soft"))
        painter.drawRoundedRect(rect, look.radius("chip"), look.radius("chip"))
        left = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        x = float(look.u(2))
        for step, token, text in (("body", "text", self._text), ("small", "text2", self._note())):
            painter.setFont(look.font(step))
            painter.setPen(look.color(token))
            painter.drawText(rect.adjusted(x, 0, 0, 0), left, text)
            x += look.width(step, text) + look.u(1.5)
        cross = QRectF(rect.right() - self._cross_width(), 0, self._cross_width(), rect.height())
        icons.paint(painter, "x", "text2", cross, units=3.6)
        if self.hasFocus():
            paint_ring(painter, rect, look.radius("chip"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.crossed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        if self.isDown() and event.position().x() >= self.width() - self._cross_width():
            self.setDown(False)
            self.crossed.emit()
            return
        super().mouseReleaseEvent(event)

    def _cross_width(self) -> int:
        return theme.current().icon_size(3.6) + theme.u(2)

    def _note(self) -> str:
        number = f" …{self._name.identifiers[0][-4:]}" if self._name.identifiers else ""
        return words.role_words(self._name.role) + number
