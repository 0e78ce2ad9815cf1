"""Ethical walls: which stand, who met one, and what they are told."""

from __future__ import annotations

from dataclasses import dataclass

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.desk import SettingsDesk
from lawdesk.firm.page.wall_sheets import AnswerSheet, EndSheet, WallSheet
from lawdesk.firm.queries import PersonRow, QuestionRow, WallRow
from lawdesk.firm.rules import ANSWER_TITLES, Answer
from lawdesk.kernel.dates import local_time, short_date
from lawdesk.kernel.events import Changed
from lawdesk.kernel.i18n import _, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    EmptyState,
    Label,
    ListModel,
    Page,
    Row,
    RowAction,
    RowList,
    SectionHeading,
    Status,
    hbox,
    sized,
    theme,
)


@dataclass(frozen=True)
class _Read:
    people: list[PersonRow]
    walls: list[WallRow]
    questions: list[QuestionRow]


class WallsArea(Area):
    """Walls above, below them who asked: a reference is answered from here. Others see their own references."""

    key, icon, action = "walls", "eye-off", "wall.set"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(
            desk,
            page,
            lambda: _("Ethical walls"),
            lambda: _(
                "Who stands outside a wall does not find, see or count what is behind it. A conflict check still "
                "searches there and says only: ask the director, with a number."
            ),
        )
        self.people: list[PersonRow] = []
        self.model = ListModel(to_row=self._wall, parent=self)
        self.list = RowList(
            self.model,
            name=lambda: _("Ethical walls"),
            empty=EmptyState("eye-off", lambda: _("No wall stands")),
        )
        self.list.opened.connect(self.open_wall)
        self.list.acted.connect(self._act)
        self.asked_model = ListModel(to_row=self._question, parent=self)
        self.asked = RowList(
            self.asked_model,
            name=lambda: _("Who asked"),
            empty=EmptyState("circle-check", lambda: _("Nobody met a wall")),
        )
        self.asked.opened.connect(self.open_question)
        self.asked.acted.connect(lambda item, _key: self.open_question(item))
        self.add = Button(lambda: _("Put up a wall"), self.put_up, icon="plus")
        self._standing = SectionHeading(lambda: _("Standing walls"))
        self.put(hbox(Label(""), STRETCH, self.add), self._standing, self.list)
        self.put(SectionHeading(lambda: _("Who asked")), self.asked)

    def read(self) -> None:
        desk, actor = self.desk, self.desk.actor()
        if desk.walls is None:
            return
        queries, leads = desk.walls.queries, self.may_change

        def work() -> _Read:
            people = desk.firm.queries.people(actor)
            if not leads:
                return _Read(people, [], queries.own_questions(actor))
            return _Read(people, queries.walls(actor), queries.questions(actor, open_only=False))

        self.run(work, self._fill, slot="walls")

    def refresh(self, change: Changed | None) -> None:
        if change is None or change.subject in ("wall", "person"):
            self.read()

    def restyle(self) -> None:
        if hasattr(self, "asked"):
            self._fit()

    def narrow(self, narrow: bool) -> None:
        self.list.set_narrow(narrow)
        self.asked.set_narrow(narrow)

    def put_up(self) -> None:
        """Open the side sheet for a new wall."""
        self._open(WallSheet(self.desk, self.page, self.people, None), _("Put up a wall"))

    def open_wall(self, wall: WallRow) -> None:
        """Open one wall in the side sheet."""
        self._open(WallSheet(self.desk, self.page, self.people, wall), wall.around)

    def open_question(self, question: QuestionRow) -> None:
        """Answer a reference; only who sets walls does."""
        if self.may_change:
            title = _("Reference {number}").format(number=question.id)
            self._open(AnswerSheet(self.desk, self.page, question), title)

    def _open(self, sheet: WallSheet | EndSheet | AnswerSheet, title: str) -> None:
        if self.page.host is not None:
            self.page.host.open_sheet(sheet, title)

    def _act(self, wall: WallRow, key: str) -> None:
        if key == "end":
            self._open(EndSheet(self.desk, self.page, wall), _("End the wall"))
        else:
            self.open_wall(wall)

    def _fill(self, read: _Read) -> None:
        self.people = read.people
        self.say_who(read.people)
        for part in (self.add, self._standing, self.list):
            part.setVisible(self.may_change)
        self.model.set_items(read.walls)
        self.asked_model.set_items(read.questions)
        self._fit()

    def _fit(self) -> None:
        """Be as high as the rows: the area scrolls, not the lists in it."""
        look = theme.current()
        for model, rows in ((self.model, self.list), (self.asked_model, self.asked)):
            high = (look.list_row_height + 2) * model.total if model.total else look.list_row_height * 3
            sized(rows, height=high / look.base)

    def _wall(self, wall: WallRow) -> Row:
        inside = pgettext("list", ", ").join(name for _id, name in wall.inside) or "–"
        segments = [_("inside: {names}").format(names=inside), wall.reason]
        if wall.outside:
            names = pgettext("list", ", ").join(name for _id, name in wall.outside)
            segments.insert(1, _("shut out: {names}").format(names=names))
        return Row(
            wall.id,
            wall.around,
            segments=tuple(segments),
            icon="eye-off",
            date=short_date(wall.since.date()),
            person=wall.set_by,
            actions=(
                RowAction("open", lambda: _("Details"), "pencil", "F2"),
                RowAction("end", lambda: _("End"), "x"),
            ),
        )

    def _question(self, one: QuestionRow) -> Row:
        number = _("Reference {number}").format(number=one.id)
        what = _("conflict check") if one.kind == "conflict" else _("tried to open it")
        about = pgettext("list", ", ").join(one.about)
        answer = one.answer
        if answer is not None:
            tone = {Answer.FREE: "green", Answer.CONFLICT: "red", Answer.LATER: "amber"}[answer]
            status = Status(_(ANSWER_TITLES[answer]), tone, "")
        else:
            status = Status(pgettext("reference", "open"), "amber", "clock")
        title = f"{number} · {one.person}" if self.may_change else number
        return Row(
            one.id,
            title,
            segments=tuple(part for part in (what, one.asked, about, one.words) if part),
            status=status,
            date=short_date(one.last_at.date()),
            date_sub=local_time(one.last_at),
            actions=(RowAction("answer", lambda: _("Answer"), "pencil", "F2"),) if self.may_change else (),
        )
