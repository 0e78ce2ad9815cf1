"""The side sheet in which members declare relatives, offices, shares and matters handled elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from lawdesk.cases import (
    FORMER_ROLES,
    RELATION_TITLES,
    SIDE_TITLES,
    TAKEN_BACK_TITLES,
    CaseService,
    Declared,
    DeclaredTie,
    FormerMatterDraft,
    FormerMatterRow,
    PartyDraft,
    PartyKind,
    RelationKind,
    Side,
    TakenBack,
    guess_party_kind,
)
from lawdesk.conflicts.page.blocks import icon_line
from lawdesk.conflicts.service import ConflictService
from lawdesk.firm import Actor
from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import _, listed
from lawdesk.ui import (
    STRETCH,
    Button,
    ComboBox,
    DateEdit,
    Form,
    Gap,
    Label,
    LineEdit,
    SectionHeading,
    Sheet,
    TaskRunner,
    empty_layout,
    hbox,
    vbox,
)

_PEOPLE = (RelationKind.SPOUSE, RelationKind.RELATIVE)
_THEIRS = (RelationKind.EMPLOYER, RelationKind.FORMER_EMPLOYER, *_PEOPLE)
"""The other one is this of the member; of all other kinds the member is it (a shareholder, a guarantor)."""


def choose_list(parent: QWidget) -> Path | None:
    """Ask for the list of former matters."""
    name, _kind = QFileDialog.getOpenFileName(parent, _("Choose the list"), "", "CSV, Excel (*.csv *.xlsx *.xlsm)")
    return Path(name) if name else None


class MembersSheet(Sheet):
    """One member, then relatives and offices one by one, former matters one by one or as a list."""

    def __init__(
        self,
        service: ConflictService,
        cases: CaseService,
        *,
        actor: Callable[[], Actor],
        tasks: TaskRunner,
        choose: Callable[[QWidget], Path | None] = choose_list,
    ) -> None:
        self._cases, self._actor, self._tasks, self._choose = cases, actor, tasks, choose
        people = service.members(actor())
        self.member = ComboBox(
            [(str(number), name) for number, name in people], name=lambda: _("Member of the firm")
        )
        own = actor().person_id
        if own is not None:
            self.member.choose(str(own))
        member = Form()
        member.add("member", lambda: _("Member of the firm"), self.member, span=21)
        form, matter = self._forms = (self._relation_form(), self._matter_form())
        self.said = Label("", step="small", tone="green", wrap=True)
        note = Label(
            lambda: _("A list with the columns client (委托人), adverse (对方), role, place, ended_on"),
            step="small",
            tone="text2",
            wrap=True,
        )
        self._state = Label("", step="small", tone="text2", wrap=True)
        self.declared = QWidget()
        self._declared_rows = vbox(space=1, parent=self.declared)
        nothing = Button(lambda: _("Nothing to declare"), self.declare, kind="link")
        bring_in = Button(lambda: _("Bring in a list"), self.bring_in, icon="file-spreadsheet")
        super().__init__(
            member,
            self.said,
            self._state,
            self.declared,
            Gap(1),
            SectionHeading(lambda: _("Relatives, offices, shares")),
            form,
            hbox(Button(lambda: _("Add"), self.add_relation, icon="plus"), nothing, STRETCH, space=2),
            Gap(1),
            SectionHeading(lambda: _("Matters handled elsewhere")),
            matter,
            hbox(Button(lambda: _("Add"), self.add_matter, icon="plus"), bring_in, STRETCH, space=2),
            note,
        )
        self.member.chosen_changed.connect(lambda _key: self.read())
        self.read()

    def _relation_form(self) -> Form:
        kinds = [(kind.value, partial(_title, kind)) for kind in RelationKind if kind is not RelationKind.BRANCH]
        self.kind = ComboBox(kinds, name=lambda: _("Relation"))
        self.kind.choose(RelationKind.SPOUSE.value)
        self.name = LineEdit()
        self.name.submitted.connect(self.add_relation)
        whose = lambda: _("Name of the relative, company or employer")  # noqa: E731
        form = Form()
        form.add("kind", lambda: _("Relation"), self.kind, span={"zh": 8, "en": 21})
        form.add("name", whose, self.name, span={"zh": 13, "en": 21})
        return form

    def _matter_form(self) -> Form:
        self.role = ComboBox([(key, partial(_role, key)) for key in FORMER_ROLES], name=lambda: _("As what"))
        self.role.choose("lawyer")
        self.client, self.adverse, self.ended = LineEdit(), LineEdit(), DateEdit()
        form = Form()
        form.add("role", lambda: _("As what"), self.role, span={"zh": 10, "en": 21})
        form.add("ended_on", lambda: _("Ended on"), self.ended, span={"zh": 11, "en": 21})
        form.add("client", lambda: _("Former matter: client"), self.client, span=21)
        form.add("adverse", lambda: _("Former matter: other side"), self.adverse, span=21)
        return form

    def read(self) -> None:
        """Read again what the member chosen declared."""
        look_up = partial(self._cases.queries.declared, self._actor(), self._person())
        self._tasks.run(look_up, self._show, self._failed, owner=self, slot="declared")

    def add_relation(self) -> None:
        """Register the relation typed."""
        name, kind = self.name.text().strip(), RelationKind(str(self.kind.chosen()))
        sort = PartyKind.PERSON if kind in _PEOPLE else guess_party_kind(name)
        add = partial(
            self._cases.add_member_relation,
            self._actor(),
            self._person(),
            kind,
            PartyDraft(name, sort),
            member_is=kind not in _THEIRS,
        )
        self._write(add, _("Added: {name}").format(name=name), self.name)

    def declare(self) -> None:
        """Note that the member has nothing to declare."""
        said = _("Added: {name}").format(name=_("Nothing to declare"))
        self._write(partial(self._cases.declare_member, self._actor(), self._person()), said)

    def add_matter(self) -> None:
        """Keep the former matter typed."""
        sides = (("client", self.client.text().strip()), ("adverse", self.adverse.text().strip()))
        parties = tuple((side, name) for side, name in sides if name)
        title = listed(name for _side, name in parties)
        draft = FormerMatterDraft(title, parties, str(self.role.chosen()), ended_on=self.ended.day())
        add = partial(self._cases.add_former_matter, self._actor(), self._person(), draft)
        self._write(add, _("Added: {name}").format(name=title), self.client, self.adverse)

    def bring_in(self) -> None:
        """Ask for a list of former matters and bring it in."""
        path = self._choose(self)
        if path is None:
            return
        bring = partial(self._cases.import_former_matters, self._actor(), self._person(), path)

        def done(made: object) -> None:
            lines = [_("{count} former matters brought in.").format(count=getattr(made, "added", 0))]
            lines += [f"{row}: {problem.words()}" for row, problem in getattr(made, "refused", ())[:10]]
            self.said.set_words("\n".join(lines))
            self.read()

        self._tasks.run(bring, done, self._failed, owner=self)

    def leave(self) -> None:
        """Nothing is pending when the sheet closes."""

    def _person(self) -> int:
        return int(str(self.member.chosen() or 0))

    def _write(self, work: Callable[[], object], said: str, *edits: LineEdit) -> None:
        def done(_result: object) -> None:
            self.refuse(None, self._forms[0])
            for edit in edits:
                edit.clear()
            self.said.set_words(said)
            self.read()

        self._tasks.run(work, done, self._failed, owner=self)

    def _show(self, declared: Declared | None) -> None:
        """Show the declarations: what the check knows of this member."""
        lines = [] if declared is None else _lines(declared)
        self._state.set_words(partial(_state_words, declared, len(lines)))
        empty_layout(self._declared_rows)
        for key, line in lines:
            self._declared_rows.addWidget(icon_line("check", "green", line))
            self._declared_rows.addWidget(self._way_back(key, line))
        self.declared.setVisible(bool(lines))

    def _way_back(self, key: str, line: Callable[[], str]) -> QWidget:
        """Return what takes a declaration back: one key, then why; it stays in the trace."""
        place = QWidget()
        ask = Button(lambda: _("Take back"), kind="link", name=lambda: _("Take back: {what}").format(what=line()))
        whys = [
            Button(partial(_why, why), partial(self.take_back, key, why, line), kind="link") for why in TakenBack
        ]
        label = Label(lambda: _("Why?"), step="small", tone="text2")

        def show(asking: bool) -> None:
            ask.setVisible(not asking)
            for widget in (label, *whys):
                widget.setVisible(asking)

        def asked() -> None:
            show(True)
            whys[0].setFocus()

        ask.clicked.connect(asked)
        hbox(ask, label, *whys, STRETCH, space=2, margins=(5, 0, 0, 0), parent=place)
        show(False)
        return place

    def take_back(self, key: str, why: TakenBack, line: Callable[[], str]) -> None:
        """Take a wrong declaration back."""
        said = _("Taken back: {what}. It stays in the trace; earlier checks do not change.").format(what=line())
        self._write(partial(self._cases.take_back, self._actor(), self._person(), key, why), said)

    def _failed(self, error: BaseException) -> None:
        self.said.set_words("")
        self.refuse(error, self._forms[0])


def _lines(declared: Declared) -> list[tuple[str, Callable[[], str]]]:
    """Return key and sentence of each declaration."""
    made = [(f"r{one.id}", partial(_tie, one, theirs=True)) for one in declared.relations]
    made += [(f"r{one.id}", partial(_tie, one, theirs=False)) for one in declared.stands_to]
    return [*made, *((f"m{row.id}", partial(_matter, row)) for row in declared.matters)]


def _why(why: TakenBack) -> str:
    return _(TAKEN_BACK_TITLES[why])


def _tie(one: DeclaredTie, *, theirs: bool) -> str:
    relation = _(RELATION_TITLES[RelationKind(one.kind)])
    said = _("{relation}: {name}") if theirs else _("{relation} of {name}")
    return said.format(relation=relation, name=one.name)


def _matter(row: FormerMatterRow) -> str:
    sides = [(name, _(SIDE_TITLES[Side(side)])) for side, name in row.parties]
    parties = listed(_("{name} ({role})").format(name=name, role=side) for name, side in sides)
    said = _("{relation}: {name}").format(relation=_role(row.role), name=parties)
    if row.ended_on is None:
        return said
    return _("{said}, until {day}").format(said=said, day=long_date(row.ended_on))


def _state_words(declared: Declared | None, count: int) -> str:
    if declared is None:
        return _("Has not declared anything yet")
    return _("Declared: {count}").format(count=count) if count else _("Declared: nothing")


def _title(kind: RelationKind) -> str:
    return _(RELATION_TITLES[kind])


def _role(key: str) -> str:
    return _(FORMER_ROLES[key])
