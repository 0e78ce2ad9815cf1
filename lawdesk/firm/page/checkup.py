"""Looking at everything for damage, and the printed head of the records."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.choosing import ask_pdf
from lawdesk.firm.page.desk import CheckupShown
from lawdesk.firm.page.findings import Finding
from lawdesk.kernel.i18n import _
from lawdesk.ui import STRETCH, Button, Label, Progress, ProgressRow, SectionHeading, Task, hbox, vbox


class CheckupPart(QWidget):
    """Check everything now; print this month's head."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area
        self.task: Task | None = None
        about = Label(
            lambda: _(
                "LawDesk looks at the file at each start and at everything once a week: pages, links, documents, "
                "records. It changes nothing."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.button = Button(lambda: _("Check everything now"), self.check, icon="shield-check", small=True)
        self.sheet = Button(
            lambda: _("Print the head of the records …"), self.print_head, icon="printer", small=True
        )
        self.due = Label(
            lambda: _("This month's head is not printed yet. On paper, in the safe, it proves the records later."),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.due.hide()
        self._busy_lines = vbox(space=0)
        self.found = Finding()
        line = hbox(self.button, self.sheet, STRETCH)
        heading = SectionHeading(lambda: _("Damage"))
        vbox(heading, about, line, self.due, self._busy_lines, self.found, space=2, parent=self)

    def read(self) -> None:
        """Offer what the desk has and the person may."""
        desk = self._area.desk
        self.button.setVisible(desk.check_all is not None)
        self.sheet.setVisible(desk.print_head is not None)
        self.setVisible(desk.check_all is not None or desk.print_head is not None)
        for button in (self.button, self.sheet):
            button.setEnabled(self._area.may_change and self.task is None)
        if desk.sheet_due is not None:
            self._area.run(desk.sheet_due, self.due.setVisible, slot="sheet")

    def check(self) -> None:
        """Look at everything; cancelled or failed, nothing is said to be sound."""
        check = self._area.desk.check_all
        if check is None or self.task is not None:
            return
        self.found.hide()
        self.button.setEnabled(False)

        def work(progress: Progress) -> CheckupShown:
            return check(progress.at)

        self.task = self._area.desk.tasks.run_long(work, self._done, self._area.failed, owner=self, aside=True)
        self.task.finished.connect(self._over)
        self._busy_lines.addWidget(ProgressRow(self.task, lambda: _("Checking everything")))

    def print_head(self) -> None:
        """Put the signed head of the records on paper."""
        desk = self._area.desk
        if desk.print_head is None:
            return
        write = desk.print_head
        name = f"LawDesk {desk.clock.today():%Y-%m}"
        target = (desk.ask_pdf or ask_pdf)(self, _("Print the head of the records"), name)
        if target is None:
            return

        def done(_result: object) -> None:
            self._area.page.toast(lambda: _("Saved. Print it, sign it and keep it in the safe."))
            self.read()

        self._area.run(lambda: write(target), done)

    def _done(self, found: CheckupShown) -> None:
        if not found.findings:
            words = _("Nothing is damaged: file, links, records and {count} documents.")
            self.found.show_finding(True, words.format(count=found.documents))
            return
        self.found.show_finding(False, "\n".join(f"{what} {advice}" for what, advice in found.findings))

    def _over(self) -> None:
        self.task = None
        self.button.setEnabled(self._area.may_change)
