"""Fields for parties: a name that offers who is on file, a number that is verified while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QStringListModel, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QWidget

from lawdesk.cases.page.handed_in import Desk
from lawdesk.cases.rules.court_numbers import CourtNumber, NumberKind, parse_court_number
from lawdesk.cases.rules.identifiers import Identifier, IdentifierKind, parse_identifier
from lawdesk.firm import Actor
from lawdesk.kernel.chinese import visible
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _, listed
from lawdesk.ui import Field, LineEdit, Words, dress_popup

IDENTIFIER_TITLES = {
    IdentifierKind.USCC: N_("Unified social credit code"),
    IdentifierKind.ID_CARD: N_("Identity card"),
    IdentifierKind.ORGANIZATION_CODE: N_("Organisation code"),
    IdentifierKind.PASSPORT: N_("Passport"),
    IdentifierKind.MOBILE: N_("Mobile number"),
    IdentifierKind.OTHER: N_("Other number"),
}
MOST_OFFERED = 8


@dataclass(frozen=True)
class Offer:
    """A party on file that is offered: its line in the list, and what the field shows when it is taken."""

    party_id: int
    shown: str
    name: str


def offers(desk: Desk, actor: Actor, words: str) -> list[Offer]:
    """Return the parties on file that ``words`` begin or may mean, also by sound or look; runs on the worker."""
    found = [
        Offer(row.subject_id, f"{row.title}  ({row.supporting})" if row.supporting else row.title, name)
        for row in desk.cases.queries.find(actor, words, "party", 6)
        if (name := row.supporting or row.title)
    ]
    there = {one.party_id for one in found}
    alike = desk.alike(actor, words) if desk.alike is not None and len(found) < MOST_OFFERED else ()
    found += [Offer(party, f"{name}  ({why})", name) for party, name, why in alike if party not in there]
    return found[:MOST_OFFERED]


class NameEdit(LineEdit):
    """A party's name. While typing it offers parties on file by characters, pinyin, initials, sound and look.

    ``picked(party id)`` when one of them is taken; typing on makes it somebody else again (``party_id`` None).
    """

    picked = Signal(int)

    def __init__(self, desk: Desk, placeholder: Words = "", *, name: Words = "", parent: QWidget | None = None):
        super().__init__(placeholder, name=name, parent=parent)
        self._desk = desk
        self.party_id: int | None = None
        self._offered: list[Offer] = []
        self._words = QStringListModel(self)
        completer = QCompleter(self._words, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setWrapAround(False)
        dress_popup(completer)
        completer.activated[QModelIndex].connect(self._take)  # type: ignore[index]  # the stubs lack overloads
        self.setCompleter(completer)
        self.textEdited.connect(self._edited)
        self.typed.connect(self._look_up)
        self.textChanged.connect(self._see)

    def set_party(self, party_id: int | None, name: str) -> None:
        """Show a party without telling anybody."""
        self.party_id = party_id
        self.setText(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        popup = self.completer().popup()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and popup.isVisible() and popup.currentIndex().isValid() and not self.composing:
            self._take(popup.currentIndex())  # before the field settles and the list goes
            popup.hide()
            return
        if event.key() == Qt.Key.Key_Down and self._offered and not popup.isVisible() and self.text().strip():
            self.completer().complete()
            return
        super().keyPressEvent(event)

    def _edited(self, _text: str) -> None:
        self.party_id = None

    def _see(self, text: str) -> None:
        """Take out at once what came by copying and cannot be seen: nobody could find and delete it."""
        seen = visible(text)
        if seen != text and not self.composing:
            self.setText(seen)

    def _look_up(self, text: str) -> None:
        words = text.strip()
        if any(words == shown for shown in self._words.stringList()) and self.completer().popup().isVisible():
            return  # only walking through the list
        self._offered = []
        self._words.setStringList([])
        if len(words) < 2 or self.party_id is not None or not self.hasFocus():
            return
        desk, actor = self._desk, self._desk.actor()
        desk.run(lambda: offers(desk, actor, words), self._offer, owner=self, slot="names")

    def _offer(self, found: list[Offer]) -> None:
        if not self.hasFocus() or self.composing or self.party_id is not None:
            return
        self._offered = found
        self._words.setStringList([one.shown for one in found])
        if found:
            self.completer().complete()

    def _take(self, index: QModelIndex) -> None:
        if index.isValid() and index.row() < len(self._offered):
            row = self._offered[index.row()]
            QTimer.singleShot(0, self, lambda: self._taken(row))  # after Qt has put the line into the field

    def _taken(self, offer: Offer) -> None:
        self.set_party(offer.party_id, offer.name)
        self.flush()
        self.picked.emit(offer.party_id)


def judge_identifier(field: Field, text: str) -> Identifier | None:
    """Say at ``field`` what a number is: a tick, birthday and sex, or what is wrong. Returns what was read."""
    if not text.strip():
        field.set_valid(False)
        return None
    read = parse_identifier(text)
    wrong = next((problem for problem in read.problems if problem.severity == "error"), None)
    doubt = next((problem for problem in read.problems if problem.severity == "warning"), None)
    if wrong is not None or doubt is not None:
        problem = wrong or doubt
        assert problem is not None
        field.set_problem(problem.words, warning=wrong is None)
        return read
    confirm(field, identifier_words(read))
    return read


def confirm(field: Field, words: Words | None = None) -> None:
    """Show a tick and, below it, what the number tells."""
    field.set_hint(words)
    if isinstance(field.editor, LineEdit):
        field.editor.set_state("valid")


def identifier_words(read: Identifier) -> Callable[[], str] | None:
    """Return what a valid number tells: birthday, sex, place of issue; None when nothing."""
    if read.kind != IdentifierKind.ID_CARD or read.birthday is None:
        return None
    day, place = read.birthday, read.place

    def words() -> str:
        sex = _("male") if read.sex == "male" else _("female")
        return listed([long_date(day), sex, place or ""])

    return words


def judge_court_number(field: Field, text: str) -> CourtNumber | None:
    """Say at ``field`` what a court case number tells: the court, the kind; or what is odd about it."""
    if not text.strip():
        field.set_problem(None)
        return None
    read = parse_court_number(text)
    serious = [problem for problem in read.problems if problem.severity != "note"]
    if read.kind == NumberKind.OTHER or (serious and read.kind != NumberKind.COURT):
        problem = (serious or list(read.problems))[0]
        field.set_problem(problem.words, warning=True)
        return read
    told = [read.court.name if read.court else "", read.case_type.meaning if read.case_type else ""]
    confirm(field, listed(told) or None)
    return read
