"""Exporting everything: what it is, that it is not encrypted, a folder, the way there and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from lawdesk.firm.page.area import Area
from lawdesk.firm.page.choosing import ask_folder, show_path
from lawdesk.firm.page.desk import ExportShown
from lawdesk.firm.page.findings import Finding
from lawdesk.firm.rules import may
from lawdesk.kernel.i18n import _, ngettext
from lawdesk.ui import STRETCH, Button, Label, Progress, ProgressRow, SectionHeading, Task, hbox, vbox


class ExportPart(QWidget):
    """Export everything; there when the desk can and the person may."""

    def __init__(self, area: Area) -> None:
        super().__init__()
        self._area = area
        self.task: Task | None = None
        self.made: ExportShown | None = None
        about = Label(
            lambda: _(
                "All records as CSV and JSON, the documents in a folder for each case, the calendar, and a page "
                "to read and search it all in any browser. The files are not encrypted; the export is recorded."
            ),
            step="small",
            tone="text2",
            wrap=True,
        )
        self.button = Button(lambda: _("Export everything …"), self.export, icon="download")
        self.show_it = Button(lambda: _("Open the folder"), self._show, icon="folder-open")
        self.show_it.hide()
        self._busy_lines = vbox(space=0)
        self.found = Finding()
        heading = SectionHeading(lambda: _("Export everything"))
        line = hbox(self.button, self.show_it, STRETCH)
        vbox(heading, about, line, self._busy_lines, self.found, space=2, parent=self)

    def read(self) -> None:
        """Show the part to whom it belongs."""
        desk = self._area.desk
        self.setVisible(desk.export_office is not None and may(desk.actor(), "office.export"))

    def export(self) -> None:
        """Ask for a folder and write everything into a new one inside it."""
        desk = self._area.desk
        export = desk.export_office
        if export is None or self.task is not None:
            return
        folder = (desk.ask_folder or ask_folder)(self, _("Where the export goes"))
        if folder is None:
            return
        name = _("LawDesk export {day}").format(day=desk.clock.today().isoformat())
        target = _free(folder / name)
        self.found.hide()
        self.show_it.hide()
        self.button.setEnabled(False)
        self._area.trouble.clear()

        def work(progress: Progress) -> ExportShown:
            return export(target, progress.at)

        self.task = desk.tasks.run_long(work, self._done, self._area.failed, owner=self, aside=True)
        self.task.finished.connect(self._over)
        self._busy_lines.addWidget(ProgressRow(self.task, lambda: _("Exporting everything")))

    def _done(self, made: ExportShown) -> None:
        self.made = made
        rows = ngettext("{count} record", "{count} records", made.rows).format(count=made.rows)
        files = ngettext("{count} file", "{count} files", made.documents).format(count=made.documents)
        words = _("Exported to {path}: {rows}, {files}. Open index.html there to read them.")
        self.found.show_finding(True, words.format(path=made.path, rows=rows, files=files))
        self.show_it.show()

    def _over(self) -> None:
        self.task = None
        self.button.setEnabled(True)

    def _show(self) -> None:
        if self.made is not None:
            (self._area.desk.show_path or show_path)(Path(self.made.path))


def _free(path: Path) -> Path:
    """Return ``path``, or with a number where there is something of that name."""
    number, found = 1, path
    while found.exists():
        number += 1
        found = path.with_name(f"{path.name} ({number})")
    return found
