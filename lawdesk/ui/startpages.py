"""Before the office is open: unlocking it, making or opening one for the first time. Pure widgets with signals."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QWidget

from lawdesk.kernel.i18n import _
from lawdesk.ui import theme
from lawdesk.ui.blocks import Bar
from lawdesk.ui.buttons import Button
from lawdesk.ui.fields import LineEdit
from lawdesk.ui.forms import Field
from lawdesk.ui.labels import IconLabel, Label
from lawdesk.ui.layouts import STRETCH, hbox, sized, vbox
from lawdesk.ui.panes import ScrollArea
from lawdesk.ui.rail import Seal
from lawdesk.ui.words import Follows, Words, say

SHORTEST = 10
"""A passphrase has at least so many characters."""


class StartCard(QFrame):
    """A card in the middle of the window."""

    def __init__(self, width: float) -> None:
        super().__init__()
        sized(self, width=width)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        return False  # the width is fixed, so the height is known: see sizeHint

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        layout = self.layout()
        width = self.maximumWidth()
        return QSize(width, layout.totalHeightForWidth(width)) if layout is not None else super().sizeHint()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        look = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(look.color("line"), 1))
        painter.setBrush(look.color("raised"))
        radius = look.radius("palette")
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class StartPage(Follows, QWidget):
    """A card on the rail's ground, scrolling when the window is small."""

    def __init__(self, card: QWidget) -> None:
        super().__init__()
        self.setObjectName("shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        inner = QWidget()
        vbox(STRETCH, hbox(STRETCH, card, STRETCH, space=0), STRETCH, space=0, margins=4, parent=inner)
        vbox(ScrollArea(inner), space=0, parent=self)


class UnlockPage(StartPage):
    """The firm, one field, unlock. Below: what was wrong and how long to wait; other ways in. No client's name.

    Signals: ``unlock_asked(passphrase)``, ``system_asked()``, ``code_asked(recovery code)`` (the same field takes
    it, in clear, after "Use the recovery code"), ``other_asked()`` (another office), ``restore_asked()`` (offered
    by :meth:`offer_restore`), ``quit_asked()``. ``timer_runs`` says that a running timer goes on, ``held`` what
    of the office stays in memory while it is locked, with a way to end that.
    """

    unlock_asked = Signal(str)
    system_asked = Signal()
    code_asked = Signal(str)
    other_asked = Signal()
    restore_asked = Signal()
    quit_asked = Signal()

    def __init__(
        self,
        firm: str,
        note: Words = "",
        *,
        system: bool = False,
        other: bool = True,
        timer_runs: bool = False,
        held: Words = "",
    ) -> None:
        card = StartCard(25.3)
        super().__init__(card)
        self._wait = 0
        self._codes = False
        self._wrong: Words = ""
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._count_down)
        self.edit = LineEdit(lambda: _("Passphrase"), secret=True)
        self.edit.submitted.connect(self._ask)
        self.code = LineEdit(lambda: _("Recovery code, eight groups of four"))
        self.code.submitted.connect(self._ask)
        self._error, self._error_text = QWidget(), Label("", step="small", tone="red", wrap=True)
        self._lay_out_error()
        self.button = Button(lambda: _("Unlock"), self._ask, kind="filled")
        self.button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        by_system = Button(lambda: _("Unlock with the system's credential"), self.system_asked.emit, kind="link")
        self.by_code = Button(lambda: _("Use the recovery code"), self.take_code, kind="link")
        another = Button(lambda: _("Open another office"), self.other_asked.emit, kind="link")
        self.restore = Button(lambda: _("Restore from a backup"), self.restore_asked.emit, icon="rotate-cw")
        self.restore.hide()
        runs = QWidget()
        words = Label(lambda: _("The timer goes on; locking loses nothing"), step="small", tone="text2")
        hbox(STRETCH, IconLabel("timer", tone="text2", units=4), words, STRETCH, space=1.5, parent=runs)
        self._truth = self._make_truth(held)
        name = Label(firm, step="h2", wrap=True)
        about = Label(note, step="small", tone="text2", wrap=True)
        for label in (name, about):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.code.hide()
        wanted = (
            (about, bool(say(note))),
            (by_system, system),
            (another, other),
            (runs, timer_runs),
            (self._truth, bool(say(held))),
        )
        for widget in [widget for widget, wish in wanted if not wish]:
            widget.hide()
        links = [hbox(STRETCH, link, STRETCH, space=0) for link in (by_system, self.by_code, another)]
        seal = hbox(STRETCH, Seal(12), STRETCH, space=0)
        vbox(
            seal, 2, name, about, 2, self.edit, self.code, self._error, self.restore, self.button, 1, *links, runs,
            self._truth,
            space=2, margins=(8, 8, 8, 6), parent=card,
        )  # fmt: skip
        self.setFocusProxy(self.edit)

    def _lay_out_error(self) -> None:
        mark = IconLabel("circle-alert", tone="red", units=3.6)
        line = hbox(mark, self._error_text, space=1, parent=self._error)
        line.setStretch(1, 1)
        line.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        self._error.hide()

    def _make_truth(self, held: Words) -> QWidget:
        """Return the sentence about what stays in memory, with the way to end that."""
        truth = QWidget()
        self._held = said = Label(held, step="small", tone="text2", wrap=True)
        said.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        leave = Button(lambda: _("Close LawDesk"), self.quit_asked.emit, kind="link")
        vbox(said, hbox(STRETCH, leave, STRETCH, space=0), space=1, parent=truth)
        return truth

    def set_error(self, words: Words, *, wait_seconds: int = 0) -> None:
        """Say what was wrong; for ``wait_seconds`` no other try is taken, counted down in the sentence."""
        self._wrong, self._wait = words, wait_seconds
        self._field().selectAll()
        self._field().set_state("error")
        self._show_error()
        if wait_seconds > 0:
            self._tick.start()
        self._field().setFocus()

    def set_held(self, held: Words) -> None:
        """Say what of the office stays in memory now; "" says nothing."""
        self._held.set_words(held)
        self._truth.setVisible(bool(say(held)))

    def forget(self) -> None:
        """Forget what was typed."""
        self.edit.setText("")  # unlike clear() it leaves nothing to undo
        self.code.setText("")

    def offer_restore(self) -> None:
        """Offer the way back from a backup: the office itself does not open."""
        self.restore.show()

    def set_busy(self, busy: bool) -> None:
        """While the key is derived the button rests."""
        self.button.setEnabled(not busy and self._wait <= 0)
        self.button.set_words((lambda: _("Unlocking …")) if busy else (lambda: _("Unlock")))

    def take_code(self) -> None:
        """Let the page take the printed recovery code, or the passphrase again."""
        self._codes = not self._codes
        self.edit.setVisible(not self._codes)
        self.code.setVisible(self._codes)
        self.by_code.set_words(
            (lambda: _("Use the passphrase")) if self._codes else (lambda: _("Use the recovery code"))
        )
        self._error.hide()
        self.setFocusProxy(self._field())  # a hidden proxy would end the walk of Tab at the last link
        self._field().setFocus()

    def _field(self) -> LineEdit:
        return self.code if self._codes else self.edit

    def _ask(self) -> None:
        field = self._field()
        if self._wait <= 0 and field.text().strip():
            field.set_state("")
            self._error.hide()
            asked = self.code_asked if self._codes else self.unlock_asked
            asked.emit(field.text())

    def _count_down(self) -> None:
        self._wait -= 1
        if self._wait <= 0:
            self._tick.stop()
        self._show_error()

    def _show_error(self) -> None:
        words = say(self._wrong)
        if self._wait > 0:
            words = " ".join((words, _("You can try again in {count} seconds.").format(count=self._wait)))
        self._error_text.set_words(words)
        self._error.show()
        self.button.setEnabled(self._wait <= 0)


@dataclass(frozen=True)
class NewOffice:
    """What a new office needs."""

    firm: str
    person: str
    passphrase: str
    folder: Path


def strength(passphrase: str) -> float:
    """Return a rough strength, 0 to 1: length counts most, variety a little; a guide for people, not a proof."""
    kinds = sum(
        (
            any(char.islower() for char in passphrase),
            any(char.isupper() for char in passphrase),
            any(char.isdigit() for char in passphrase),
            any(not char.isalnum() for char in passphrase),
            any(ord(char) > 0x2E80 for char in passphrase),
        )
    )
    different = len(set(passphrase))
    weight = sum(2.5 if ord(char) > 0x2E80 else 1.0 for char in passphrase)
    return min(1.0, min(weight, different * 1.6) / 20 * (0.75 + 0.1 * kinds))


class WelcomePage(StartPage):
    """The first start: make the firm's office, open one, or restore one.

    ``create_asked(NewOffice)``, ``open_asked(Path)``, ``restore_asked()``.
    """

    create_asked = Signal(object)
    open_asked = Signal(object)
    restore_asked = Signal()

    def __init__(self, folder: Path) -> None:
        card = StartCard(34)
        super().__init__(card)
        self.firm = LineEdit(lambda: _("e.g. Henglan Law Firm"))
        self.person = LineEdit("")
        self.passphrase = LineEdit("", secret=True)
        self.again = LineEdit("", secret=True)
        self.folder = LineEdit("")
        self.folder.setText(str(folder))
        self._fields = {
            "firm": Field(lambda: _("Name of the firm"), self.firm, required=True),
            "person": Field(lambda: _("Your name"), self.person, required=True),
            "passphrase": Field(lambda: _("Passphrase"), self.passphrase, required=True),
            "again": Field(lambda: _("Passphrase again"), self.again, required=True),
            "folder": Field(lambda: _("Folder for the office"), self.folder, required=True),
        }
        self._bar = Bar(name=lambda: _("Strength of the passphrase"))
        self._strength = Label("", step="small", tone="text2")
        self.passphrase.textChanged.connect(self._rate)
        self._rate("")
        choose = Button(lambda: _("Choose …"), self._choose_folder)
        where = hbox(self._fields["folder"], choose, space=2)
        where.setStretch(0, 1)
        where.setAlignment(choose, Qt.AlignmentFlag.AlignBottom)
        self.button = Button(lambda: _("Create the office"), self._ask, kind="filled")
        opened = Button(lambda: _("Open an existing office"), self._choose_office, kind="link")
        restored = Button(lambda: _("Restore from a backup"), self.restore_asked.emit, kind="link")
        title = Label(lambda: _("Welcome to LawDesk"), step="h1")
        about = Label(
            lambda: _(
                "Everything stays on this PC, encrypted. Without the passphrase or the recovery code, which "
                "is shown once after this step, nobody can read it: not even we."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        meter = hbox(self._bar, self._strength, space=2)
        meter.setStretch(0, 1)
        words = hbox(self._fields["passphrase"], self._fields["again"], space=3)
        vbox(
            hbox(Seal(9), title, STRETCH, space=3), about, 1,
            self._fields["firm"], self._fields["person"], words, meter, where, 2,
            hbox(self.button, STRETCH, opened, restored, space=3),
            space=2, margins=(7, 7, 7, 6), parent=card,
        )  # fmt: skip
        for edit in (self.firm, self.person, self.passphrase, self.again, self.folder):
            edit.submitted.connect(self._ask)
        self.setFocusProxy(self.firm)

    def set_error(self, words: Words) -> None:
        """Say why the office could not be made."""
        self._fields["folder"].set_problem(words)

    def set_busy(self, busy: bool) -> None:
        """While the office is made the button rests."""
        self.button.setEnabled(not busy)
        self.button.set_words((lambda: _("Creating …")) if busy else (lambda: _("Create the office")))

    def _ask(self) -> None:
        for field in self._fields.values():
            field.set_problem(None)
        wrong: dict[str, Words] = {}
        if not self.firm.text().strip():
            wrong["firm"] = lambda: _("Write the firm's name, as on its licence.")
        if not self.person.text().strip():
            wrong["person"] = lambda: _("Write your name.")
        if len(self.passphrase.text()) < SHORTEST:
            wrong["passphrase"] = lambda: _("At least {count} characters; a sentence is best.").format(
                count=SHORTEST
            )
        elif self.passphrase.text() != self.again.text():
            wrong["again"] = lambda: _("The two are not the same.")
        if not self.folder.text().strip():
            wrong["folder"] = lambda: _("Choose where the office is kept.")
        for key, words in wrong.items():
            self._fields[key].set_problem(words)
        if wrong:
            self._fields[next(iter(wrong))].editor.setFocus()
            return
        folder = Path(self.folder.text().strip())
        office = NewOffice(self.firm.text().strip(), self.person.text().strip(), self.passphrase.text(), folder)
        self.create_asked.emit(office)

    def _rate(self, text: str) -> None:
        part = strength(text)
        token = "red" if part < 0.45 else "amber" if part < 0.75 else "green"
        self._bar.set_part(part, token=token)

        def words() -> str:
            if not text:
                return _("A sentence you remember is best")
            return {"red": _("weak"), "amber": _("fair"), "green": _("strong")}[token]

        self._strength.set_words(words)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the office"), self.folder.text())
        if chosen:
            self.folder.setText(chosen)

    def _choose_office(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("Open an existing office"), self.folder.text())
        if chosen:
            self.open_asked.emit(Path(chosen))
