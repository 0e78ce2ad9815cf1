"""Another office key: what it is for, a sheet with what happens and which ways go on, and off it goes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.codes import WAYS
from lawdesk.firm.page.desk import AnotherKey, KeyStand, KeyWayShown
from lawdesk.kernel.errors import LawDeskError
from lawdesk.kernel.i18n import _
from lawdesk.ui import (
    STRETCH,
    Button,
    CheckBox,
    Form,
    IconLabel,
    Label,
    LineEdit,
    ScrollArea,
    SectionHeading,
    Sheet,
    hbox,
    vbox,
)

MEGABYTE = 1_000_000


class NewKeyPart(QWidget):
    """What another key is for, and the button that opens the sheet; on a server, what to do instead."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area
        self.about = Label("", step="small", tone="text2", wrap=True)
        self.button = Button(lambda: _("Change the office key …"), self.open, icon="lock")
        heading = SectionHeading(lambda: _("Another office key"))
        vbox(heading, self.about, hbox(self.button, STRETCH), space=2, parent=self)
        self.hide()

    def show_for(self, *, server: bool) -> None:
        """Show the part for an office on this PC or on a server."""
        self.setVisible(self._area.desk.another_key is not None)
        self.button.setVisible(not server)
        self.button.setEnabled(self._area.may_change)
        self.about.set_words(_about_server if server else _about)

    def open(self) -> None:
        """Read what a change would meet, then open the sheet."""
        another = self._area.desk.another_key
        if another is not None:
            self._area.trouble.clear()
            self._area.run(another.stand, lambda stand: self._show(another, stand), slot="another key")

    def _show(self, another: AnotherKey, stand: KeyStand) -> None:
        host = self._area.page.host
        if host is not None:
            sheet = NewKeySheet(self._area, another, stand)
            host.open_sheet(sheet, lambda: _("Change the office key"))
            QTimer.singleShot(0, sheet, sheet.begin)


class NewKeySheet(Sheet):
    """What happens, which ways go on, the passphrase; the window does the rest."""

    def __init__(self, area: Area, another: AnotherKey, stand: KeyStand) -> None:
        self._area, self._another = area, another
        self.ways = {one.way: _tick(one) for one in stand.ways}
        self.passphrase = LineEdit(secret=True)
        self.form = Form()
        self.form.add("passphrase", lambda: _("The office's passphrase"), self.passphrase, span=21)
        self.go = Button(lambda: _("Change the key now"), self.change, kind="filled")
        super().__init__(
            Label(_about, wrap=True),
            *(_fact(icon, words, tone) for icon, words, tone in _facts(stand)),
            self._ways_part(),
            self.form,
            button=self.go,
        )
        self.passphrase.submitted.connect(self.change)
        (self.explained,) = self.findChildren(ScrollArea)
        self.explained.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.explained.setAccessibleName(_("What happens"))

    def begin(self) -> None:
        """Put the keyboard where the eyes are: in the field, or with large text where the explanation begins."""
        seen = not self.passphrase.visibleRegion().isEmpty()
        (self.passphrase if seen else self.explained).setFocus(Qt.FocusReason.OtherFocusReason)

    def change(self) -> None:
        """Try the passphrase; if it is right, hand over to the window, which locks itself meanwhile."""
        words, another = self.passphrase.text(), self._another
        end = tuple(way for way, box in self.ways.items() if not box.isChecked())
        self.refuse(None, self.form)
        self.go.setEnabled(False)

        def proved(_nothing: object) -> None:
            self.passphrase.setText("")
            if self._area.page.host is not None:
                self._area.page.host.close_sheet()
            another.begin(words, end)

        self._area.desk.tasks.run(lambda: another.prove(words), proved, self._failed, owner=self)

    def _failed(self, error: BaseException) -> None:
        self.go.setEnabled(True)
        if isinstance(error, LawDeskError) and error.code == "key.wrong_passphrase":
            what = error.what
            field = self.form.field("passphrase")
            field.set_problem(lambda: _(what))
            QTimer.singleShot(0, self, lambda: self.explained.ensureWidgetVisible(field))
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.refuse(error, self.form)

    def _ways_part(self) -> QWidget:
        part = QWidget()
        title = Label(lambda: _("What else opens the office"), step="small_strong")
        said = _ticked if self.ways else _no_other
        vbox(title, Label(said, step="small", tone="text2", wrap=True), *self.ways.values(), space=1, parent=part)
        return part


def _about() -> str:
    return _(
        "For when somebody who knew a code has left or a copy was stolen: database and documents are written anew "
        "under another random key, then exchanged at once."
    )


def _about_server() -> str:
    return _(
        "The key of an office on a server cannot be changed: other seats work with the old one meanwhile. "
        "Change passphrase and codes instead; or export the office and bring the export into a new one, "
        "which has a key of its own."
    )


def _ticked() -> str:
    return _("What is ticked goes on without being typed. Untick what shall not open the office any more.")


def _no_other() -> str:
    return _("Only the passphrase and the recovery code.")


def _facts(stand: KeyStand) -> list[tuple[str, Callable[[], str], str]]:
    needed, free = -(-stand.needed // MEGABYTE), stand.free // MEGABYTE
    short = stand.free < stand.needed

    def room() -> str:
        words = _("It needs {needed} MB on the office's disk; {free} MB are free.")
        return words.format(needed=f"{needed:,}", free=f"{free:,}")

    return [
        (
            "lock",
            lambda: _(
                "This window is locked while it runs and opens again by itself. What is typed stays. No other "
                "LawDesk may have the office open."
            ),
            "text2",
        ),
        ("hard-drive-download", room, "red" if short else "text2"),
        (
            "printer",
            lambda: _(
                "The passphrase stays. The recovery code is made anew and shown at the end, to be printed; "
                "the one before ends."
            ),
            "text2",
        ),
        (
            "history",
            lambda: _(
                "Backups made before stay as they are: they open with the passphrase and the codes of their "
                "time, also for whoever has a stolen copy. Destroy what nobody should read any more. A new "
                "backup is made."
            ),
            "text2",
        ),
        (
            "undo-2",
            lambda: _(
                "Stopped or cut off, even by a power failure, it leaves the old key; never something between."
            ),
            "text2",
        ),
    ]


def _fact(icon: str, words: Callable[[], str], tone: str) -> QWidget:
    line, mark = QWidget(), IconLabel(icon, tone=tone, units=4)
    layout = hbox(mark, Label(words, step="small", tone=tone, wrap=True), space=2, parent=line)
    layout.setStretch(1, 1)
    layout.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    return line


def _tick(one: KeyWayShown) -> CheckBox:
    def words() -> str:
        if one.way == "keyring":
            named = _("This PC's log-in (its keyring)")
        elif one.way in WAYS:
            named = _("Printed code: {name}").format(name=_(WAYS[one.way]))
        elif one.name:
            named = _("{name}'s own passphrase").format(name=one.name)
        else:
            named = _("The own passphrase of somebody who is not listed any more")
        return named if one.renewable else _("{way} (made by an older LawDesk: it ends)").format(way=named)

    box = CheckBox(words, checked=one.renewable)
    box.setEnabled(one.renewable)
    return box
