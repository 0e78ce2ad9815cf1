"""Office and security: where the office lies, its passphrase, this PC's keyring, locking, the audit chain."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.appearance import keep
from lawdesk.firm.page.area import Area, Lines, fact, holding
from lawdesk.firm.page.checkup import CheckupPart
from lawdesk.firm.page.codes import CodesPart
from lawdesk.firm.page.desk import ChainShown, FilesShown, KeyringState, OfficeFacts, SettingsDesk
from lawdesk.firm.page.findings import Finding
from lawdesk.firm.page.new_key import NewKeyPart
from lawdesk.firm.page.own_passphrase import OwnPassphrasePart
from lawdesk.firm.queries import PersonRow
from lawdesk.kernel.errors import LawDeskError, Problem, Refused, UserError
from lawdesk.kernel.i18n import N_, _, ngettext, pgettext
from lawdesk.ui import (
    STRETCH,
    Button,
    CheckBox,
    ComboBox,
    Label,
    LineEdit,
    Page,
    Progress,
    ProgressRow,
    SectionHeading,
    hbox,
    vbox,
)

MINUTES = (0, 5, 10, 15, 30, 60, 120)


class SecurityArea(Area):
    """The office's place and keys."""

    key, icon, action = "security", "lock", "office.keys"

    def __init__(self, desk: SettingsDesk, page: Page) -> None:
        super().__init__(desk, page, lambda: _("Office and security"))
        self._office: OfficeFacts | None = None
        self.place, self.engine, self.encryption = fact(), fact(), fact()
        self.lock = ComboBox([(minutes, _lock_words(minutes)) for minutes in MINUTES])
        self.lock.chosen_changed.connect(lambda key: keep(self, desk.settings, "auto_lock_minutes", key))
        self.keyring = CheckBox(lambda: _("Open the office with this PC's log-in, without the passphrase"))
        self.keyring.toggled.connect(self._remember)
        lines = Lines()
        lines.add(lambda: _("Where it lies"), self.place)
        lines.add(lambda: _("Database"), self.engine)
        lines.add(lambda: _("Encryption"), self.encryption)
        lines.add(
            lambda: _("Lock by itself"), self.lock, lambda: _("Ctrl L locks at once; a timer goes on."), width=17
        )
        self._keyring_note = lines.add(lambda: _("This PC"), self.keyring, " ")
        self.chain = Finding()
        self.files = Finding()
        self._busy = QWidget()
        self._busy_lines = vbox(space=0, parent=self._busy)
        self._check = Button(
            lambda: _("Check the audit records"), self.check_chain, icon="shield-check", small=True
        )
        self._check_files = Button(lambda: _("Check the stored files"), self.check_files, small=True)
        if desk.check_files is None:
            self._check_files.hide()
        self.codes = CodesPart(self)
        self.own = OwnPassphrasePart(self)
        self.new_key = NewKeyPart(self)
        self.put(lines, self.own, self._passphrase_part(), self.codes, self.new_key)
        self.put(
            SectionHeading(lambda: _("Audit records")),
            Label(
                lambda: _(
                    "Every change is recorded with who and when, each record chained to the one before. "
                    "A changed or missing record shows."
                ),
                step="small",
                tone="text2",
                wrap=True,
            ),
            hbox(self._check, self._check_files, STRETCH),
            self._busy,
            self.chain,
            self.files,
        )
        self.checkup = CheckupPart(self)
        self.put(self.checkup)

    def read(self) -> None:
        self.codes.read()
        self.own.read()
        self.checkup.read()
        desk, actor = self.desk, self.desk.actor()

        def work() -> tuple[OfficeFacts, KeyringState, list[PersonRow]]:
            return desk.facts(), desk.keyring_state(), desk.firm.queries.people(actor)

        self.run(work, self._fill, slot="facts")

    def retranslate(self) -> None:
        if hasattr(self, "_office") and self._office is not None:
            self._show_facts(self._office)

    def change_passphrase(self) -> None:
        """Change the passphrase after asking for the old one and twice for the new one."""
        old, new, again = self.old.text(), self.new.text(), self.again.text()
        self._show_problem(None)
        if new != again:
            self._show_problem(Problem("key.differ", N_("The two new passphrases differ."), "again"))
            return
        desk = self.desk
        self.button.setEnabled(False)

        def done(_result: object) -> None:
            self.button.setEnabled(True)
            self.trouble.clear()
            for edit in (self.old, self.new, self.again):
                edit.clear()
            self.page.toast(lambda: _("Passphrase changed. The recovery code stays the same."))

        self.desk.tasks.run(lambda: desk.change_passphrase(old, new), done, self._refused, owner=self)

    def check_chain(self) -> None:
        """Walk the audit chain and say what was found."""
        self.chain.hide()
        self._check.setEnabled(False)

        def done(found: ChainShown) -> None:
            self._check.setEnabled(True)
            self.chain.show_finding(found.sound, _chain_words(found))

        def failed(error: BaseException) -> None:
            self._check.setEnabled(True)
            self.failed(error)

        self.desk.tasks.run(self.desk.verify_chain, done, failed, owner=self)

    def check_files(self) -> None:
        """Read every stored file back and say what was found."""
        check = self.desk.check_files
        if check is None:
            return
        self.files.hide()

        def work(progress: Progress) -> FilesShown:
            return check(progress.at)

        task = self.desk.tasks.run_long(work, self._files_checked, self.failed, owner=self, aside=True)
        self._busy_lines.addWidget(ProgressRow(task, lambda: _("Reading the stored files back")))

    def _files_checked(self, found: FilesShown) -> None:
        if not found.missing and not found.damaged:
            if not found.checked:
                self.files.show_finding(True, _("No files are stored yet"))
                return
            words = ngettext("{count} stored file is whole", "All {count} stored files are whole", found.checked)
            self.files.show_finding(True, words.format(count=found.checked))
            return
        words = _("{missing} files are missing and {damaged} damaged. Restore them from a backup.")
        self.files.show_finding(False, words.format(missing=found.missing, damaged=found.damaged))

    def _passphrase_part(self) -> QWidget:
        self.old, self.new, self.again = (LineEdit(secret=True) for _number in range(3))
        advice = lambda: _("Four or five words you will remember are better than one with signs.")  # noqa: E731
        lines = Lines()
        self._notes = {
            "old": lines.add(lambda: _("Passphrase now"), self.old, width=20),
            "passphrase": lines.add(lambda: _("New passphrase"), self.new, advice, width=20),
            "again": lines.add(lambda: _("New passphrase again"), self.again, width=20),
        }
        self._advice = advice
        self.button = Button(lambda: _("Change the passphrase"), self.change_passphrase)
        lines.add("", holding(self.button))
        self.again.submitted.connect(self.change_passphrase)
        part = QWidget()
        vbox(SectionHeading(lambda: _("Change the passphrase")), lines, space=2, parent=part)
        return part

    def _show_problem(self, problem: Problem | None) -> None:
        """Put a problem below its field, or take all away."""
        fields = {"old": self.old, "passphrase": self.new, "again": self.again}
        for key, note in self._notes.items():
            wrong = problem is not None and problem.field == key
            fields[key].set_state("error" if wrong else "")
            note.set_tone("red" if wrong else "text2")
            note.set_words(
                problem.words if problem is not None and wrong else self._advice if key == "passphrase" else ""
            )
            note.setVisible(bool(note.words()))
        if problem is not None:
            fields[problem.field].setFocus(Qt.FocusReason.OtherFocusReason)

    def _refused(self, error: BaseException) -> None:
        self.button.setEnabled(True)
        if isinstance(error, Refused):
            self._show_problem(replace(error.problems[0], field="passphrase"))
        elif isinstance(error, LawDeskError) and error.code == "key.wrong_passphrase":
            self._show_problem(Problem(error.code, error.what, "old"))
        else:
            self.failed(error)

    def _fill(self, read: tuple[OfficeFacts, KeyringState, list[PersonRow]]) -> None:
        self._office, state, people = read
        self._show_facts(self._office)
        minutes = self.desk.settings.number("auto_lock_minutes")
        self.lock.set_choices([(value, _lock_words(value)) for value in sorted({*MINUTES, minutes})])
        self.lock.choose(minutes)
        with QSignalBlocker(self.keyring):
            self.keyring.setChecked(state == "remembered")
        self.keyring.setEnabled(state != "none")
        self._keyring_note.set_words(
            (lambda: _("This PC has no keyring that encrypts; the passphrase is asked every time."))
            if state == "none"
            else (lambda: _("The key then lies in the system's encrypted keyring. Do not use it on a shared PC."))
        )
        for edit in (self.old, self.new, self.again):
            edit.setEnabled(self.may_change)
        self.button.setEnabled(self.may_change)
        self.new_key.show_for(server=self._office.server)
        self.say_who(people)

    def _show_facts(self, office: OfficeFacts) -> None:
        self.place.set_words(office.place)
        self.engine.set_words(_engine(office))
        self.encryption.set_words(_encryption(office))

    def _remember(self, on: bool) -> None:
        desk = self.desk

        def done(kept: bool) -> None:
            if not kept:
                self.failed(
                    UserError(
                        "key.keyring_refused",
                        N_("The system's keyring did not take the key."),
                        hint=N_("Unlock the keyring in your system's settings and try again."),
                    )
                )
                self.read()
                return
            self.trouble.clear()
            words = _("This PC opens the office without the passphrase") if on else _("This PC forgot the key")
            self.page.toast(lambda: words)

        self.desk.tasks.run(lambda: desk.remember_keyring(on), done, self.failed, owner=self)


def _chain_words(found: ChainShown) -> str:
    if found.sound:
        words = ngettext(
            "The chain is sound: {count} record", "The chain is sound: {count} records", found.records
        )
        heads = ngettext(
            "it agrees with {count} head kept with the backups",
            "it agrees with {count} heads kept with the backups",
            found.heads,
        )
        parts = [words.format(count=found.records)]
        if found.heads:
            parts.append(heads.format(count=found.heads))
        return pgettext("list", ", ").join(parts)
    if found.fault:
        advice = _("Keep the file as it is and restore the newest verified backup elsewhere.")
        return f"{found.fault} {advice}"
    words = _(
        "The chain is broken at record {number}: somebody changed the file outside LawDesk, or the "
        "disk is failing. Keep the file as it is and restore the newest verified backup elsewhere."
    )
    return words.format(number=found.broken_at)


def _lock_words(minutes: int) -> Callable[[], str]:
    def words() -> str:
        if not minutes:
            return _("never")
        return ngettext("after {count} idle minute", "after {count} idle minutes", minutes).format(count=minutes)

    return words


def _engine(office: OfficeFacts) -> str:
    return _("PostgreSQL server") if office.server else _("Encrypted file on this PC (SQLCipher)")


def _encryption(office: OfficeFacts) -> str:
    if office.server:
        return _("Documents AES-256; the tables as the server keeps them")
    return _("AES-256 for tables and documents; the passphrase is stretched with Argon2id")
