"""Closed files: how long each is kept, the lists of those to be destroyed, and holds."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from lawdesk.kernel.dates import long_date, short_date
from lawdesk.kernel.errors import Problem, Refused
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.privacy.page.part import WORD_OR_PDF, Part, PrivacyDesk
from lawdesk.privacy.page.reasons import ask_reason
from lawdesk.privacy.queries import HoldRow, ListRow, RetentionRow
from lawdesk.privacy.rules import DISPOSAL_TITLES, TERM_TITLES, DisposalState, Term
from lawdesk.privacy.rules.retention import advice_for, range_of, years_of
from lawdesk.ui import (
    STRETCH,
    Button,
    ComboBox,
    Facts,
    Form,
    Label,
    LineEdit,
    Progress,
    Row,
    RowAction,
    SectionHeading,
    Sheet,
    Status,
    hbox,
)

SHOWN = 60
_ENDED = (DisposalState.DONE, DisposalState.DROPPED)


class FilesPart(Part):
    """Retention, disposal lists, holds."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__(desk)
        queries = desk.service.queries
        self.lists, self.list_model = self.listing(
            self._list_row,
            lambda: _("Disposal lists"),
            "list",
            lambda: _("No list was made yet"),
            reads=queries.disposals,
            quiet=True,
        )
        self.lists.opened.connect(self.open_list)
        self.lists.acted.connect(self._act)
        self.files, self.file_model = self.listing(
            self._file_row,
            lambda: _("Closed files"),
            "folder",
            lambda: _("No case is closed yet"),
            reads=lambda actor: queries.retentions(actor, desk.clock.today(), SHOWN),
            quiet=True,
        )
        self.files.opened.connect(self.choose_class)
        self.files.acted.connect(lambda row, key: (self.hold if key == "hold" else self.choose_class)(row))
        self.holds, self.hold_model = self.listing(
            self._hold_row,
            lambda: _("Holds"),
            "lock",
            lambda: _("Nothing is held"),
            reads=queries.holds,
            quiet=True,
        )
        self.holds.acted.connect(lambda row, _key: self.lift(row))
        self.make = Button(lambda: _("List what may be destroyed"), self.propose, kind="filled", icon="list")
        about = Label(
            lambda: _(
                "A closed file is kept by its class. When its last day has passed it may be put on a list; two "
                "people sign it, one of them the director; then it is destroyed with a certificate."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.files_heading = SectionHeading(
            lambda: _("Closed files"), note=lambda: _("Enter chooses the class; without one nothing is destroyed")
        )
        self.put(
            about, hbox(self.make, STRETCH), SectionHeading(lambda: _("Disposal lists")), self.lists, 1,
            self.files_heading, self.files, 1, SectionHeading(lambda: _("Holds")), self.holds,
        )  # fmt: skip

    def filled(self) -> None:
        self.files_heading.set_count(self.file_model.total)

    def propose(self) -> None:
        """Make a list of the files whose retention is over."""
        service, actor = self.desk.service, self.desk.actor()

        def done(row: ListRow) -> None:
            words = ngettext("{count} file is listed", "{count} files are listed", len(row.items))
            self.done(lambda: words.format(count=len(row.items)))
            self.open_list(row)

        self.run(lambda: service.queries.disposal(actor, service.propose(actor)), done)

    def open_list(self, row: ListRow) -> None:
        """Open the side sheet of one list."""
        self.desk.open_sheet(ListSheet(self.desk, row, self), row.number)

    def sign(self, row: ListRow) -> None:
        """Sign a list as the person who sits here."""
        service, actor = self.desk.service, self.desk.actor()

        def done(state: DisposalState) -> None:
            self.desk.close_sheet()
            self.done(lambda: _(DISPOSAL_TITLES[state]))

        self.run(lambda: service.sign(actor, row.id), done)

    def print(self, row: ListRow) -> None:
        """Write a list with its signatures as Word or PDF."""
        service, actor = self.desk.service, self.desk.actor()
        self.write(_("Disposal list"), f"{row.number}.docx", lambda path: service.print_list(actor, row.id, path))

    def destroy_files(self, row: ListRow) -> None:
        """Ask where the certificate goes, then destroy the files of a signed list."""
        target = self.desk.ask_path(self, _("Certificate"), f"{row.number}.docx", WORD_OR_PDF)
        if target is None:
            return
        service, actor = self.desk.service, self.desk.actor()

        def work(_progress: Progress) -> tuple[int, int]:
            return service.dispose(actor, row.id, target)

        def done(made: tuple[int, int]) -> None:
            self.desk.close_sheet()
            words = ngettext("{count} file was destroyed", "{count} files were destroyed", made[1])
            self.done(lambda: words.format(count=made[1]))

        self.run_long(work, done, lambda: _("Destroying the files of the list"))

    def drop(self, row: ListRow) -> None:
        """Give a list up."""
        service, actor = self.desk.service, self.desk.actor()

        def done(_none: object) -> None:
            self.desk.close_sheet()
            self.done(lambda: _("The list is dropped; nothing was destroyed"))

        self.run(lambda: service.drop(actor, row.id), done)

    def choose_class(self, row: RetentionRow) -> None:
        """Open the side sheet of one closed file."""
        self.desk.open_sheet(ClassSheet(self.desk, row, lambda: self.done(lambda: _("Noted"))), row.number)

    def hold(self, row: RetentionRow) -> None:
        """Forbid erasing and destroying a file."""

        def act(reason: str) -> object:
            return self.desk.service.hold(self.desk.actor(), reason, case_id=row.case_id)

        ask_reason(
            self,
            row.number,
            button=lambda: _("Hold"),
            note=lambda: _("Until the hold is lifted nothing of this case is erased or destroyed."),
            act=act,
            done=lambda: _("Held"),
        )

    def lift(self, row: HoldRow) -> None:
        """Lift a hold."""
        service, actor = self.desk.service, self.desk.actor()
        self.run(lambda: service.lift(actor, row.id), lambda _none: self.done(lambda: _("The hold is lifted")))

    def _act(self, row: ListRow, key: str) -> None:
        {"sign": self.sign, "print": self.print, "destroy": self.destroy_files, "drop": self.drop}[key](row)

    def _list_row(self, row: ListRow) -> Row:
        actions = [RowAction("print", lambda: _("Print …"), "printer")]
        if row.status is DisposalState.SIGNED:
            actions.insert(0, RowAction("destroy", lambda: _("Destroy …"), "trash-2"))
        elif row.status not in _ENDED:
            actions.insert(0, RowAction("sign", lambda: _("Sign"), "stamp"))
        if row.status not in _ENDED:
            actions.append(RowAction("drop", lambda: _("Drop the list"), "x"))
        count = ngettext("{count} file", "{count} files", len(row.items)).format(count=len(row.items))
        tone = {DisposalState.SIGNED: "amber", DisposalState.DONE: "green"}.get(row.status, "text2")
        return Row(
            key=row.id,
            title=row.number,
            icon="list",
            segments=(count, "、".join(name for name in (row.first, row.second) if name)),
            status=Status(_(DISPOSAL_TITLES[row.status]), tone=tone, icon="stamp"),
            date=short_date(row.made_on),
            actions=actions,
        )

    def _file_row(self, row: RetentionRow) -> Row:
        if row.term is None:
            status = Status(_("no class yet"), tone="amber", icon="circle-question-mark")
        elif row.due:
            status = Status(_("retention is over"), tone="red", icon="circle-alert")
        else:
            status = Status(_(TERM_TITLES[row.term]))
        until = _("kept until {day}").format(day=long_date(row.until)) if row.until else _("for good")
        closed = (
            _("closed on {day}").format(day=long_date(row.closed_on)) if row.closed_on else _("no closing day")
        )
        return Row(
            key=row.case_id,
            title=row.number,
            icon="folder",
            segments=(closed, until if row.closed_on else ""),
            status=status,
            actions=(
                RowAction("class", lambda: _("Choose the class"), "pencil", "F2"),
                RowAction("hold", lambda: _("Forbid erasing …"), "lock"),
            ),
        )

    def _hold_row(self, row: HoldRow) -> Row:
        return Row(
            key=row.id,
            title=row.about,
            icon="lock",
            segments=(row.reason,),
            date=short_date(row.since),
            actions=(RowAction("lift", lambda: _("Lift the hold"), "undo-2"),),
        )


class ListSheet(Sheet):
    """One disposal list: its files, who signed, and the next step as one button."""

    def __init__(self, desk: PrivacyDesk, row: ListRow, part: FilesPart) -> None:
        self._desk = desk
        items = [
            (
                item.number,
                _("{term}, until {day}").format(term=_(TERM_TITLES[item.term]), day=item.until)
                + (f" · {_('held: stays')}" if item.held else ""),
            )
            for item in row.items
        ]
        signed = Facts(
            [
                (lambda: _("Status"), _(DISPOSAL_TITLES[row.status])),
                (lambda: _("First signature"), row.first),
                (lambda: _("Second signature"), row.second),
            ]
        )
        note = lambda: _("Documents, proceedings, deadlines, parties and texts go; number and hours stay")  # noqa: E731
        button: Button | None = None
        if row.status is DisposalState.SIGNED:
            button = Button(lambda: _("Destroy the files …"), lambda: part.destroy_files(row), kind="danger")
        elif row.status not in _ENDED:
            button = Button(lambda: _("Sign"), lambda: part.sign(row), kind="filled")
        super().__init__(
            signed, SectionHeading(lambda: _("Files"), count=len(items)), Facts(items), button=button, note=note
        )


class ClassSheet(Sheet):
    """The class of one closed file, with what the table of 1991 says."""

    def __init__(self, desk: PrivacyDesk, row: RetentionRow, done: Callable[[], object]) -> None:
        self._desk, self._row, self._done = desk, row, done
        self.term = ComboBox([(term.value, partial(_term_words, term)) for term in Term])
        if row.term is not None:
            self.term.choose(row.term.value)
        self.years, self.why = LineEdit(), LineEdit()
        self.years.setText(str(row.years or ""))
        form = self.form = Form()
        form.add("term", lambda: _("Class"), self.term, span=21, required=True)
        form.add("years", lambda: _("Years, if not the usual ones"), self.years, span=21)
        form.add("why", lambda: _("Why"), self.why, span=21)
        advice = [(_(TERM_TITLES[one.term]), one.when_zh) for one in advice_for(row.kind)]
        source = Label(
            "律师业务档案管理办法及保管期限表（司律通字〔1991〕153号）", step="small", tone="text2", wrap=True
        )
        super().__init__(
            form, SectionHeading(lambda: _("What the table says")), Facts(advice), source,
            button=Button(lambda: _("Keep the class"), self.save, kind="filled"),
        )  # fmt: skip
        self.setFocusProxy(self.term)

    def save(self) -> None:
        """Keep the class."""
        chosen, typed = self.term.chosen(), self.years.text().strip()
        problems = []
        if chosen is None:
            problems.append(Problem("retention.term", N_("Choose a class."), "term"))
        if typed and not typed.isdecimal():
            problems.append(Problem("retention.years", N_("This is no number of years."), "years"))
        if problems:
            self.refuse(Refused(problems), self.form)
            return
        service, actor, row, why = self._desk.service, self._desk.actor(), self._row, self.why.text()
        term, years = Term(str(chosen)), int(typed) if typed else None

        def done(_none: object) -> None:
            self._desk.close_sheet()
            self._done()

        self._desk.tasks.run(
            lambda: service.set_retention(actor, row.case_id, term, years, why),
            done,
            lambda error: self.refuse(error, self.form),
            owner=self,
        )


def _term_words(term: Term) -> str:
    if term is Term.PERMANENT:
        return _(TERM_TITLES[term])
    low, high = range_of(term)
    words = _("{term}: {years} years (by law {low} to {high})")
    return words.format(term=_(TERM_TITLES[term]), years=years_of(term), low=low, high=high)
