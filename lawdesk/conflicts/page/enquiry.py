"""From the names checked to the next step: an enquiry noted, or a new case begun."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from lawdesk.cases import CaseService, EnquiryDraft, PartyDraft, PartyKind, Side
from lawdesk.conflicts.rules import Asked, Role
from lawdesk.firm import Actor
from lawdesk.kernel.clock import Clock
from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, ErrorBlock, Form, Label, LineEdit, TaskRunner, TextArea, empty_layout, vbox

THIRD = "第三人"
_SIDES = {Role.CLIENT: Side.CLIENT, Role.ADVERSE: Side.ADVERSE, Role.THIRD: Side.THIRD}


def names_state(asked: Sequence[Asked]) -> dict[str, Any]:
    """Return the state a new case begins with when it comes from these names (``go("new-case", state=…)``)."""

    def row(one: Asked) -> dict[str, Any]:
        return {"name": one.name, "identifier": one.identifiers[0] if one.identifiers else ""}

    return {
        "clients": [{**row(one), "kind": one.kind} for one in asked if one.role is Role.CLIENT],
        "others": [
            {**row(one), "standing": THIRD if one.role is Role.THIRD else ""}
            for one in asked
            if one.role is not Role.CLIENT
        ],
        "case": {},
        "team": {},
    }


def enquiry_parties(asked: Sequence[Asked]) -> tuple[tuple[Side, PartyDraft], ...]:
    """Return the names as the parties of an enquiry."""
    return tuple(
        (
            _SIDES[one.role],
            PartyDraft(
                one.name, PartyKind(one.kind), identifiers=tuple(("", number) for number in one.identifiers)
            ),
        )
        for one in asked
    )


def _found_from_now_on() -> str:
    return _("Its names are found by the conflict check from now on")


class EnquiryNote(QWidget):
    """The side sheet that notes the checked names as an enquiry; ``done(enquiry id)`` when it is noted."""

    def __init__(
        self,
        cases: CaseService,
        asked: Sequence[Asked],
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        clock: Clock,
        done: Callable[[int], object],
    ) -> None:
        super().__init__()
        self._cases, self._asked, self._actor = cases, tuple(asked), actor
        self._tasks, self._clock, self._done = tasks, clock, done
        self.subject = LineEdit(lambda: _("e.g. unpaid goods"))
        self.phone = LineEdit()
        self.note = TextArea(lines=4)
        form = Form()
        form.add("subject", lambda: _("What about"), self.subject, span=21)
        form.add("phone", lambda: _("Telephone"), self.phone, span=21)
        form.add("note", lambda: _("Notes"), self.note, span=21)
        self._trouble = vbox(space=0)
        names = Label("、".join(one.name[:40] for one in self._asked), step="strong", wrap=True)
        about = Label(
            lambda: _("Its names are found by the conflict check from now on"),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.button = Button(lambda: _("Note the enquiry"), self.save, kind="filled")
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        vbox(names, form, about, self._trouble, self.button, STRETCH, space=3, margins=(0, 1, 1, 4), parent=self)
        self.setFocusProxy(self.subject)

    def save(self) -> None:
        """Note it."""
        draft = EnquiryDraft(
            self.subject.text(),
            self._clock.today(),
            enquiry_parties(self._asked),
            self.phone.text(),
            self.note.toPlainText(),
        )
        actor = self._actor()
        self.button.setEnabled(False)
        self._tasks.run(lambda: self._cases.take_enquiry(actor, draft), self._done, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        empty_layout(self._trouble)
        self._trouble.addWidget(ErrorBlock(error))
