"""The side sheet 案卷: the case as one bound PDF, one Word document or a ZIP of the originals."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget

from lawdesk.documents.page.desk import Desk
from lawdesk.documents.page.storing import Troubles
from lawdesk.documents.rules import file_name
from lawdesk.documents.service import Packed, Shelf
from lawdesk.kernel.errors import Cancelled
from lawdesk.kernel.i18n import N_, _, ngettext
from lawdesk.ui import (
    STRETCH,
    Button,
    IconLabel,
    Label,
    Progress,
    ProgressRow,
    ScrollArea,
    SectionHeading,
    alive,
    empty_layout,
    hbox,
    vbox,
)


@dataclass(frozen=True)
class _Kind:
    """One way to hand out a case."""

    key: str
    title: str
    about: str
    icon: str


KINDS = (
    _Kind(
        "pdf",
        N_("Bound PDF"),
        N_("Cover, file index with page numbers, all papers in file order, originals attached"),
        "file-text",
    ),
    _Kind("docx", N_("Word document"), N_("The case in words: parties, proceedings, deadlines, papers"), "pencil"),
    _Kind("zip", N_("ZIP of the originals"), N_("Every paper as it came, numbered in file order"), "file-archive"),
)


class BundleSheet(QWidget):
    """What is missing in the file, three ways to hand it out, progress, and what came of it."""

    def __init__(self, desk: Desk, shelf: Shelf) -> None:
        super().__init__()
        self._desk, self._shelf = desk, shelf
        self.troubles = Troubles()
        self.result = QWidget()
        self._result_lines = vbox(space=1, parent=self.result)
        self._busy = QWidget()
        self._busy_lines = vbox(space=0, parent=self._busy)
        self.buttons: dict[str, Button] = {}
        self._made = KINDS[0].key
        content = QWidget()
        ways = [self._way(kind) for kind in KINDS]
        vbox(
            *ways,
            self._busy,
            self.result,
            self.troubles,
            1,
            SectionHeading(lambda: _("Empty places of the file"), count=len(shelf.missing)),
            *self._missing(),
            STRETCH,
            space=3,
            margins=(0, 1, 1, 4),
            parent=content,
        )
        vbox(ScrollArea(content), space=0, parent=self)
        self.result.hide()

    def make(self, key: str) -> None:
        """Ask where, and write the case there as ``pdf``, ``docx`` or ``zip``."""
        self._made = key
        desk, shelf = self._desk, self._shelf
        suggested = file_name(f"{shelf.number} {shelf.title}".replace("/", "_") + f".{key}")
        target = desk.ask_target(self, _("Write the case file"), suggested)
        if target is None:
            return
        if target.suffix.lower() != f".{key}":
            target = target.with_name(f"{target.name}.{key}")
        actor = desk.actor()
        self.troubles.clear()
        self.result.hide()

        def work(progress: Progress) -> Packed:
            return desk.packages.package(
                actor, shelf.case_id, target, key, progress=progress.at, cancel=lambda: progress.cancelled
            )

        task = desk.tasks.run_long(work, self._done, self._failed, owner=desk.tasks, aside=True)
        row = ProgressRow(task, lambda: _("Putting the case file together"))
        empty_layout(self._busy_lines)
        self._busy_lines.addWidget(row)
        self._enable(False)

    def _done(self, packed: Packed) -> None:
        desk = self._desk
        desk.toast(lambda: _("{name} written").format(name=packed.path.name))
        if not alive(self):
            return
        self._enable(True)
        empty_layout(self._result_lines)
        pages = packed.pages
        words = ngettext("{count} page", "{count} pages", pages).format(count=pages) if pages else ""
        head = hbox(IconLabel("check", tone="green"), Label(packed.path.name, step="strong", wrap=True), space=2)
        head.setStretch(1, 1)
        lines: list[QWidget] = [_holding(head)]
        if words:
            lines.append(Label(words, step="small", tone="text2"))
        show = Button(lambda: _("Open"), lambda: desk.show_file(packed.path), small=True)
        folder = Button(lambda: _("Open the folder"), lambda: desk.show_file(packed.path.parent), small=True)
        lines.append(_holding(hbox(show, folder, STRETCH)))
        if packed.only_listed:
            lines.append(
                Label(lambda: _("Only listed, not shown (the originals are attached)"), tone="amber", wrap=True)
            )
            lines += [Label(f"· {title}", step="small", tone="text2", wrap=True) for title in packed.only_listed]
        for line in lines:
            self._result_lines.addWidget(line)
        self.result.show()

    def _failed(self, error: BaseException) -> None:
        if not alive(self):
            if not isinstance(error, Cancelled):
                self._desk.trouble(error)
            return
        self._enable(True)
        if isinstance(error, Cancelled):
            self._desk.toast(lambda: _("Stopped; no file was written"))
        else:
            self.troubles.show_error(error)

    def _enable(self, on: bool) -> None:
        for button in self.buttons.values():
            button.setEnabled(on)
        if on and self.isVisible():
            self.buttons[self._made].setFocus(Qt.FocusReason.OtherFocusReason)  # where the keyboard was

    def _way(self, kind: _Kind) -> QWidget:
        button = Button(
            lambda: _("Write …"),
            lambda: self.make(kind.key),
            small=True,
            name=lambda: _("Write as {kind}").format(kind=_(kind.title)),
        )
        self.buttons[kind.key] = button
        about = vbox(
            Label(lambda: _(kind.title), step="strong"),
            Label(lambda: _(kind.about), step="small", tone="text2", wrap=True),
            space=0.5,
        )
        line = hbox(IconLabel(kind.icon), about, button, space=3)
        line.setStretch(1, 1)
        return _holding(line)

    def _missing(self) -> list[QWidget]:
        if not self._shelf.missing:
            return [Label(lambda: _("Every place of the file has a paper"), tone="green")]
        return [Label(f"· {title}", step="small", tone="text2", wrap=True) for title in self._shelf.missing]


def open_bundle(desk: Desk, case_id: int) -> None:
    """Open the sheet 案卷 of a case in the side sheet of the window."""
    actor = desk.actor()

    def show(shelf: Shelf) -> None:
        host = desk.host()
        if host is not None:
            host.open_sheet(BundleSheet(desk, shelf), lambda: _("Case file"))

    desk.tasks.run(lambda: desk.service.shelf(actor, case_id), show, owner=desk.tasks, slot="bundle")


def _holding(layout: QLayout) -> QWidget:
    widget = QWidget()
    widget.setLayout(layout)
    return widget
