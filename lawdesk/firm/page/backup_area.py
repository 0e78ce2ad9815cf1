"""Backups: make one now, see which there are and how old, read one back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area, Lines, fact
from lawdesk.firm.page.choosing import ask_folder, show_path
from lawdesk.firm.page.desk import BackupShown, BackupsStand, OfficeFacts, SettingsDesk
from lawdesk.firm.page.findings import Finding
from lawdesk.firm.page.leaving import ExportPart
from lawdesk.firm.page.standing import advice_words, trial_words, trouble_words
from lawdesk.firm.queries import PersonRow
from lawdesk.kernel.clock import CHINA
from lawdesk.kernel.dates import local_time, long_date
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import (
    STRETCH,
    Button,
    EmptyState,
    Label,
    ListModel,
    Page,
    Progress,
    ProgressRow,
    Row,
    RowAction,
    RowList,
    SectionHeading,
    Status,
    Task,
    hbox,
    sized,
    theme,
    vbox,
)

OLD_DAYS = 7
"""A newest backup older than so many days is said in amber."""
SHOWN = 12


@dataclass(frozen=True)
class _Read:
    """One reading of the area."""

    office: OfficeFacts
    backups: Sequence[BackupShown]
    people: list[PersonRow]
    stand: BackupsStand | None = None


class BackupArea(Area):
    """The office's backups."""

    key, icon, action = "backup", "hard-drive-download", "office.backup"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(desk, page, lambda: _("Backup"))
        self._read: _Read | None = None
        self.task: Task | None = None
        self.state = Finding()
        self.where = fact()
        facts = Lines()
        facts.add(lambda: _("Folder"), self.where)
        advice = lambda: _("Keep a copy on another disk. To open it you need the passphrase or the recovery code.")  # noqa: E731
        self._advice_note = facts.add(lambda: _("Advice"), fact(advice), " ")
        self.tried = fact()
        facts.add(lambda: _("Restored on trial"), self.tried)
        self.make = Button(
            lambda: _("Make a backup now"), self.make_backup, kind="filled", icon="hard-drive-download"
        )
        self.folder = Button(lambda: _("Open the folder"), self._open_folder, icon="folder-open")
        self.change = Button(lambda: _("Other folder …"), self._choose_folder)
        if desk.set_backup_folder is None:
            self.change.hide()
        self.trial = Button(lambda: _("Restore on trial now"), self.try_backup)
        if desk.try_backup is None:
            self.trial.hide()
        self._busy = QWidget()
        self._busy_lines = vbox(space=0, parent=self._busy)
        self.found = Finding()
        self.model = ListModel(to_row=self._row, parent=self)
        empty = EmptyState("database", lambda: _("No backup yet"))
        self.list = RowList(self.model, name=lambda: _("Backups"), empty=empty, uniform=True)
        self.list.opened.connect(self.verify)
        self.list.acted.connect(lambda backup, _key: self.verify(backup))
        self._server = Label(
            lambda: _(
                "This office lies on a server. Back it up there, with pg_dump (by a role with BYPASSRLS) or your "
                "provider's backups; the documents lie in the same database."
            ),
            wrap=True,
        )
        self._server.hide()
        self._part = QWidget()
        vbox(
            self.state,
            facts,
            hbox(self.make, self.folder, self.change, self.trial, STRETCH),
            self._busy,
            self.found,
            1,
            SectionHeading(lambda: _("Backups"), note=lambda: _("Enter reads one back completely")),
            self.list,
            space=3,
            parent=self._part,
        )
        self.leaving = ExportPart(self)
        self.put(self._server, self._part, self.leaving)

    def read(self) -> None:
        self.leaving.read()
        desk, actor = self.desk, self.desk.actor()

        def work() -> _Read:
            office = desk.facts()
            backups = [] if office.server else desk.list_backups()
            stand = None if office.server or desk.backups_stand is None else desk.backups_stand()
            return _Read(office, backups, desk.firm.queries.people(actor), stand)

        self.run(work, self._fill, slot="backups")

    def retranslate(self) -> None:
        if hasattr(self, "_read") and self._read is not None:
            self._show(self._read)

    def restyle(self) -> None:
        if hasattr(self, "list"):
            self._fit()

    def make_backup(self) -> None:
        """Make a backup and read it back."""
        desk = self.desk

        def work(progress: Progress) -> BackupShown:
            return desk.make_backup(progress.at)

        def done(made: BackupShown) -> None:
            self.page.toast(lambda: _("Backup made and read back: {count} rows").format(count=made.rows))

        self._begin(work, done, lambda: _("Making a backup"))

    def verify(self, backup: BackupShown) -> None:
        """Read a backup back: every row, every document."""
        desk = self.desk
        if not self.may_change:
            return

        def work(progress: Progress) -> BackupShown:
            return desk.verify_backup(backup.path, progress.at)

        def done(made: BackupShown) -> None:
            words = _("The backup of {when} is sound: {rows} rows, {documents} documents")
            self.found.show_finding(True, words.format(when=_when(made), rows=made.rows, documents=made.documents))

        self._begin(work, done, lambda: _("Reading the backup back"))

    def try_backup(self) -> None:
        """Restore the newest backup into a temporary place and look at it."""
        attempt = self.desk.try_backup
        if attempt is None:
            return

        def work(progress: Progress) -> BackupShown:
            return attempt(progress.at)

        def done(made: BackupShown) -> None:
            words = _("The backup of {when} was restored on trial: everything is sound")
            self.found.show_finding(True, words.format(when=_when(made)))

        self._begin(work, done, lambda: _("Restoring on trial"))

    def _begin(
        self,
        work: Callable[[Progress], BackupShown],
        done: Callable[[BackupShown], object],
        words: Callable[[], str],
    ) -> None:
        if self.task is not None:
            return
        self.trouble.clear()
        self.found.hide()
        for button in (self.make, self.trial):
            button.setEnabled(False)

        def ended(made: BackupShown) -> None:
            done(made)
            self.read()

        def failed(error: BaseException) -> None:
            self.failed(error)
            self.read()

        self.task = self.desk.tasks.run_long(work, ended, failed, owner=self, aside=True)
        self.task.finished.connect(self._over)
        self._busy_lines.addWidget(ProgressRow(self.task, words))

    def _over(self) -> None:
        self.task = None
        for button in (self.make, self.trial):
            button.setEnabled(self.may_change)

    def _fill(self, read: _Read) -> None:
        self._read = read
        self.model.set_items(list(read.backups)[:SHOWN])
        self._show(read)
        self._server.setVisible(read.office.server)
        self._part.setVisible(not read.office.server)
        for button in (self.make, self.trial):
            button.setEnabled(self.may_change and self.task is None)
        self.change.setEnabled(self.may_change)
        self.say_who(read.people)
        self._fit()

    def _show(self, read: _Read) -> None:
        newest = next((backup for backup in read.backups if backup.verified), None)
        if newest is None:
            self.state.show_finding(False, _("There is no verified backup of this office."))
        else:
            days = self._age(newest)
            words = ngettext(
                "The newest verified backup is {count} day old",
                "The newest verified backup is {count} days old",
                days,
            ).format(count=days)
            if days == 0:
                words = _("The newest verified backup is of today, {time}").format(time=local_time(newest.made_at))
            self.state.show_finding(days <= OLD_DAYS, words)
        if read.stand is not None:
            if trouble := trouble_words(read.stand):
                self.state.show_finding(read.stand.condition == "slow", trouble)
            self.tried.set_words(trial_words(read.stand))
            self.tried.set_tone("red" if read.stand.trial_failed else "text")
            self._advice_note.set_words(advice_words(read.stand))
        self._advice_note.setVisible(bool(read.stand is not None and advice_words(read.stand)))
        self.where.set_words(read.office.backup_folder)

    def _age(self, backup: BackupShown) -> int:
        return max(0, (self.desk.clock.today() - backup.made_at.astimezone(CHINA).date()).days)

    def _row(self, backup: BackupShown) -> Row:
        days = self._age(backup)
        age = _("today") if not days else ngettext("{count} day ago", "{count} days ago", days).format(count=days)
        status = (
            Status(_("verified"), tone="green", icon="check")
            if backup.verified
            else Status(_("not verified"), tone="amber", icon="triangle-alert")
        )
        rows = ngettext("{count} row", "{count} rows", backup.rows).format(count=backup.rows)
        documents = ngettext("{count} file", "{count} files", backup.documents).format(count=backup.documents)
        actions = [RowAction("verify", lambda: _("Read it back"), "shield-check")] if self.may_change else []
        return Row(
            key=backup.path,
            title=_when(backup),
            icon="database",
            segments=(rows, documents),
            status=status,
            date=age,
            actions=actions,
        )

    def _fit(self) -> None:
        look = theme.current()
        rows = max(3, self.model.total)
        sized(self.list, height=(look.list_row_height + 2) * rows / look.base)

    def _open_folder(self) -> None:
        if self._read is not None:
            folder = Path(self._read.office.backup_folder)
            while not folder.exists() and folder != folder.parent:
                folder = folder.parent
            (self.desk.show_path or show_path)(folder)

    def _choose_folder(self) -> None:
        keep = self.desk.set_backup_folder
        folder = (self.desk.ask_folder or ask_folder)(self, _("Where backups go"))
        if keep is None or folder is None:
            return

        def done(_result: object) -> None:
            self.page.toast(lambda: _("Backups now go to {folder}").format(folder=str(folder)))
            self.read()

        self.run(lambda: keep(folder), done)


def _when(backup: BackupShown) -> str:
    return f"{long_date(backup.made_at.astimezone(CHINA).date())} {local_time(backup.made_at)}"
