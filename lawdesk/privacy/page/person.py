"""Finding a person, handing their data over, erasing or blocking; who is blocked; what was erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.privacy.page.erasing import ErasureSheet
from lawdesk.privacy.page.part import WORD_OR_PDF, ZIP, Part, PrivacyDesk
from lawdesk.privacy.page.reasons import ReasonSheet
from lawdesk.privacy.queries import BlockRow, Candidate, ErasureRow, Extent, Mention
from lawdesk.privacy.rules import ERASURE_TITLES, ErasureKind
from lawdesk.privacy.service import CameBack, Dossier, Found
from lawdesk.ui import (
    STRETCH,
    Button,
    CheckBox,
    Form,
    Label,
    LineEdit,
    Progress,
    Row,
    RowAction,
    SectionHeading,
    Status,
    hbox,
    vbox,
)

LEVELS = {
    "certain": N_("certain"),
    "likely": N_("likely"),
    "possible": N_("possible"),
    "mentioned": N_("named in the entry"),
}
_TONES = {"certain": "green", "likely": "accent"}


@dataclass(frozen=True)
class _Read:
    blocks: Sequence[BlockRow]
    erasures: Sequence[ErasureRow]
    back: Sequence[CameBack]


class PersonPart(Part):
    """One person's data: found under all spellings, handed over, erased."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__(desk)
        self.name = LineEdit(lambda: _("Name, also a former or foreign one"), icon="search")
        self.number = LineEdit()
        self.documents = CheckBox(lambda: _("Look into documents, too (slower)"))
        self.look = Button(lambda: _("Find"), self.look_for, kind="filled")
        self.form = Form()
        self.form.add("name", lambda: _("Person"), self.name, span=11, narrow_span=21)
        self.form.add("number", lambda: _("Identity or telephone number"), self.number, span=10, narrow_span=21)
        for edit in (self.name, self.number):
            edit.submitted.connect(self.look_for)
        self.list, self.model = self.listing(
            self._row, lambda: _("Who may be meant"), "search", lambda: _("Nobody on file is found")
        )
        self.list.opened.connect(self.erase)
        self.list.acted.connect(self._act)
        self.heading = SectionHeading(lambda: _("Who may be meant"))
        self.told = Label("", step="small", tone="text2", wrap=True)
        self.blocked, self.blocked_model = self.listing(
            self._blocked_row, lambda: _("Only stored"), "lock", lambda: _("Nobody's data are blocked"), quiet=True
        )
        self.blocked.acted.connect(self._act_blocked)
        self.erased, self.erased_model = self.listing(
            self._erased_row,
            lambda: _("Certificates"),
            "stamp",
            lambda: _("Nothing was erased or destroyed yet"),
            quiet=True,
        )
        self.erased.acted.connect(lambda row, _key: self.print_again(row))
        self.rewrite = Button(lambda: _("Rewrite the file"), self.compact, icon="rotate-cw")
        self.rewrite.hide()
        self.back, self.back_model = self.listing(
            self._back_row, lambda: _("Came back with a backup"), "history", lambda: _("Nobody"), quiet=True
        )
        self.back.acted.connect(lambda row, _key: self._erase_again(row))
        self.back_heading = SectionHeading(
            lambda: _("Came back with a backup"), note=lambda: _("erased before, and to be erased again")
        )
        self.back_part = QWidget()
        vbox(self.back_heading, self.back, space=2, parent=self.back_part)
        self.back_part.hide()
        blocked = SectionHeading(lambda: _("Only stored"), note=lambda: _("in no list until their day has come"))
        self.put(
            self.back_part, self.form, hbox(self.documents, STRETCH, self.look),
            self.heading, self.list, self.told, 1,
            blocked, self.blocked, 1,
            vbox(SectionHeading(lambda: _("Certificates"), self.rewrite), space=0), self.erased,
        )  # fmt: skip
        for part in (self.heading, self.list, self.told):
            part.hide()
        self.found: Found | None = None

    def read(self) -> None:
        service, actor, today = self.desk.service, self.desk.actor(), self.desk.clock.today()

        def work() -> _Read:
            return _Read(
                service.queries.blocks(actor, today), service.queries.erasures(actor), service.came_back(actor)
            )

        self.run(work, self._fill, slot="erased")

    def look_for(self) -> None:
        """Look for the person typed."""
        service, actor = self.desk.service, self.desk.actor()
        name, number, documents = self.name.text(), self.number.text(), self.documents.isChecked()
        self.trouble.clear()

        def work(progress: Progress) -> Found:
            at = partial(_at, progress)
            return service.find(actor, name, [number] if number.strip() else [], documents=documents, progress=at)

        self.run_long(work, self._show, lambda: _("Searching every table"))

    def hand_over(self, person: Candidate) -> None:
        """Write what is kept about the person as a ZIP."""
        target = self.desk.ask_path(self, _("Data on a person"), f"{person.name}.zip", ZIP)
        if target is None:
            return
        service, actor, documents = self.desk.service, self.desk.actor(), self.documents.isChecked()

        def work(progress: Progress) -> Dossier:
            at = partial(_at, progress)
            return service.export_person(actor, [person.party_id], target, documents=documents, progress=at)

        def done(made: Dossier) -> None:
            self.told.set_words("\n".join((*made.withheld, *made.extent.not_searched)))
            self.written(target)

        self.run_long(work, done, lambda: _("Writing what is kept about the person"))

    def erase(self, person: Candidate) -> None:
        """Open the side sheet that says what erasing would do."""
        self.desk.open_sheet(ErasureSheet(self.desk, person.party_id, self._erased), person.name)

    def hold(self, person: Candidate) -> None:
        """Forbid erasing the person."""

        def act(reason: str) -> object:
            return self.desk.service.hold(self.desk.actor(), reason, party_id=person.party_id)

        note = lambda: _("Until the hold is lifted nothing of this person is erased.")  # noqa: E731
        sheet = ReasonSheet(
            self.desk, lambda: _("Forbid erasing"), note, act, lambda: self.done(lambda: _("Held"))
        )
        self.desk.open_sheet(sheet, person.name)

    def unblock(self, row: BlockRow) -> None:
        """Let blocked data be used again."""

        def act(reason: str) -> None:
            self.desk.service.unblock(self.desk.actor(), row.party_id, reason)

        note = lambda: _("For example a new mandate of the person. The reason is kept in the records.")  # noqa: E731
        done = lambda: self.done(lambda: _("The data may be used again"))  # noqa: E731
        self.desk.open_sheet(ReasonSheet(self.desk, lambda: _("Use again"), note, act, done), row.name)

    def print_again(self, row: ErasureRow) -> None:
        """Write a certificate again; it names the entry, because the name is gone."""
        target = self.desk.ask_path(self, _("Certificate"), f"{row.number}.docx", WORD_OR_PDF)
        if target is not None:
            service, actor = self.desk.service, self.desk.actor()
            self.run(lambda: service.write_certificate(actor, row.id, target), lambda _none: self.written(target))

    def compact(self) -> None:
        """Rewrite the file where an erasure could not."""
        service, actor = self.desk.service, self.desk.actor()

        def done(rewritten: bool) -> None:
            words = _("The file was rewritten") if rewritten else _("Another program still has the file open")
            self.done(lambda: words)

        self.run(lambda: service.compact(actor), done)

    def _erase_again(self, row: CameBack) -> None:
        self.desk.open_sheet(ErasureSheet(self.desk, row.party_id, self._erased), row.name)

    def _erased(self, words: str) -> None:
        self.done(lambda: words)
        if self.found is not None:
            self.look_for()

    def _show(self, found: Found) -> None:
        self.found = found
        self.model.set_items(list(found.candidates))
        self.heading.set_count(len(found.candidates))
        self.told.set_words(lambda: _told(found.mentions, found.extent, bool(found.members)))
        for part in (self.heading, self.list, self.told):
            part.show()
        self.fit()

    def _fill(self, read: _Read) -> None:
        self.blocked_model.set_items(list(read.blocks))
        self.erased_model.set_items(list(read.erasures))
        self.back_model.set_items(list(read.back))
        self.back_part.setVisible(bool(read.back))
        waiting = [row for row in read.erasures if row.kind in (ErasureKind.ERASED, ErasureKind.DISPOSED)]
        self.rewrite.setVisible(any(not row.compacted for row in waiting))
        self.fit()

    def _act(self, person: Candidate, key: str) -> None:
        {"hand": self.hand_over, "erase": self.erase, "hold": self.hold}[key](person)

    def _act_blocked(self, row: BlockRow, key: str) -> None:
        if key == "erase":
            self.desk.open_sheet(ErasureSheet(self.desk, row.party_id, self._erased), row.name)
        else:
            self.unblock(row)

    def _row(self, person: Candidate) -> Row:
        cases = ngettext("{count} case", "{count} cases", person.cases).format(count=person.cases)
        status = Status(_(LEVELS.get(person.level, person.level)), tone=_TONES.get(person.level, "text2"))
        if person.blocked:
            status = Status(_("blocked"), tone="amber", icon="lock")
        return Row(
            key=person.party_id,
            title=person.name,
            icon="building-2" if person.kind == "organization" else "user",
            segments=("、".join(person.names), " ".join(person.numbers), cases),
            status=status,
            actions=(
                RowAction("hand", lambda: _("Hand over …"), "download"),
                RowAction("erase", lambda: _("Erase or block …"), "trash-2", "Del"),
                RowAction("hold", lambda: _("Forbid erasing …"), "lock"),
            ),
        )

    def _back_row(self, row: CameBack) -> Row:
        return Row(
            key=row.party_id,
            title=row.name,
            icon="history",
            status=Status(_("to be erased now"), tone="red", icon="circle-alert", chip=True),
            actions=(RowAction("erase", lambda: _("Erase …"), "trash-2"),),
        )

    def _blocked_row(self, row: BlockRow) -> Row:
        due = Status(_("to be erased now"), tone="amber", icon="triangle-alert") if row.due else None
        until = _("until {day}").format(day=long_date(row.until)) if row.until else _("no day known")
        return Row(
            key=row.party_id,
            title=row.name,
            icon="lock",
            segments=(_("since {day}").format(day=long_date(row.since)), until),
            status=due,
            actions=(
                RowAction("erase", lambda: _("Erase …"), "trash-2"),
                RowAction("again", lambda: _("Use again …"), "undo-2"),
            ),
        )

    def _erased_row(self, row: ErasureRow) -> Row:
        open_pages = row.kind in (ErasureKind.ERASED, ErasureKind.DISPOSED) and not row.compacted
        return Row(
            key=row.id,
            title=_(ERASURE_TITLES[row.kind]),
            icon="stamp",
            segments=(row.number, row.done_by),
            status=Status(_("file not rewritten yet"), tone="amber", icon="triangle-alert")
            if open_pages
            else None,
            date=long_date(row.done_at.date()),
            actions=(RowAction("print", lambda: _("Print the certificate …"), "printer"),),
        )


def _told(mentions: Sequence[Mention], extent: Extent, members: bool) -> str:
    """Say where else the name stands, and what was and was not searched."""
    words = _("{texts} texts of {tables} tables and {documents} documents were read.")
    lines = [words.format(texts=extent.texts, tables=extent.tables, documents=extent.documents)]
    if mentions:
        places = "、".join(dict.fromkeys(f"{one.title}·{one.column_title}" for one in mentions))
        named = ngettext("{count} text names the person", "{count} texts name the person", len(mentions))
        lines.append(f"{named.format(count=len(mentions))}：{places}")
    if members:
        lines.append(_("Somebody of the firm has this name, too."))
    return "\n".join((*lines, *extent.not_searched))


def _at(progress: Progress, step: int, steps: int) -> None:
    progress.at(step, steps, "")
