"""The side sheets of ethical walls: putting one up or changing it, ending it, answering who asked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.queries import PersonRow, QuestionRow, WallRow
from lawdesk.firm.rules import ANSWER_TITLES, Answer, Role, WallDraft
from lawdesk.firm.service import WallService
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import Button, CheckBox, ComboBox, Facts, Form, Label, LineEdit, Page, Sheet, vbox


class _WallForm(Sheet):
    """What the sheets share: a service to call, and closing when it is done."""

    def __init__(self, desk: SettingsDesk, page: Page, *body: QWidget, form: Form, button: Button) -> None:
        super().__init__(*body, button=button)
        self._desk, self._page, self.form = desk, page, form

    @property
    def walls(self) -> WallService:
        """The service; there is one wherever the area is offered."""
        assert self._desk.walls is not None
        return self._desk.walls

    def ask(self, work: Callable[[], object], said: Callable[[], str]) -> None:
        """Run ``work`` on the worker, then close with a word; an error shows at its field."""

        def done(_answer: object) -> None:
            self._page.toast(said)
            if self._page.host is not None:
                self._page.host.close_sheet()

        self.refuse(None, self.form)
        self._desk.tasks.run(work, done, lambda error: self.refuse(error, self.form), owner=self)


class WallSheet(_WallForm):
    """A wall: around what, why, who is inside, which director is shut out."""

    def __init__(self, desk: SettingsDesk, page: Page, people: Sequence[PersonRow], wall: WallRow | None) -> None:
        self._wall = wall
        form = Form()
        self.kind = ComboBox([("case", lambda: _("A case")), ("party", lambda: _("A party"))])
        self.kind.choose("case")
        self.words = LineEdit(lambda: _("Number, name or pinyin"), icon="search")
        self.found = ComboBox()
        self.reason = LineEdit()
        if wall is None:
            form.add("kind", lambda: _("Around"), self.kind, span=7)
            form.add("words", lambda: _("Search"), self.words, span=14)
            form.add("around", lambda: _("Case or party"), self.found, span=21, required=True)
        form.add("reason", lambda: _("Reason for it"), self.reason, span=21, required=True)
        inside = {person for person, _name in wall.inside} if wall else {desk.actor().person_id}
        outside = {person for person, _name in wall.outside} if wall else set()
        self.inside = {one.id: CheckBox(one.name, checked=one.id in inside) for one in people}
        leads = [one for one in people if one.role is Role.DIRECTOR]
        self.outside = {one.id: CheckBox(one.name, checked=one.id in outside) for one in leads}
        button = Button(
            (lambda: _("Put up the wall")) if wall is None else (lambda: _("Save")), self.save, kind="filled"
        )
        super().__init__(
            desk,
            page,
            form,
            _group(lambda: _("Who sees behind it"), lambda: "", self.inside.values()),
            _group(
                lambda: _("Shut out although they see everything"),
                lambda: _("For a director with an interest of their own."),
                self.outside.values(),
            ),
            form=form,
            button=button,
        )
        self.words.typed.connect(self._search)
        self.kind.chosen_changed.connect(lambda _key: self._search(self.words.text()))
        if wall is not None:
            self.reason.setText(wall.reason)
        self.setFocusProxy(self.words if wall is None else self.reason)

    def save(self) -> None:
        """Put the wall up, or change it."""
        actor, wall, walls, reason = self._desk.actor(), self._wall, self.walls, self.reason.text()
        inside = frozenset(person for person, box in self.inside.items() if box.isChecked())
        outside = frozenset(person for person, box in self.outside.items() if box.isChecked())
        if wall is not None:
            change = partial(
                walls.change, actor, wall.id, seen=wall.version, reason=reason, inside=inside, outside=outside
            )
            self.ask(change, lambda: _("The wall is changed"))
            return
        chosen = self.found.chosen()
        around = int(chosen) if isinstance(chosen, int) else None
        case_id, party_id = (around, None) if self.kind.chosen() == "case" else (None, around)
        draft = WallDraft(reason, case_id, party_id, inside, outside)
        self.ask(lambda: walls.put_up(actor, draft), lambda: _("The wall stands"))

    def _search(self, words: str) -> None:
        find, subject = self._desk.find, str(self.kind.chosen())

        def fill(rows: Sequence[tuple[int, str]]) -> None:
            self.found.set_choices(list(rows))
            self.found.choose(rows[0][0] if rows else None)

        if find is not None:
            self._desk.tasks.run(lambda: find(words, subject), fill, owner=self, slot="find")


class EndSheet(_WallForm):
    """Taking a wall down, with the reason."""

    def __init__(self, desk: SettingsDesk, page: Page, wall: WallRow) -> None:
        form = Form()
        self.reason = LineEdit()
        form.add("reason", lambda: _("Reason for it"), self.reason, span=21, required=True)
        facts = Facts([(lambda: _("Around"), wall.around), (lambda: _("Stands since"), f"{wall.since:%Y-%m-%d}")])
        button = Button(lambda: _("End the wall"), self.end, kind="danger")
        super().__init__(desk, page, facts, form, form=form, button=button)
        self._wall = wall
        self.setFocusProxy(self.reason)

    def end(self) -> None:
        """End it: everybody sees again what was behind."""
        actor, why = self._desk.actor(), self.reason.text()
        self.ask(lambda: self.walls.end(actor, self._wall.id, why), lambda: _("The wall is down"))


class AnswerSheet(_WallForm):
    """What was asked and what it met; the answer the person gets."""

    def __init__(self, desk: SettingsDesk, page: Page, question: QuestionRow) -> None:
        form = Form()
        self.answer = ComboBox([(one, partial(_, title)) for one, title in ANSWER_TITLES.items()])
        self.answer.choose(question.answer or Answer.FREE)
        self.words = LineEdit()
        self.words.setText(question.words)
        form.add("answer", lambda: _("Answer"), self.answer, span=21)
        form.add("words", lambda: _("A word for them (they can read it)"), self.words, span=21)
        facts = Facts(
            [
                (lambda: _("Asker"), question.person),
                (lambda: _("Names asked"), question.asked or "–"),
                (lambda: _("Behind the wall"), pgettext("list", ", ").join(question.about) or "–"),
            ]
        )
        button = Button(lambda: _("Answer"), self.send, kind="filled")
        super().__init__(desk, page, facts, form, form=form, button=button)
        self._question = question
        self.setFocusProxy(self.answer)

    def send(self) -> None:
        """Keep the answer; the next check of the same names says it."""
        actor, number = self._desk.actor(), self._question.id
        answer, words = Answer(str(self.answer.chosen())), self.words.text()
        self.ask(lambda: self.walls.answer(actor, number, answer, words), lambda: _("Answered"))


def _group(title: Callable[[], str], note: Callable[[], str], boxes: Iterable[CheckBox]) -> QWidget:
    """Return check boxes under a small heading; nothing at all without boxes."""
    group, widgets = QWidget(), list(boxes)
    said = Label(note, step="small", tone="text2", wrap=True)
    if not said.words():
        said.hide()
    vbox(Label(title, step="small_strong"), said, *widgets, space=1, parent=group)
    if not widgets:
        group.hide()
    return group
