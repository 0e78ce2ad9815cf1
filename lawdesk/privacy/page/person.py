"""Finding a person, handing their data over, erasing or blocking; who is blocked; what was erased."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget

from lawdesk.kernel.dates import long_date
from lawdesk.kernel.i18n import N_, _, listed, ngettext
from lawdesk.privacy.page.erasing import ErasureSheet
from lawdesk.privacy.page.part import ZIP, Part, PrivacyDesk, show_step
from lawdesk.privacy.page.reasons import ask_reason
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


class PersonPart(Part):
    """One person's data: found under all spellings, handed over, erased."""

    def __init__(self, desk: PrivacyDesk) -> None:
        super().__init__(desk)
        queries = desk.service.queries
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
            self._blocked_row,
            lambda: _("Only stored"),
            "lock",
            lambda: _("Nobody's data are blocked"),
            reads=lambda actor: queries.blocks(actor, desk.clock.today()),
            quiet=True,
        )
        self.blocked.acted.connect(self._act_blocked)
        self.erased, self.erased_model = self.listing(
            self._erased_row,
            lambda: _("Certificates"),
            "stamp",
            lambda: _("Nothing was erased or destroyed yet"),
            reads=queries.erasures,
            quiet=True,
        )
        self.erased.acted.connect(lambda row, _key: self.print_again(row))
        self.rewrite = Button(lambda: _("Rewrite the file"), self.compact, icon="rotate-cw")
        self.rewrite.hide()
        self._make_back()
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

    def _make_back(self) -> None:
        self.back, self.back_model = self.listing(
            self._back_row,
            lambda: _("Came back with a backup"),
            "history",
            lambda: _("Nobody"),
            reads=self.desk.service.came_back,
            quiet=True,
        )
        self.back.acted.connect(lambda row, _key: self._erase_again(row))
        self.back_heading = SectionHeading(
            lambda: _("Came back with a backup"), note=lambda: _("erased before, and to be erased again")
        )
        self.back_part = QWidget()
        vbox(self.back_heading, self.back, space=2, parent=self.back_part)
        self.back_part.hide()

    def filled(self) -> None:
        self.back_part.setVisible(bool(self.back_model.total))
        self.rewrite.setVisible(any(_open_pages(row) for row in self.erased_model.source.held()))

    def look_for(self) -> None:
        """Look for the person typed."""
        service, actor = self.desk.service, self.desk.actor()
        name, number, documents = self.name.text(), self.number.text(), self.documents.isChecked()
        self.trouble.clear()

        def work(progress: Progress) -> Found:
            at = partial(show_step, progress)
            return service.find(actor, name, [number] if number.strip() else [], documents=documents, progress=at)

        self.run_long(work, self._show, lambda: _("Searching every table"))

    def hand_over(self, person: Candidate) -> None:
        """Write what is kept about the person as a ZIP."""
        target = self.desk.ask_path(self, _("Data on a person"), f"{person.name}.zip", ZIP)
        if target is None:
            return
        service, actor, documents = self.desk.service, self.desk.actor(), self.documents.isChecked()

        def work(progress: Progress) -> Dossier:
            at = partial(show_step, progress)
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

        ask_reason(
            self,
            person.name,
            button=lambda: _("Forbid erasing"),
            note=lambda: _("Until the hold is lifted nothing of this person is erased."),
            act=act,
            done=lambda: _("Held"),
        )

    def unblock(self, row: BlockRow) -> None:
        """Let blocked data be used again."""

        def act(reason: str) -> None:
            self.desk.service.unblock(self.desk.actor(), row.party_id, reason)

        ask_reason(
            self,
            row.name,
            button=lambda: _("Use again"),
            note=lambda: _("For example a new mandate of the person. The reason is kept in the records."),
            act=act,
            done=lambda: _("The data may be used again"),
        )

    def print_again(self, row: ErasureRow) -> None:
        """Write a certificate again; it names the entry, because the name is gone."""
        service, actor = self.desk.service, self.desk.actor()
        self.write(
            _("Certificate"), f"{row.number}.docx", lambda path: service.write_certificate(actor, row.id, path)
        )

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
        return Row(
            key=row.id,
            title=_(ERASURE_TITLES[row.kind]),
            icon="stamp",
            segments=(row.number, row.done_by),
            status=Status(_("file not rewritten yet"), tone="amber", icon="triangle-alert")
            if _open_pages(row)
            else None,
            date=long_date(row.done_at.date()),
            actions=(RowAction("print", lambda: _("Print the certificate …"), "printer"),),
        )


def _open_pages(row: ErasureRow) -> bool:
    """Whether what was deleted still lies in pages of the file."""
    return row.kind in (ErasureKind.ERASED, ErasureKind.DISPOSED) and not row.compacted


def _told(mentions: Sequence[Mention], extent: Extent, members: bool) -> str:
    """Say where else the name stands, and what was and was not searched."""
    words = _("{texts} texts of {tables} tables and {documents} documents were read.")
    lines = [words.format(texts=extent.texts, tables=extent.tables, documents=extent.documents)]
    if mentions:
        places = listed(dict.fromkeys(f"{one.title} · {one.column_title}" for one in mentions))
        named = ngettext(
            "{count} text names the person: {places}", "{count} texts name the person: {places}", len(mentions)
        )
        lines.append(named.format(count=len(mentions), places=places))
    if members:
        lines.append(_("Somebody of the firm has this name, too."))
    return "\n".join((*lines, *extent.not_searched))
